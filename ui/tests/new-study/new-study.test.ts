import { expect, test } from "vitest";
import type { Leak } from "../../src/contract/Leak";
import type { LeakKind } from "../../src/contract/LeakKind";
import { faultsOfRaters, faultsOfSample, faultsOfSeal, faultsOfTexts, placeOf, recipientsOf } from "../../src/new-study/faults";
import { draftOf, emptyForm, nextLabel, randomSeed, withoutRater } from "../../src/new-study/form";
import { MASKED } from "../../src/contract/constants";
import { Settled, decided, distinct, grouped, inSentence, openByWords, undone } from "../../src/new-study/leaks/decisions";
import { placeWords } from "../../src/new-study/leaks/words";
import { about } from "../../src/new-study/sample";
import { count } from "../../src/words/count";

const form = { ...emptyForm(7), title: " A study ", scenarios: "/s", responses: "/r.jsonl" };
const check = {
  scenarios: 8,
  unanswered: 0,
  responses: 24,
  filtered: 1,
  empty: 0,
  models: [],
  categories: [],
  framings: [],
  rubric: "Gated",
  problems: [],
  calibration: [],
  cautions: [],
};
const KEY = "age1e6zgqgtjtu4ayzfkdsmz7ef0vmhun7heg8tmzdea2facacznfadsk0m4xs";
const seal = { folder: "/out", by: "generated" as const, generated: "abc", kept: true, own: "", again: "", recipients: "" };

test("the draft holds only what applies", () => {
  expect(draftOf(form, 24)).toEqual({
    title: "A study",
    scenarios: "/s",
    responses: "/r.jsonl",
    rubric: "gated",
    raters: [
      { label: "A", lead: false },
      { label: "B", lead: false },
    ],
    design: { kind: "everyone" },
    seed: 7,
    decisions: [],
  });
  const responseColumns = { held: [{ column: "response", field: "response" }, { column: "llm", field: "model_id" }], constants: { rep_id: "" } };
  const scenarioColumns = { held: [{ column: "Frage, ganz", field: "prompt" }], constants: { category: "all" } };
  const csv = { ...form, responses: "/r.CSV", responseColumns, scenarioColumns, rubric: "file" as const, rubricFile: " /own.json" };
  expect(draftOf(csv, 24)).toMatchObject({ map: ['prompt="Frage, ganz"', "category=:all", "model_id=llm", "rep_id=:"], rubric: "/own.json" });
  expect(draftOf({ ...form, lead: 1, design: "per_item", perItem: 1 }, 24)).toMatchObject({
    raters: [{ lead: false }, { label: "B", lead: true }],
    design: { kind: "per_item", raters: 1 },
  });
});

test("a sample is asked for with its share, and high scores only where there are scores", () => {
  const sample = { ...form, take: "sample" as const, size: 18, oversample: true, repeats: 2 };
  expect(draftOf(sample, 24).sampling).toEqual({
    size: 18,
    models: "equal",
    categories: "proportional",
    pairs_together: true,
    filtered_at_least: 0,
    repeats: 2,
  });
  const high = { axis: "omission", at_least: 2, share: 0.3 };
  expect(draftOf({ ...sample, scores: "/judge.jsonl" }, 24).sampling).toMatchObject({ oversample: high });
});

test("where all are rated, some can be repeated", () => {
  expect(draftOf({ ...form, repeats: 3 }, 24).sampling).toEqual({
    size: 24,
    models: "proportional",
    categories: "proportional",
    pairs_together: false,
    repeats: 3,
  });
});

test("raters come and go, and the lead author stays", () => {
  expect(nextLabel(["A", "b"])).toBe("C");
  expect(nextLabel(Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place)))).toBe("R27");
  const three = { ...form, raters: ["A", "B", "C"], lead: 2 };
  expect(withoutRater(three, 0)).toEqual({ raters: ["B", "C"], lead: 1 });
  expect(withoutRater(three, 2)).toEqual({ raters: ["A", "B"], lead: null });
  expect(withoutRater({ ...three, lead: 0 }, 1)).toEqual({ raters: ["A", "C"], lead: 0 });
  const seed = randomSeed();
  expect(seed >= 100_000 && seed < 1_000_000).toBe(true);
});

test("what is missing is said beside its field", () => {
  expect(Object.keys(faultsOfTexts(emptyForm(1)))).toEqual(["title", "scenarios", "responses"]);
  expect(faultsOfTexts({ ...form, rubric: "file" })).toHaveProperty("rubricFile");
  expect(faultsOfRaters({ ...form, raters: ["Dr A", "dr-a", "x/y", " "] })).toEqual({
    "rater-1": "Another rater has this label already, or one that names the same file.",
    "rater-2": expect.stringContaining("letters, digits"),
    "rater-3": "Give a label, such as A.",
  });
  expect(faultsOfRaters({ ...form, raters: ["Ämne 1"], design: "per_item", perItem: 2 })).toEqual({
    perItem: "Between 1 and 1, the number of raters.",
  });
  expect(faultsOfSample({ ...form, seed: null, repeats: 25 }, check)).toEqual({
    seed: "A whole number, 0 or more.",
    repeats: "Between 0 and 24, the number of responses.",
  });
  const sample = { ...form, take: "sample" as const, size: 24.5, filteredAtLeast: 2, oversample: true, scores: "/j", share: 100 };
  expect(Object.keys(faultsOfSample(sample, check))).toEqual(["size", "filteredAtLeast", "oversample"]);
  expect(faultsOfSample({ ...sample, size: 24, filteredAtLeast: 1, share: 30 }, check)).toEqual({});
});

