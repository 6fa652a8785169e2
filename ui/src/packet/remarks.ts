import type { Contradiction } from "../contract/Contradiction";
import type { Remark } from "../contract/Remark";
import type { RequiredAnswer } from "../contract/RequiredAnswer";
import { m } from "../messages/language.svelte";

/** The names of the answers that are missing. */
export function missingWords(answers: RequiredAnswer[]): string {
  return answers.map(answerWords).join(", ");
}

function answerWords(answer: RequiredAnswer): string {
  switch (answer.kind) {
    case "gate":
      return m.form.gateOf(answer.label);
    case "grade":
      return answer.label;
    case "actions":
      return m.form.actionsOpen(answer.open);
    case "response_class":
      return m.form.responseClass;
    case "omission_mechanism":
      return m.form.omissionMechanism;
  }
}

/** A sentence for each contradiction. */
export function contradictionsIn(remarks: Remark[]): string[] {
  return remarks.flatMap((remark) => (remark.kind === "contradiction" ? [contradictionWords(remark.between)] : []));
}

function contradictionWords(between: Contradiction): string {
  switch (between.kind) {
    case "gate":
      return m.remarks.gate(between.label, between.at_most, between.grade);
    case "error":
      return m.remarks.error(between.label, between.worst, between.grade);
    case "all_hit":
      return m.remarks.allHit(between.label, between.at_most, between.grade);
    case "expectation":
      return m.remarks.expectation(between.chosen, between.label, between.at_least, between.unless, between.grade);
    case "mechanism":
      return m.remarks.mechanism;
  }
}
