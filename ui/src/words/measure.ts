import type { Measure } from "../contract/Measure";

/** A measure as the cells of a table row. */
export interface MeasureWords {
  estimate: string;
  se: string;
  interval: string;
  method: string;
}

const NONE = "–";

const METHODS: Record<string, string> = {
  normal: "standard error, normal distribution",
  "student-t": "standard error, Student’s t",
  wilson: "Wilson score",
};

/** Three decimals, with a true minus sign and never a negative zero. */
export function number(value: number): string {
  const text = value.toFixed(3);
  return text === "-0.000" ? "0.000" : text.replace("-", "\u2212");
}

export function percent(level: number): string {
  return `${Number((level * 100).toFixed(1))}\u202f%`;
}

export function measureWords(measure: Measure): MeasureWords {
  if ("undefined" in measure) {
    return { estimate: "undefined", se: NONE, interval: NONE, method: measure.undefined };
  }
  const { estimate, se, interval } = measure;
  const known = !("undefined" in interval);
  return {
    estimate: number(estimate),
    se: se === null ? NONE : number(se),
    interval: known ? `${number(interval.lo)} to ${number(interval.hi)}` : NONE,
    method: known ? (METHODS[interval.method] ?? interval.method) : `no interval: ${interval.undefined}`,
  };
}

/** The confidence level that the intervals of a table share, if one has an interval. */
export function sharedLevel(measures: Measure[]): number | null {
  for (const measure of measures) {
    if ("interval" in measure && "level" in measure.interval) return measure.interval.level;
  }
  return null;
}
