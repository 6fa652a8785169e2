import type { Change } from "../src/contract/Change";
import type { Rating } from "../src/contract/Rating";

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

/** The rating that the stand-in's disk keeps after changes. Not by the screen's own code, whose faults it would share. */
export function stored(before: Rating, changes: Change[]): Rating {
  const rating = structuredClone(before) as unknown as Record<string, unknown>;
  for (const change of changes) {
    if (change.part === "undo") continue;
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