test("the seal needs a passphrase that is kept, or typed twice, or public keys", () => {
  expect(faultsOfSeal(seal)).toEqual({});
  expect(Object.keys(faultsOfSeal({ ...seal, folder: " ", kept: false }))).toEqual(["folder", "kept"]);
  const own = { ...seal, by: "own" as const, own: "twelve words", again: "twelve word" };
  expect(faultsOfSeal(own)).toEqual({ again: "The two are not the same." });
  expect(faultsOfSeal({ ...own, own: "short", again: "short" })).toHaveProperty("own");
  const keys = { ...seal, by: "recipients" as const, recipients: `${KEY}\n ${KEY}, ssh-x` };
  expect(faultsOfSeal(keys).recipients).toContain("“ssh-x”");
  expect(recipientsOf("age1abc\n age1def,")).toEqual(["age1abc", "age1def"]);
});

test("a refusal is shown at the field that it is about", () => {
  // Of one file in two fields, the program says which of them it read.
  expect(placeOf("texts", { file: "/r.jsonl", named_by: "scores", line: 3 })).toBe("scores");
  expect(placeOf("texts", { file: "/r.jsonl", named_by: "rubric" })).toBe("rubricFile");
  expect(placeOf("texts", { field: "title" })).toBeNull();
  expect(placeOf("sample", { field: "oversample.axis" })).toBe("oversample");
  expect(placeOf("sample", { field: "size" })).toBe("size");
  expect(placeOf("seal", { file: "/out/study.primum-study", named_by: "folder" })).toBe("folder");
  expect(placeOf("seal", { file: "/r.jsonl", named_by: "responses" })).toBeNull();
  expect(placeOf("seal", { field: "passphrase" })).toBe("own");
});

function leak(text: string, start: number, matched: string, kind: LeakKind = "name", certainty: Leak["certainty"] = "certain"): Leak {
  const id = { text, kind, start, end: start + matched.length };
  return { id, place: { in: "response", response: 0 }, certainty, matched, sentence: matched, offset: 0, reason: "" };
}

test("a decision takes the place of the one before, and can be taken back", () => {
  const [one, two] = [leak("t", 0, "Claude"), leak("u", 4, "CLAUDE")];
  let decisions = decided([], [one, two], { do: "mask", replacement: MASKED });
  decisions = decided(decisions, [two], { do: "accept", reason: "a person" });
  const settled = new Settled(decisions);
  expect(decisions).toHaveLength(2);
  expect(settled.action(one.id)).toEqual({ do: "mask", replacement: MASKED });
  expect(settled.action(two.id)).toEqual({ do: "accept", reason: "a person" });
  expect(new Settled(undone(decisions, one.id)).open(one.id)).toBe(true);
});

test("what lies within a mask is settled, what lies within an acceptance is not", () => {
  const [outer, inner, elsewhere] = [leak("t", 0, "I am Claude"), leak("t", 5, "Claude", "study_name"), leak("u", 5, "Claude")];
  const masked = new Settled(decided([], [outer], { do: "mask", replacement: "" }));
  expect([inner, elsewhere].map(({ id }) => masked.open(id))).toEqual([false, true]);
  expect(new Settled(decided([], [outer], { do: "accept", reason: "x" })).open(inner.id)).toBe(true);
});

test("leaks by their words, once each, the surest first", () => {
  const leaks = [leak("t", 9, "GP", "framing", "possible"), leak("t", 0, "Claude"), leak("t", 0, "Claude"), leak("u", 0, "claude", "name", "likely")];
  const once = distinct(leaks);
  expect(once).toHaveLength(3);
  expect(grouped(once).map(({ certainty, kind }) => `${certainty} ${kind}`)).toEqual(["certain name", "likely name", "possible framing"]);
  const words = openByWords(once, new Settled(decided([], [leaks[1]!], { do: "mask" })));
  expect([...words].map(([word, alike]) => [word, alike.length])).toEqual([
    ["gp", 1],
    ["claude", 1],
  ]);
});

test("the words are found in their sentence by characters, not by code units", () => {
  const found = { ...leak("t", 0, "GPT"), sentence: "😀 I am GPT.", offset: 7 };
  expect(inSentence(found)).toEqual(["😀 I am ", "GPT", "."]);
});

test("words of the screen", () => {
  expect(placeWords({ in: "response", response: 2 })).toBe("response 3");
  expect(placeWords({ in: "scenario", scenario: "mole", part: "critical_action", number: 1 })).toBe("mole, critical action 2");
  expect(placeWords({ in: "scenario", scenario: "mole", part: "prompt", number: 0 })).toBe("mole, prompt");
  expect(placeWords({ in: "scenario", scenario: "mole", part: "prompt", number: 2, role: "assistant" })).toBe("mole, turn 3 (assistant)");
  expect([about(6), about(5.14), about(null)]).toEqual(["6", "5.1", ""]);
  expect([count(1, "response"), count(1200, "response")]).toEqual(["1 response", "1,200 responses"]);
});
