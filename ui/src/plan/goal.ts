/** Why nothing can be planned for what is wanted; the command would refuse it too. */

import type { Field } from "../kit/field";
import type { PlanForm } from "./request";

/** What is expected is known to so much; as `agreement` has it. */
const CLOSE = 1e-6;

/** The lowest and the highest that the number can be, in the unit of its fields. */
function range({ subject, of }: PlanForm): [number, number] {
  if (subject === "miss_rate") return [0, 100];
  if (subject === "judge_difference" && of !== "exact") return [-2, 2];
  // Grades may have any values.
  return subject === "framing_gap" ? [-Infinity, Infinity] : [-1, 1];
}

/** What the other fields expect, where they say it. */
function expected(form: PlanForm): Field {
  switch (form.subject) {
    case "miss_rate":
      return form.missRate;
    case "judge_difference":
      return form.judge === null || form.humans === null ? null : form.judge - form.humans;
    case "framing_gap":
      return form.spread === "normal" ? form.gap : null;
    case "two_raters":
      return form.source === "shares" && form.agreement === "coefficient" ? form.value : null;
    default:
      return form.agreement === "coefficient" ? form.value : null;
  }
}

function widthFault(width: Field, [lowest, highest]: [number, number]): string | null {
  const most = (highest - lowest) / 2;
  if (width === null || (width > 0 && width < most)) return null;
  return width > 0 ? `No interval is longer than ±${most}; give less.` : "Give a number above 0.";
}

/** A margin is by how much less the judge may agree. */
function marginFault(form: PlanForm): string | null {
  const { margin } = form;
  const [, most] = range(form);
  if (margin === null) return null;
  if (!(margin > 0 && margin < most)) return `Give a margin above 0 and below ${most}.`;
  const loss = -(expected(form) ?? NaN);
  return margin < loss + CLOSE ? `A loss of ${tidy(loss)} is expected; give a margin above it.` : null;
}

function valueFault(form: PlanForm, value: Field): string | null {
  const [lowest, highest] = range(form);
  if (value === null) return null;
  if (!(value > lowest && value < highest)) return `Give a number above ${lowest} and below ${highest}.`;
  const expectation = expected(form);
  if (expectation === null) return null;
  const below = form.subject === "miss_rate";
  const room = below ? value - expectation : expectation - value;
  if (room >= CLOSE) return null;
  return `${tidy(expectation)} is expected; the two must differ: give a ${below ? "higher" : "lower"} value.`;
}

/** As a person would write it. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}

/** What to fix in the field that holds what is wanted; null where nothing is, or it is empty. */
export function goalFault(form: PlanForm): string | null {
  if (form.goal === "half_width") return widthFault(form.width, range(form));
  switch (form.subject) {
    case "judge_difference":
      return marginFault(form);
    case "miss_rate":
      return valueFault(form, form.below);
    case "framing_gap":
      return valueFault(form, form.gapAbove);
    default:
      return valueFault(form, form.null);
  }
}
