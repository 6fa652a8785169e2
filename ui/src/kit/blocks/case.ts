/** The parts of a case, in the order in which they are read. */

import type { BlindedScenario } from "../../contract/BlindedScenario";
import { m } from "../../messages/language.svelte";

export type CasePart = "prompt" | "reference" | "risks";

/** The parts that a scenario has, with their names. */
export function partsOf(scenario: BlindedScenario, hasReference: boolean): { id: CasePart; label: string }[] {
  return [
    { id: "prompt", label: m.kit.prompt },
    ...(hasReference ? [{ id: "reference" as const, label: m.kit.reference }] : []),
    ...(scenario.commission_risks.length > 0 ? [{ id: "risks" as const, label: m.kit.risks }] : []),
  ];
}

/** Scrolls the case to a part. */
export function showPart(pane: HTMLElement | null, part: CasePart) {
  pane?.querySelector(`[data-part="${part}"]`)?.scrollIntoView({ block: "start" });
}
