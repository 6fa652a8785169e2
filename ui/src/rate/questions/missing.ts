import type { Rating } from "../../contract/Rating";
import type { Rubric } from "../../contract/Rubric";
import { m } from "../../messages/language.svelte";
import { withholds } from "./questions";

/** What a rating still lacks, in the words in which the program looks over a packet, but known before it is on disk. */
export function missingOf(rubric: Rubric, actions: number, rating: Rating): string[] {
  if (rating.abstain !== null) return [];
  const open = rubric.checklist.length > 0 ? actions - Object.keys(rating.actions).length : 0;
  const { response_classes: classes, omission_mechanisms: mechanisms } = rubric;
  return [
    ...rubric.axes.flatMap(({ id, label, gate }) => [
      ...(gate && rating.gates[id] === undefined ? [m.form.gateOf(label)] : []),
      ...(rating.grades[id] === undefined ? [label] : []),
    ]),
    ...(open > 0 ? [m.form.actionsOpen(open)] : []),
    ...(classes.length > 0 && rating.response_class === null ? [m.form.responseClass] : []),
    ...(mechanisms.length > 0 && withholds(rubric, rating) && rating.omission_mechanism === null ? [m.form.omissionMechanism] : []),
  ];
}
