import type { Measure } from "../contract/Measure";
import type { PairMeasures } from "../contract/PairMeasures";
import { ANY, COEFFICIENT, SHARE, type Limits } from "./measure";

/** A line of a table of measures. */
export interface Row {
  name: string;
  measure: Measure;
  limits: Limits;
  /** The items behind it, where lines differ in them. */
  n?: number;
}

/** Every measure of two raters, the headline first. */
export function pairRows(found: PairMeasures): Row[] {
  return [
    { name: "Kappa, quadratic weights", measure: found.kappa_quadratic, limits: COEFFICIENT },
    { name: "Kappa, linear weights", measure: found.kappa_linear, limits: COEFFICIENT },
    { name: "Kappa, unweighted", measure: found.kappa, limits: COEFFICIENT },
    { name: "Gwet’s AC2, quadratic", measure: found.ac2, limits: COEFFICIENT },
    { name: "Gwet’s AC1", measure: found.ac1, limits: COEFFICIENT },
    { name: "Krippendorff’s alpha, ordinal", measure: found.alpha_ordinal, limits: COEFFICIENT },
    { name: "Brennan–Prediger (PABAK)", measure: found.pabak, limits: COEFFICIENT },
    { name: "Exact agreement", measure: found.exact, limits: SHARE },
    { name: "Agreement within one step", measure: found.within_1, limits: SHARE },
    { name: "Mean difference, first − second", measure: found.mean_difference, limits: ANY },
  ];
}

/** What the pictures of these lines reach over: they end at 1, and begin where they must. */
export function reach(rows: Row[]): Limits {
  const drawn = rows.filter(({ limits }) => limits !== ANY).map(({ measure }) => measure);
  const lows = drawn.flatMap((measure) => {
    if ("undefined" in measure) return [];
    return "lo" in measure.interval ? [measure.interval.lo, measure.estimate] : [measure.estimate];
  });
  const lowest = Math.min(0, ...lows);
  return [lowest >= 0 ? 0 : lowest > -0.5 ? -0.5 : lowest >= -1 ? -1 : -2, 1];
}
