import type { Rating } from "../../contract/Rating";
import type { Rubric } from "../../contract/Rubric";
import { withholds } from "./questions";

/** What a rating still lacks, in the words in which the program looks over a packet, but known before it is on disk. */
export function missingOf(rubric: Rubric, actions: number, rating: Rating): string[] {
  if (rating.abstain !== null) return [];
  const open = rubric.checklist.length > 0 ? actions - Object.keys(rating.actions).length : 0;
  const { response_classes: classes, omission_mechanisms: mechanisms } = rubric;
  return [
    ...rubric.axes.flatMap(({ id, label, gate }) => [
      ...(gate && rating.gates[id] === undefined ? [`${label}: gating question`] : []),
      ...(rating.grades[id] === undefined ? [label] : []),
    ]),
    ...(open > 0 ? [open === 1 ? "1 critical action" : `${open} critical actions`] : []),
    ...(classes.length > 0 && rating.response_class === null ? ["Response class"] : []),
    ...(mechanisms.length > 0 && withholds(rubric, rating) && rating.omission_mechanism === null ? ["Omission mechanism"] : []),
  ];
}
