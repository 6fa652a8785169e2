import type { Measure } from "../contract/Measure";
import type { Method } from "../contract/Method";

/** A measure as the cells of a table row. */
export interface MeasureWords {
  estimate: string;
  se: string;
  interval: string;
  /** The ends of the interval; null where there is none. */
  ends: readonly [string, string] | null;
  /** How the interval was made, or why there is no number. */
  method: string;
  /** Where the interval was cut; empty where it was not. */
  cut: string;
  /** What the plain jackknife gives beside another interval; empty where there is none. */
  plain: string;
}

const NONE = "–";

const METHODS: Record<Method, string> = {
  normal: "standard error, normal distribution",
  "student-t": "standard error, Student’s t",
  "fisher-z": "jackknife of Fisher’s z, Student’s t",
  "augmented-jackknife": "augmented jackknife",
  wilson: "Wilson score",
  "wilson-design-effect": "Wilson score with design effect",
  "clopper-pearson": "Clopper–Pearson, exact",
  f: "F distribution",
  "bootstrap-percentile": "bootstrap, percentile",
  "bootstrap-basic": "bootstrap, basic",
  "bootstrap-bca": "bootstrap, BCa",
};

/** Three decimals, with a true minus sign and never a negative zero. */
export function number(value: number): string {
  const text = value.toFixed(3);
  return text === "-0.000" ? "0.000" : text.replace("-", "\u2212");
}

export function percent(level: number): string {
  return `${Number((level * 100).toFixed(1))}\u202f%`;
}

/** What a quantity can be; an interval of findings that reaches further is cut here, others came so. */
export type Limits = readonly [number, number];
export const COEFFICIENT: Limits = [-1, 1];
export const SHARE: Limits = [0, 1];
/** One coefficient minus another. */
export const DIFFERENCE: Limits = [-2, 2];
export const ANY: Limits = [-Infinity, Infinity];

export function measureWords(measure: Measure, [least, most]: Limits): MeasureWords {
  if ("undefined" in measure) {
    return { estimate: "undefined", se: NONE, ...noInterval(measure.undefined) };
  }
  const { estimate, se, interval } = measure;
  const words = { estimate: number(estimate), se: se === null ? NONE : number(se) };
  if ("undefined" in interval) return { ...words, ...noInterval(`no interval: ${interval.undefined}`) };
  const { lo, hi, plain } = interval;
  const past = (bound: number, end: number, sign: 1 | -1) => sign * (bound - end) > 0 || (interval.cut === true && bound === end);
  const beyond = [...(past(lo, least, -1) ? [number(least)] : []), ...(past(hi, most, 1) ? [number(most)] : [])];
  const within = (lo: number, hi: number) => [number(Math.max(lo, least)), number(Math.min(hi, most))] as const;
  const ends = within(lo, hi);
  return {
    ...words,
    interval: ends.join(" to "),
    ends,
    method: METHODS[interval.method],
    cut: beyond.length === 0 ? "" : `cut at ${beyond.join(" and ")}`,
    plain: plain ? `plain jackknife ${within(plain.lo, plain.hi).join(" to ")}` : "",
  };
}

function noInterval(why: string): Omit<MeasureWords, "estimate" | "se"> {
  return { interval: NONE, ends: null, method: why, cut: "", plain: "" };
}

/** How an interval was made and where it was cut, or why there is no number. */
export function methodWords({ method, cut }: MeasureWords): string {
  return cut === "" ? method : `${method}; ${cut}`;
}

/** Why a measure has no number, or no interval. */
export function whyNone(measure: Measure): string | null {
  if ("undefined" in measure) return measure.undefined;
  return "undefined" in measure.interval ? `no interval: ${measure.interval.undefined}` : null;
}

/** The confidence level that the intervals of a table share, if one has an interval. */
export function sharedLevel(measures: Measure[]): number | null {
  for (const measure of measures) {
    if ("interval" in measure && "level" in measure.interval) return measure.interval.level;
  }
  return null;
}

/** "0.365 [−0.117, 0.847]" */
export function estimateWords(measure: Measure, limits: Limits): string {
  const { estimate, ends } = measureWords(measure, limits);
  return ends === null ? estimate : `${estimate} [${ends.join(", ")}]`;
}

export function estimateOf(measure: Measure): number | null {
  return "estimate" in measure ? measure.estimate : null;
}

/** Why a measure has no number. */
export function reasonOf(measure: Measure): string | null {
  return "undefined" in measure ? measure.undefined : null;
}
