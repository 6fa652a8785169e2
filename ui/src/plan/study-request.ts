/** Plans for other studies than two raters' agreement: the command that the fields make. */

import type { PlanSpread } from "../contract/PlanSpread";
import type { PlanStudy } from "../contract/PlanStudy";
import type { PlanSubject } from "../contract/PlanSubject";
import type { PlanTarget } from "../contract/PlanTarget";
import {
  agreement,
  clusters,
  coefficient,
  given,
  Missing,
  orMissing,
  precision,
  shares,
  type PlanForm,
} from "./request";

/** The command, or what is missing. */
export function studyRequest(form: PlanForm): PlanStudy | { missing: string } {
  return orMissing(() => {
    const plan = { subject: subject(form), target: target(form) };
    // A pair is a cluster of its own.
    return form.subject === "framing_gap" ? plan : { ...plan, clusters: clusters(form) };
  });
}

function subject(form: PlanForm): PlanSubject {
  switch (form.subject) {
    case "miss_rate":
      return {
        kind: form.subject,
        rate: given(form.missRate, "expected miss rate") / 100,
        prevalence: given(form.prevalence, "share of items with harm") / 100,
      };
    case "judge_difference":
      return {
        kind: form.subject,
        of: form.of,
        shares: shares(form),
        humans: given(form.humans, "agreement between humans"),
        judge: given(form.judge, "agreement of the judge"),
      };
    case "framing_gap":
      return { kind: form.subject, gaps: gaps(form) };
    default:
      return {
        kind: "raters",
        coefficient: coefficient(form),
        shares: shares(form),
        agreement: agreement(form),
        raters: raters(form),
      };
  }
}

function raters(form: PlanForm): number[] {
  const fewest = Math.round(given(form.fewestRaters, "fewest raters"));
  const most = Math.round(given(form.mostRaters, "most raters"));
  if (fewest < 2 || most < fewest) throw new Missing("Give at least two raters, the fewest first.");
  return Array.from({ length: most - fewest + 1 }, (_, place) => fewest + place);
}

/** Numbers apart by spaces, semicolons or commas; a comma within a number is read as one between two. */
export function numbers(typed: string): number[] {
  const words = typed.split(/[\s;,]+/).filter((word) => word !== "");
  const wrong = words.find((word) => Number.isNaN(Number(word)));
  if (wrong !== undefined) throw new Missing(`“${wrong}” is not a number. Write the gaps like 0 1 0.5 -1.`);
  return words.map(Number);
}

function gaps(form: PlanForm): PlanSpread {
  if (form.spread === "normal") {
    return {
      kind: form.spread,
      mean: given(form.gap, "expected gap"),
      deviation: given(form.deviation, "standard deviation"),
    };
  }
  const values = numbers(form.pilotGaps);
  if (values.length === 0) throw new Missing("Type the gaps of the pilot’s pairs.");
  return { kind: form.spread, values };
}

function target(form: PlanForm): PlanTarget {
  if (form.goal === "half_width") {
    const { width, assurance } = precision(form);
    // A rate is typed in per cent.
    return { kind: form.goal, width: form.subject === "miss_rate" ? width / 100 : width, assurance };
  }
  const power = given(form.power, "power") / 100;
  switch (form.subject) {
    case "miss_rate":
      return { kind: "below", value: given(form.below, "the rate to stay below") / 100, power };
    case "judge_difference":
      return { kind: "above", value: -given(form.margin, "the margin"), power };
    case "framing_gap":
      return { kind: "above", value: given(form.gapAbove, "the gap to exceed"), power };
    default:
      return { kind: "above", value: given(form.null, "the value to exceed"), power };
  }
}
