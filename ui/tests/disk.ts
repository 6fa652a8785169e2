import type { Change } from "../src/contract/Change";
import type { MarkedError } from "../src/contract/MarkedError";
import type { Rating } from "../src/contract/Rating";
import type { Span } from "../src/contract/Span";

/** Where a rating keeps each part, and under which name a change brings it; with a key where there are several. */
const PARTS = {
  grade: { at: "grades", key: "axis", value: "grade" },
  gate: { at: "gates", key: "axis", value: "answer" },
  action: { at: "actions", key: "action", value: "grade" },
  evidence: { at: "evidence", key: "action", value: "span" },
  response_class: { at: "response_class", value: "class" },
  omission_mechanism: { at: "omission_mechanism", value: "mechanism" },
  first_instruction: { at: "first_instruction", value: "instruction" },
  note: { at: "note", value: "text" },
  flag: { at: "flag", value: "raised" },
  abstain: { at: "abstain", value: "reason" },
} as const;

/** By where they stand: the place of each in the text, and its axis, name one error. */
function withError(errors: MarkedError[], { axis, span, grade }: Extract<Change, { part: "error" }>): MarkedError[] {
  const key = (error: { axis: string; span: Span }) => [error.span.start, error.span.end].map((at) => String(at).padStart(9, "0")).join(" ") + error.axis;
  const all = new Map(errors.map((error) => [key(error), error]));
  if (grade === null) all.delete(key({ axis, span }));
  else all.set(key({ axis, span }), { span, axis, grade });
  return [...all.keys()].sort().map((at) => all.get(at)!);
}

/** The rating that the stand-in's disk keeps after changes. Not by the screen's own code, whose faults it would share. */
export function stored(before: Rating, changes: Change[]): Rating {
  const rating = structuredClone(before) as unknown as Record<string, unknown>;
  for (const change of changes) {
    if (change.part === "undo") continue;
    if (change.part === "error") {
      rating.errors = withError((rating as unknown as Rating).errors, change);
      continue;
    }
    const { at, value, ...rest } = PARTS[change.part];
    const given = (change as unknown as Record<string, unknown>)[value];
    if ("key" in rest) {
      const key = String((change as unknown as Record<string, unknown>)[rest.key]);
      const others = Object.entries(rating[at] as object).filter(([other]) => other !== key);
      rating[at] = Object.fromEntries(given === null ? others : [...others, [key, given]]);
    } else rating[at] = given;
  }
  return rating as unknown as Rating;
}
