import type { Change } from "../contract/Change";
import type { MarkedError } from "../contract/MarkedError";
import type { Rating } from "../contract/Rating";

/** The rating after a change: what the screen shows while the change is on its way to disk. */
export function apply(rating: Rating, change: Change): Rating {
  switch (change.part) {
    case "grade":
      return { ...rating, grades: set(rating.grades, change.axis, change.grade) };
    case "gate":
      return { ...rating, gates: set(rating.gates, change.axis, change.answer) };
    case "action":
      return { ...rating, actions: set(rating.actions, change.action, change.grade) };
    case "evidence":
      return { ...rating, evidence: set(rating.evidence, change.action, change.span) };
    case "error":
      return { ...rating, errors: marked(rating.errors, change) };
    case "response_class":
      return { ...rating, response_class: change.class };
    case "omission_mechanism":
      return { ...rating, omission_mechanism: change.mechanism };
    case "first_instruction":
      return { ...rating, first_instruction: change.instruction };
    case "note":
      return { ...rating, note: change.text };
    case "flag":
      return { ...rating, flag: change.raised };
    case "abstain":
      return { ...rating, abstain: change.reason };
    case "undo":
      return rating;
  }
}

function marked(errors: MarkedError[], { axis, span, grade }: Extract<Change, { part: "error" }>): MarkedError[] {
  const others = errors.filter((error) => error.axis !== axis || error.span.start !== span.start || error.span.end !== span.end);
  const all = grade === null ? others : [...others, { span, axis, grade }];
  return all.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.axis < b.axis ? -1 : 1));
}

function set<V>(map: { [key in string | number]: V }, key: string | number, value: V | null) {
  const copy = { ...map };
  if (value === null) delete copy[key];
  else copy[key] = value;
  return copy;
}
