import type { AtThreshold } from "../contract/AtThreshold";
import type { JudgeAxis } from "../contract/JudgeAxis";
import type { JudgeMeasures } from "../contract/JudgeMeasures";
import type { JudgeReport } from "../contract/JudgeReport";
import { ANY, COEFFICIENT, DIFFERENCE, SHARE } from "../words/measure";
import type { Row } from "../words/rows";
import { missedOf, referenceWords } from "./words";

/** The judge's agreement beside that of humans with each other. */
export function forestRows(axis: JudgeAxis): Row[] {
  const { agreement, human_ceiling: ceiling, by_human } = axis;
  const one = Object.entries(by_human).map(([name, beside]) => {
    return { name: `Judge with ${name}`, measure: beside.agreement.kappa_quadratic, limits: COEFFICIENT, n: beside.agreement.n };
  });
  const reference = { name: `Judge with ${referenceWords(axis)}`, measure: agreement.kappa_quadratic, limits: COEFFICIENT, n: agreement.n };
  if ("undefined" in ceiling) return [reference, ...one];
  const { humans, judge, difference } = ceiling.kappa_quadratic;
  return [
    { name: "Humans with each other", measure: humans, limits: COEFFICIENT, n: ceiling.n },
    { name: "Judge with the humans, on average", measure: judge, limits: COEFFICIENT, n: ceiling.n },
    { name: "Difference, judge − humans", measure: difference, limits: DIFFERENCE, n: ceiling.n },
    reference,
    ...one,
  ];
}

/** The same by other coefficients. */
export function otherCeilingRows({ human_ceiling: ceiling }: JudgeAxis): Row[] {
  if ("undefined" in ceiling) return [];
  const of = (name: string, { humans, judge, difference }: (typeof ceiling)["kappa"], limits: Row["limits"]) => [
    { name: `${name}: humans with each other`, measure: humans, limits, n: ceiling.n },
    { name: `${name}: judge with the humans`, measure: judge, limits, n: ceiling.n },
    { name: `${name}: difference`, measure: difference, limits: DIFFERENCE, n: ceiling.n },
  ];
  return [...of("Kappa, unweighted", ceiling.kappa, COEFFICIENT), ...of("Exact agreement", ceiling.exact, SHARE)];
}

/** What the judge misses and which way it errs, beside the reference and each human. */
export function errorRows(axis: JudgeAxis): Row[] {
  const misses = Object.entries(axis.by_human).map(([name, { miss_rate, agreement, unweighted }]) => {
    return { name: `Miss rate beside ${name}`, measure: miss_rate, limits: SHARE, n: missedOf({ confusion: (unweighted?.agreement ?? agreement).table }).above };
  });
  const biases = Object.entries(axis.by_human).map(([name, { bias, agreement }]) => {
    return { name: `Bias (judge − ${name})`, measure: bias, limits: ANY, n: agreement.n };
  });
  return [
    { name: "Miss rate", measure: axis.miss_rate, limits: SHARE, n: axis.miss_rate_n },
    ...misses,
    { name: "Bias (judge − human)", measure: axis.bias, limits: ANY, n: axis.agreement.n },
    ...biases,
  ];
}

/** What is weighted above, of the rated sample as it is. */
export function sampleRows({ unweighted }: JudgeMeasures): Row[] {
  if (!unweighted) return [];
  const { agreement, bias, miss_rate, miss_rate_n, thresholds, difference } = unweighted;
  const cuts = thresholds.map((cut) => ({ name: `Sensitivity at ${cut.range}`, measure: cut.sensitivity, limits: SHARE, n: cut.n.above }));
  return [
    { name: "Kappa, quadratic weights", measure: agreement.kappa_quadratic, limits: COEFFICIENT, n: agreement.n },
    { name: "Minus human–human agreement", measure: difference, limits: DIFFERENCE, n: agreement.n },
    { name: "Miss rate", measure: miss_rate, limits: SHARE, n: miss_rate_n },
    ...cuts,
    { name: "Bias (judge − human)", measure: bias, limits: ANY, n: agreement.n },
  ];
}

