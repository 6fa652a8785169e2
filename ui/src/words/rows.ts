import type { Findings } from "../contract/Findings";
import type { Measure } from "../contract/Measure";
import type { PairMeasures } from "../contract/PairMeasures";
import type { PanelAxis } from "../contract/PanelAxis";
import type { PanelCoefficients } from "../contract/PanelCoefficients";
import { plain } from "../findings/words";
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
    { name: "Agreement within 1", measure: found.within_1, limits: SHARE },
    { name: "Mean difference, first − second", measure: found.mean_difference, limits: ANY },
  ];
}

/** Every measure of all raters together; the correlation takes only the `complete` ones of the items that count. */
export function panelRows(found: PanelCoefficients, { complete, pairable }: Pick<PanelAxis, "complete" | "pairable">): Row[] {
  const n = complete === pairable ? "" : `, n = ${complete}`;
  return [
    { name: "Krippendorff’s alpha, ordinal", measure: found.alpha_ordinal, limits: COEFFICIENT },
    { name: "Gwet’s AC2, quadratic", measure: found.ac2, limits: COEFFICIENT },
    { name: "Fleiss’s kappa, quadratic", measure: found.fleiss_kappa_quadratic, limits: COEFFICIENT },
    { name: "Fleiss’s kappa, unweighted", measure: found.fleiss_kappa, limits: COEFFICIENT },
    { name: `Intraclass correlation, ICC(2,1)${n}`, measure: found.icc, limits: COEFFICIENT },
    { name: "Agreement of pairs of ratings", measure: found.exact, limits: SHARE },
  ];
}

/** The headline figures of findings. */
export function findingsRows(found: Findings): Row[] {
  const [lowest, highest] = found.omission_range;
  const models = Object.entries(found.models).flatMap(([model, { measures }]) => [
    { name: `${model}: mean OH`, measure: measures.mean_oh, limits: found.omission_range },
    { name: `${model}: share OH ≥ 2`, measure: measures.share_oh_ge_2, limits: SHARE },
    { name: `${model}: mean CH`, measure: measures.mean_ch, limits: found.commission_range ?? ANY },
  ]);
  const rates = Object.entries(found.actions?.by_collision ?? {}).map(([kind, { partial_half }]) => {
    return { name: `Hit rate, ${plain(kind)} actions, partial as ½`, measure: partial_half, limits: SHARE };
  });
  const gap = { name: "OH, layperson − physician", measure: found.framing.overall.gap, limits: [lowest - highest, highest - lowest] as const };
  return [...models, gap, ...rates];
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
