import type { PlanForm } from "../planning/request";

/** A probability in per cent, never all of it. */
export function percentage(power: number): string {
  return power > 0.999 ? "> 99.9 %" : `${Number((power * 100).toFixed(1))} %`;
}

/** What the expected coefficient is called. */
export function coefficientName({ coefficient, weights }: Pick<PlanForm, "coefficient" | "weights">): string {
  if (coefficient === "alpha") return "alpha";
  if (coefficient === "kappa") return "kappa";
  return weights === "unweighted" ? "AC1" : "AC2";
}
