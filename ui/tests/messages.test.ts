import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { de } from "../src/messages/de";
import { en } from "../src/messages/en";
import { LANGUAGES } from "../src/messages/language.svelte";
import { Locale } from "../src/messages/making";
import { literalsOf } from "./literals";

const SRC = join(import.meta.dirname, "../src");

/** Screens that have their words in English alone, and what speaks English in what the program itself says. */
const ENGLISH = ["adjudicate/", "agreement/", "contract/", "findings/", "judge/", "new-study/", "plan/", "study/", "words/codes.ts"];

const WORDS = ["failure", "no-answer", "path", "response", "time"].map((name) => `words/${name}.ts`);

/** What is no word for people, but looks like one: what texts that were begun are kept by, and what an answer is called in the contract. */
const CODES: { [file: string]: string[] } = {
  "packet/packet.svelte.ts": ["abstain", "note", "change"],
  "rate/questions/missing.ts": ["gate", "grade", "actions", "response_class", "omission_mechanism"],
};

/** Words that are the same in English and German. */
const SAME = [
  ...["form.rest", "kit.roles.system", "kit.systemLanguage"],
  ...["Alt", "Escape", "Meta", "Shift"].map((name) => `keys.shown.${name}`),
  ...["hours", "hoursMinutes", "minutes", "minutesSeconds", "seconds"].map((name) => `words.${name}`),
];

/** Every file whose words a rater may meet: what the program imports before a screen of another person is opened. */
function raterFiles(file = "main.ts", found = new Set<string>()): Set<string> {
  if (found.has(file) || file.startsWith("messages/") || ENGLISH.some((start) => file.startsWith(start))) return found;
  found.add(file);
  const source = readFileSync(join(SRC, file), "utf8");
  for (const [, path] of source.matchAll(/^\s*import (?!type )[^;]*?"(\.[^"]+)";/gm)) {
    const base = join(dirname(file), path!);
    const next = [base, `${base}.ts`].find((name) => /\.(ts|svelte)$/.test(name) && existsSync(join(SRC, name)));
    if (next) raterFiles(next, found);
  }
  return found;
}

test("no word that a rater may meet is outside the messages", () => {
  const files = [...raterFiles()];
  for (const needed of ["library/Library.svelte", "rate/questions/Scale.svelte", "return/Attestation.svelte", "kit/keys/KeyList.svelte", "packet/words.ts"]) {
    expect(files).toContain(needed);
  }
  // Of these the rest count and list in English.
  expect(files.filter((file) => file.startsWith("words/")).toSorted()).toEqual(WORDS);
  const faults = files.flatMap((file) => {
    const literals = literalsOf(readFileSync(join(SRC, file), "utf8"), file.endsWith(".ts"));
    return literals.filter((words) => !CODES[file]?.includes(words)).map((words) => `${file}: ${words}`);
  });
  expect(faults).toEqual([]);
});

test.each([
  ["<p>Save now</p>", "Save now"],
  ["<p>{done ? 'fertig' : m.open}</p>", "fertig"],
  ["<p>{`${a} of ${b}`}</p>", "of"],
  ['<button aria-label="close">×</button>', "close"],
  ["<button title={on ? 'lower' : m.raise}>×</button>", "lower"],
  ['<Modal title="Items" {close} />', "Items"],
  ["<Modal title={open ? 'Now the study' : m.done} />", "Now the study"],
  ["{#if open}<b>open</b>{/if}", "open"],
  ['<script lang="ts">const label = "Working";</script>', "Working"],
  ['<script lang="ts">run.notice = "not saved yet";</script>', "not saved yet"],
  ['<script lang="ts">const marks = [item.flag && "flagged"];</script>', "flagged"],
  ['<script lang="ts">function partWords(part: Part) { switch (part) { case "note": return "remark"; } }</script>', "remark"],
  ['<script lang="ts">const said = `${place} of ${total}`;</script>', "of"],
])("words put into %s are found", (source, words) => {
  expect(literalsOf(source, false)).toEqual([words]);
});

