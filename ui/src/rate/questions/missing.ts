import type { Rating } from "../../contract/Rating";
import type { RequiredAnswer } from "../../contract/RequiredAnswer";
import type { Rubric } from "../../contract/Rubric";
import { withholds } from "./questions";

/** What a rating still lacks, as the program finds it, but known before it is on disk. */
export function missingOf(rubric: Rubric, actions: number, rating: Rating): RequiredAnswer[] {
  if (rating.abstain !== null) return [];
  const open = rubric.checklist.length > 0 ? actions - Object.keys(rating.actions).length : 0;
  const { response_classes: classes, omission_mechanisms: mechanisms } = rubric;
  const answers: (RequiredAnswer | false)[] = [
    ...rubric.axes.flatMap(({ id, label, gate }) => [
      gate !== null && rating.gates[id] === undefined && ({ kind: "gate", label } as const),
      rating.grades[id] === undefined && ({ kind: "grade", label } as const),
    ]),
    open > 0 && { kind: "actions", open },
    classes.length > 0 && rating.response_class === null && { kind: "response_class" },
    mechanisms.length > 0 && withholds(rubric, rating) && rating.omission_mechanism === null && { kind: "omission_mechanism" },
  ];
  return answers.filter((answer) => answer !== false);
}
