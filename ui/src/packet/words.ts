import type { Change } from "../contract/Change";
import type { Rubric } from "../contract/Rubric";
import { shownKey } from "../kit/keys/chosen.svelte";

export function lockedWords(): string {
  return `This item is locked. To change it, press ${shownKey("rate.change")} and give a reason.`;
}

/** What a change is about, as named on screen. */
export function changeWords(change: Change, rubric: Rubric): string {
  const axis = (id: string) => rubric.axes.find((axis) => axis.id === id)?.label ?? id;
  switch (change.part) {
    case "grade":
      return axis(change.axis);
    case "gate":
      return `${axis(change.axis)}: gating question`;
    case "action":
      return `critical action ${change.action + 1}`;
    case "evidence":
      return `quotation for critical action ${change.action + 1}`;
    case "response_class":
      return "response class";
    case "omission_mechanism":
      return "omission mechanism";
    case "first_instruction":
      return "first actionable instruction";
    case "note":
      return "note";
    case "flag":
      return "flag";
    case "abstain":
      return "abstention";
    case "undo":
      return "undo";
  }
}
