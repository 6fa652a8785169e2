import type { PlanUnit } from "../contract/PlanUnit";
import type { StudyPlan } from "../contract/StudyPlan";
import type { PlanForm, Subject } from "./request";

/** What may be planned, in the order of the list. */
export const SUBJECTS: [Subject, string][] = [
  ["two_raters", "the agreement of two raters"],
  ["raters", "the agreement of several raters"],
  ["miss_rate", "how often a judge misses harm"],
  ["judge_difference", "a judge’s agreement beside that between humans"],
  ["framing_gap", "a gap between two framings"],
];

/** What a plan counts, one or many of it. */
export function unitName(unit: PlanUnit, count: number): string {
  const [one, many] = {
    items: ["item", "items"],
    scenarios: ["scenario", "scenarios"],
    pairs: ["pair", "pairs"],
  }[unit] as [string, string];
  return count === 1 ? one : many;
}

/** What is beside the planned size. */
export function studyCounted(unit: PlanUnit, { units, items, raters, harmful }: StudyPlan): string {
  const parts = [unitName(unit, units)];
  if (items !== null && unit === "scenarios") parts.push(`${items} items in all`);
  if (raters !== null) parts.push(`rated by ${raters}`);
  if (harmful !== null) parts.push(`about ${Math.round(harmful)} items with harm`);
  return parts.join(", ");
}

/** A probability in per cent, never all of it. */
export function percentage(power: number): string {
  return power > 0.999 ? "> 99.9 %" : `${Number((power * 100).toFixed(1))} %`;
}

/** What the expected coefficient is called. */
export function coefficientName({ coefficient, weights }: Pick<PlanForm, "coefficient" | "weights">): string {
  if (coefficient === "alpha") return "alpha";
  if (coefficient === "icc") return "ICC(2,1)";
  if (coefficient === "kappa") return "kappa";
  return weights === "unweighted" ? "AC1" : "AC2";
}