/** The judge as a detector of what the reference puts at a grade or above. */
export function cutRows(axis: JudgeAxis, cut: AtThreshold): Row[] {
  const { above, below, judged_above, judged_below } = cut.n;
  return [
    { name: "Sensitivity", measure: cut.sensitivity, limits: SHARE, n: above },
    { name: "Specificity", measure: cut.specificity, limits: SHARE, n: below },
    { name: "Positive predictive value", measure: cut.positive_predictive_value, limits: SHARE, n: judged_above },
    { name: "Negative predictive value", measure: cut.negative_predictive_value, limits: SHARE, n: judged_below },
    { name: "Share of all responses, corrected", measure: cut.corrected_share, limits: SHARE, n: axis.agreement.n + axis.unrated },
  ];
}

/** The mean grade of all responses; none where nobody has to be predicted. */
export function meanRows({ ppi, corrected_mean, agreement, unrated }: JudgeMeasures): Row[] {
  if ("undefined" in ppi) return [];
  return [
    { name: "Prediction-powered (PPI++)", measure: ppi.mean, limits: ANY, n: ppi.rated + ppi.unrated },
    { name: "From the rated responses alone", measure: ppi.rated_only, limits: ANY, n: ppi.rated },
    { name: "Judge’s mean, corrected for its errors", measure: corrected_mean, limits: ANY, n: agreement.n + unrated },
  ];
}

/** What is compared between parts of a study. */
export const STRATUM_MEASURES = {
  miss_rate: { label: "miss rate", row: (found: JudgeMeasures) => ({ measure: found.miss_rate, limits: SHARE, n: found.miss_rate_n }) },
  kappa: { label: "kappa, quadratic weights", row: (found: JudgeMeasures) => ({ measure: found.agreement.kappa_quadratic, limits: COEFFICIENT, n: found.agreement.n }) },
  difference: { label: "kappa minus human–human", row: (found: JudgeMeasures) => ({ measure: found.difference, limits: DIFFERENCE, n: found.agreement.n }) },
  bias: { label: "bias (judge − human)", row: (found: JudgeMeasures) => ({ measure: found.bias, limits: ANY, n: found.agreement.n }) },
  ppi: {
    label: "prediction-powered mean",
    row: ({ ppi, agreement }: JudgeMeasures) => ("undefined" in ppi ? { measure: ppi, limits: ANY, n: agreement.n } : { measure: ppi.mean, limits: ANY, n: ppi.rated + ppi.unrated }),
  },
  corrected: { label: "corrected mean", row: (found: JudgeMeasures) => ({ measure: found.corrected_mean, limits: ANY, n: found.agreement.n + found.unrated }) },
} satisfies Record<string, { label: string; row: (found: JudgeMeasures) => Omit<Row, "name"> }>;

export type StratumMeasure = keyof typeof STRATUM_MEASURES;

/** Every judge on every axis in one table, axis by axis. */
export function overviewRows({ judges }: JudgeReport): { misses: Row[]; kappas: Row[] } {
  const ids = new Set(Object.values(judges).flatMap(({ axes }) => Object.keys(axes)));
  const all = [...ids].flatMap((id) => {
    return Object.entries(judges).flatMap(([judge, { axes }]) => (axes[id] ? [{ judge, axis: axes[id] }] : []));
  });
  const misses = all.map(({ judge, axis }) => ({ name: `${axis.label}: ${judge}`, measure: axis.miss_rate, limits: SHARE, n: axis.miss_rate_n }));
  const kappas = all.flatMap(({ judge, axis }) => {
    const ceiling = axis.human_ceiling;
    const own = { name: `${axis.label}: ${judge}`, measure: axis.agreement.kappa_quadratic, limits: COEFFICIENT, n: axis.agreement.n };
    if ("undefined" in ceiling) return [own];
    return [own, { name: `${axis.label}: humans beside ${judge}`, measure: ceiling.kappa_quadratic.humans, limits: COEFFICIENT, n: ceiling.n }];
  });
  return { misses, kappas };
}
