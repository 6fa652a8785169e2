import type { ItemSummary } from "../contract/ItemSummary";
import type { SharedGrade } from "../contract/SharedGrade";

/** An item's number in a list that holds the study's and those rated before it. */
export function numberOf({ calibration, number }: Pick<ItemSummary, "calibration" | "number">): string {
  return `${calibration ? "C" : ""}${number}`;
}

/** How a rater's grade compares with the shared one; neither is called wrong. */
export function comparedWords({ shared, own }: Pick<SharedGrade, "shared" | "own">): string {
  if (own === null) return "you abstained";
  const apart = Math.abs(own - shared);
  if (apart === 0) return "the same";
  return `${apart} ${own > shared ? "higher" : "lower"} than shared`;
}
