import type { CalibrationPart } from "../../contract/CalibrationPart";
import type { Certainty } from "../../contract/Certainty";
import type { LeakKind } from "../../contract/LeakKind";
import type { LeakPlace } from "../../contract/LeakPlace";
import type { ScenarioPart } from "../../contract/ScenarioPart";
import { m } from "../../messages/language.svelte";

export const CERTAINTY: Record<Certainty, { name: string; meaning: string }> = {
  certain: { name: "Certain", meaning: "These words always give it away." },
  likely: { name: "Likely", meaning: "They nearly always do." },
  possible: { name: "Possible", meaning: "They are often harmless." },
};

export const KIND: Record<LeakKind, string> = {
  study_name: "Name of one of this study’s models",
  self_identification: "The model says who it is",
  name: "Name of a model or vendor",
  knowledge_cutoff: "Knowledge cut-off",
  metadata: "Left by a chat template or a program",
  boilerplate: "Turn of phrase of one vendor’s models",
  framing: "The prompt says who is asking",
  by_hand: "Marked by hand",
};

/** What is usually said for reading on; the person may change it. */
export const USUAL_REASON: Partial<Record<LeakKind, string>> = {
  framing: "The prompt’s own words; who is asking is not blinded in this study.",
};

const PART: Record<ScenarioPart, string> = {
  system_prompt: "system prompt",
  prompt: "prompt",
  reference_answer: "reference answer",
  critical_action: "critical action",
  commission_risk: "commission risk",
};

const CALIBRATION: Record<CalibrationPart, string> = {
  scenario: "scenario",
  response: "response",
  discussion: "discussion",
};

export function placeWords(place: LeakPlace): string {
  if (place.in === "instructions") return "instructions to the raters";
  if (place.in === "calibration") return `calibration item ${place.item + 1}, ${CALIBRATION[place.part]}`;
  if (place.in === "response") return `response ${place.response + 1}`;
  if (place.role) return `${place.scenario}, turn ${place.number + 1} (${m.kit.roles[place.role].toLowerCase()})`;
  const number = place.part === "critical_action" || place.part === "commission_risk" ? ` ${place.number + 1}` : "";
  return `${place.scenario}, ${PART[place.part]}${number}`;
}
