import { expect, test } from "vitest";
import type { Change } from "../src/contract/Change";
import type { Rating } from "../src/contract/Rating";
import { apply } from "../src/packet/apply";
import { missingOf } from "../src/rate/questions/missing";
import { stored } from "./disk";
import { blank, rubric } from "./fake";
import golden from "../../crates/study/tests/golden/ratings.json";

/** The cases that the program's own tests read: what the screen shows before the disk answers must not differ. */
const cases = golden.cases as unknown as { name: string; changes: Change[]; rating: Rating; missing: string[] }[];

test("no case is lost", () => expect(cases.length).toBeGreaterThanOrEqual(19));

test.each(cases)("$name", ({ changes, rating, missing }) => {
  expect(changes.reduce(apply, blank)).toEqual(rating);
  expect(missingOf(rubric, 2, rating)).toEqual(missing);
  expect(stored(blank, changes), "the stand-in's disk").toEqual(rating);
});
