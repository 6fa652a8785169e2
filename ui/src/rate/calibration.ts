import type { ItemSummary } from "../contract/ItemSummary";
import type { SharedGrade } from "../contract/SharedGrade";
import { m } from "../messages/language.svelte";

/** An item's number in a list that holds the study's and those rated before it. */
export function numberOf({ calibration, number }: Pick<ItemSummary, "calibration" | "number">): string {
  return `${calibration ? "C" : ""}${number}`;
}

/** How a rater's grade compares with the shared one; neither is called wrong. */
export function comparedWords({ shared, own }: Pick<SharedGrade, "shared" | "own">): string {
  if (own === null) return m.form.abstained;
  const apart = Math.abs(own - shared);
  if (apart === 0) return m.form.same;
  return own > shared ? m.form.higher(apart) : m.form.lower(apart);
}
