import type { BatteryExclusion } from "../contract/BatteryExclusion";
import type { DisposedHypothesis } from "../contract/DisposedHypothesis";
import type { DisposedTest } from "../contract/DisposedTest";
import type { Disposition } from "../contract/Disposition";
import type { Procedure } from "../contract/Procedure";
import { number } from "../words/measure";

/** What became of a hypothesis or a test. */
export const DISPOSITIONS: Record<Disposition, string> = {
  supported: "Supported",
  not_supported: "Not supported",
  opposite_direction: "Opposite direction",
  not_tested: "Not tested",
};

const PROCEDURES: Record<Procedure, string> = {
  signed_rank_exact: "signed rank, exact",
  signed_rank_normal: "signed rank, normal approximation",
  sign_permutation: "permutation of signs",
  student_t: "Student’s t",
  tost: "two one-sided t tests",
  spearman: "Spearman, by permutation",
  group_permutation: "permutation of two groups",
};

export function procedureWords(procedure: Procedure): string {
  return PROCEDURES[procedure];
}

/** The side that is claimed, and of what. */
export function claimWords({ direction, value, margin }: Pick<DisposedTest, "direction" | "value" | "margin">): string {
  const of = String(value).replace("-", "\u2212");
  switch (direction) {
    case "greater":
      return `above ${of}`;
    case "less":
      return `below ${of}`;
    case "two_sided":
      return `other than ${of}`;
    case "within":
      return `within ${margin ?? 0} of ${of}`;
  }
}

/** What was measured of how many, with its interval. */
export function estimateWords({ estimate }: Pick<DisposedTest, "estimate">): { estimate: string; interval: string } {
  if ("undefined" in estimate) return { estimate: "–", interval: "–" };
  const { interval } = estimate;
  const words = "undefined" in interval ? "–" : `${number(interval.lo)} to ${number(interval.hi)}`;
  return { estimate: number(estimate.estimate), interval: words };
}

/** An estimate with its interval, within a sentence. */
export function measureWords(measure: DisposedTest["estimate"]): string {
  const { estimate, interval } = estimateWords({ estimate: measure });
  return interval === "–" ? estimate : `${estimate}, ${interval}`;
}

/** The level, the correction and how many tests must succeed. */
export function ruleWords({ alpha, correction, requires, tests }: Pick<DisposedHypothesis, "alpha" | "correction" | "requires" | "tests">): string {
  const corrected = correction === "none" ? "no correction" : `Holm’s correction over the tests of ${correction.holm}`;
  const required = tests.length < 2 ? "" : requires === "all" ? `; all ${tests.length} tests must bear it out` : `; one of ${tests.length} tests must bear it out`;
  return `Alpha ${alpha}, ${corrected}${required}.`;
}

/** What was left out, and why. */
export function exclusionWords(excluded: BatteryExclusion): string {
  switch (excluded.what) {
    case "model":
      return `${excluded.model}: ${excluded.reason}`;
    case "pair":
      return `${excluded.model}, pair ${excluded.pair}: ${excluded.reason}`;
    case "filtered":
      return `Filtered responses: ${excluded.reason}`;
  }
}
