/** Cases that the program's own tests read as well: what the screen works out by itself must not differ. */

import { flushSync, mount, unmount } from "svelte";
import { describe, expect, test } from "vitest";
import type { Change } from "../src/contract/Change";
import type { Prompt } from "../src/contract/Prompt";
import type { Rating } from "../src/contract/Rating";
import type { RequiredAnswer } from "../src/contract/RequiredAnswer";
import type { Sampling } from "../src/contract/Sampling";
import PromptText from "../src/kit/blocks/PromptText.svelte";
import { SAMPLE_FIELDS, faultsOfRaters, faultsOfSample, faultsOfSeal } from "../src/new-study/faults";
import { emptyForm } from "../src/new-study/form";
import { apply } from "../src/packet/apply";
import { missingOf } from "../src/rate/questions/missing";
import { scalarsBefore } from "../src/text/position";
import { utf16Offset } from "../src/text/scalars";
import { quote, rawPieces } from "../src/text/shown";
import { stored } from "./disk";
import { blank, formattedTurns, rubric } from "./fake";
import passphrases from "../../crates/exchange/tests/golden/passphrases.json";
import recipients from "../../crates/exchange/tests/golden/recipients.json";
import labels from "../../crates/study/tests/golden/labels.json";
import positions from "../../crates/study/tests/golden/positions.json";
import prompts from "../../crates/study/tests/golden/prompts.json";
import ratings from "../../crates/study/tests/golden/ratings.json";
import samples from "../../crates/study/tests/golden/samples.json";

const form = emptyForm(1);
const seal = { folder: "/out", by: "own" as const, generated: "", kept: false, own: "", again: "", recipients: "" };

test("no case is lost", () => {
  const counts = [ratings, labels, samples, positions, passphrases, recipients, prompts].map(({ cases }) => cases.length);
  [19, 27, 22, 11, 9, 12, 5].forEach((least, place) => expect(counts[place]).toBeGreaterThanOrEqual(least));
});

describe("ratings", () => {
  const cases = ratings.cases as unknown as { name: string; changes: Change[]; rating: Rating; missing: RequiredAnswer[] }[];
  test.each(cases)("$name", ({ changes, rating, missing }) => {
    expect(changes.reduce(apply, blank)).toEqual(rating);
    expect(missingOf(rubric, 2, rating)).toEqual(missing);
    expect(stored(blank, changes), "the stand-in's disk").toEqual(rating);
  });
});

describe("labels of raters", () => {
  test.each(labels.cases)("$name", ({ labels, wrong }) => {
    const faults = Object.keys(faultsOfRaters({ ...form, raters: labels }));
    expect(faults[0]).toBe(wrong === null ? undefined : `rater-${wrong}`);
  });
});

describe("samples", () => {
  const cases = samples.cases as { name: string; sampling: Sampling; refused: string | null }[];
  const check = { scenarios: 24, unanswered: 0, responses: 24, filtered: 6, empty: 0, models: [], categories: [], framings: [], rubric: "", problems: [], calibration: [], cautions: [] };
  test.each(cases)("$name", ({ sampling: { size, repeats = 0, filtered_at_least = 0, oversample }, refused }) => {
    const high = oversample && { oversample: true, scores: "/scores", atLeast: oversample.at_least, share: oversample.share * 100 };
    const asked = { ...form, take: "sample" as const, size, repeats, filteredAtLeast: filtered_at_least, ...high };
    expect(Object.keys(faultsOfSample(asked, check))).toEqual(refused === null ? [] : [SAMPLE_FIELDS[refused]]);
  });
});

describe("positions in a text", () => {
  test.each(positions.cases)("$name", ({ text, start, end, units, words }) => {
    expect([utf16Offset(text, start), utf16Offset(text, end)]).toEqual(units);
    expect([scalarsBefore(text, units[0]!), scalarsBefore(text, units[1]!)]).toEqual([start, end]);
    expect(quote(rawPieces(text), { start, end }, end)).toBe(words.replace(/\s+/g, " ").trim());
  });
});

describe("passphrases", () => {
  test.each(passphrases.cases)("$name", ({ passphrase, long_enough }) => {
    expect("own" in faultsOfSeal({ ...seal, own: passphrase, again: passphrase })).toBe(!long_enough);
  });
});

describe("public keys", () => {
  test.each(recipients.cases)("$name", ({ key, fault }) => {
    const { recipients } = faultsOfSeal({ ...seal, by: "recipients", recipients: key });
    expect(recipients !== undefined).toBe(fault === "form");
    expect(recipients ?? "", "a secret is not repeated").not.toContain("SECRET");
  });
});

/** What of a prompt is on the screen: the text, or who speaks and what is said. */
function shown(prompt: Prompt): string {
  const target = document.createElement("div");
  const screen = mount(PromptText, { target, props: { before: "", prompt, turns: formattedTurns(prompt) } });
  flushSync();
  const turns = [...target.querySelectorAll("li")].map((turn) => `${turn.querySelector(".role")?.textContent?.trim()}: ${turn.querySelector(".said")?.textContent}`);
  const text = turns.length > 0 ? turns.join("\n\n") : (target.textContent ?? "").trim();
  void unmount(screen);
  return text;
}

describe("prompts", () => {
  const cases = prompts.cases as { name: string; prompt: Prompt; plain: string }[];
  test.each(cases)("$name", ({ prompt, plain }) => expect(shown(prompt)).toBe(plain));
});
