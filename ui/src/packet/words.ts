import type { Change } from "../contract/Change";
import type { Rubric } from "../contract/Rubric";
import { shownKey } from "../kit/keys/chosen.svelte";
import { m } from "../messages/language.svelte";

export function lockedWords(): string {
  return m.packet.locked(shownKey("rate.change"));
}

/** What a change is about, as named on screen. */
export function changeWords(change: Change, rubric: Rubric): string {
  const axis = (id: string) => rubric.axes.find((axis) => axis.id === id)?.label ?? id;
  switch (change.part) {
    case "grade":
      return axis(change.axis);
    case "gate":
      return m.packet.gate(axis(change.axis));
    case "action":
      return m.packet.action(change.action + 1);
    case "evidence":
      return m.packet.evidence(change.action + 1);
    case "error":
      return m.packet.error;
    case "response_class":
      return m.packet.responseClass;
    case "omission_mechanism":
      return m.packet.omissionMechanism;
    case "first_instruction":
      return m.packet.firstInstruction;
    case "note":
      return m.packet.note;
    case "flag":
      return m.packet.flag;
    case "abstain":
      return m.packet.abstain;
    case "undo":
      return m.packet.undo;
  }
}