test("codes, keys, selectors and the names of styles are no words", () => {
  const code = `
    import { a } from "./Some file";
    type Layout = "Beside the case" | "reading";
    const key = event.key === "Enter" ? "begin" : "ArrowDown";
    const row = document.querySelector("dialog[open] h2") ?? find(\`row-\${number}\`);
    throw new Error(\`no such row\`);`;
  expect(literalsOf(code, true)).toEqual([]);
  expect(literalsOf('<p class="muted small" id="a-{b}" role="status"><kbd>Enter</kbd> {shownKey("rate.note")} · {m.open} ({count})</p>', false)).toEqual([]);
});

type Parts = { [name: string]: unknown };

/** Every message by its path: a text, pieces, or what makes one of values. */
function messages(of: object, path = ""): [string, unknown][] {
  return Object.entries(of as Parts).flatMap(([name, value]) => {
    const nested = typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Locale);
    if (value instanceof Locale) return [];
    return nested ? messages(value, `${path}${name}.`) : [[`${path}${name}`, value] as [string, unknown]];
  });
}

/** Values to be found again in what is made of them, whether as a number or as a text. */
const VALUES = [701, 702, 703, 704];

/** A message as it is read, of values where it takes some. */
function said(message: unknown): string {
  if (typeof message === "function") {
    // Lists of names are joined by the message.
    const values = VALUES.slice(0, message.length);
    try {
      return said(message(...values));
    } catch {
      return said(message(...values.map((value) => [String(value)])));
    }
  }
  if (!Array.isArray(message)) return String(message);
  return message.map((piece: string | object) => (typeof piece === "string" ? piece : Object.values(piece)[0])).join("");
}

const english = new Map(messages(en));
const german = new Map(messages(de));

test("every language has the same messages, which say the same values", () => {
  expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  const valuesIn = (message: unknown) => VALUES.filter((value) => said(message).includes(String(value)));
  for (const [name, message] of english) {
    const other = german.get(name);
    expect([name, typeof other === "function" ? other.length : 0]).toEqual([name, typeof message === "function" ? message.length : 0]);
    expect([name, valuesIn(other)]).toEqual([name, valuesIn(message)]);
    expect(said(other).trim(), name).not.toBe("");
  }
});

test("no German message is the English one, but those that are the same on purpose", () => {
  const same = [...english].filter(([name, message]) => hasWords(said(message)) && said(german.get(name)) === said(message));
  expect(same.map(([name]) => name).toSorted()).toEqual(SAME.toSorted());
});

function hasWords(text: string): boolean {
  return /\p{L}/u.test(text);
}

test("numbers, lists and days are written as the language has it", () => {
  expect([en.locale.number(1234.5), de.locale.number(1234.5)]).toEqual(["1,234.5", "1.234,5"]);
  expect([en.locale.all(["A", "B"]), de.locale.all(["A", "B"])]).toEqual(["A and B", "A und B"]);
  expect([en.locale.any(["H", "P"]), de.locale.any(["H", "P"])]).toEqual(["H or P", "H oder P"]);
  const moment = new Date(2026, 2, 9, 14, 5, 7).toISOString();
  expect([en.locale.dayTime(moment), de.locale.dayTime(moment)]).toEqual(["9 Mar 2026, 14:05", "09.03.2026, 14:05"]);
  expect([en.locale.clockTime(moment), de.locale.clockTime(moment)]).toEqual(["14:05:07", "14:05:07"]);
  expect([en.rate.items(1), en.rate.items(2), de.rate.items(1), de.rate.items(1234)]).toEqual(["1 item", "2 items", "1 Fall", "1.234 Fälle"]);
  expect([en.words.aboutHours(2.5), de.words.aboutHours(2.5), de.words.aboutHours(2)]).toEqual(["about 2½ h", "etwa 2,5 h", "etwa 2 h"]);
});

test("every language is called by its own name", () => {
  expect(LANGUAGES).toEqual({ en: "English", de: "Deutsch" });
});
