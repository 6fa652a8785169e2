import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

/** What WCAG 2.2 asks of text (1.4.3, AA), and of what marks a control or its state (1.4.11). */
const TEXT = 4.5;
const MARK = 3;

type Colours = Record<string, string>;

const css = readFileSync("src/styles/tokens.css", "utf8").replaceAll(/\/\*.*?\*\//gs, "");
const [plain, dark, more, moreDark] = css.split(/@media \(prefers-(?:color-scheme: dark|contrast: more)\)/);
const day = coloursOf(plain!);
const night = { ...day, ...coloursOf(dark!) };
const schemes = {
  day,
  night,
  "day with more contrast": { ...day, ...coloursOf(more!) },
  "night with more contrast": { ...night, ...coloursOf(moreDark!) },
};

function coloursOf(text: string): Colours {
  return Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, colour]) => [name!, colour!]));
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

/** The pairs of colours that one rule of a style sheet sets together: words and what they stand on. */
function pairsInRules(): [string, string][] {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => /\.(svelte|css)$/.test(file));
  const rules = files.flatMap((file) => readFileSync(`src/${file}`, "utf8").match(/\{[^{}]*\}/g) ?? []);
  return rules.flatMap((rule) => {
    const ink = /[\s;{]color:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    const ground = /background(?:-color)?:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    return ink !== undefined && ground !== undefined ? [[ink, ground] as [string, string]] : [];
  });
}

const GROUNDS = ["paper", "surface", "sunk"];
const INKS = ["ink", "muted", "accent", "warn", "bad", "good"];
const tokens = Object.keys(day);
const tints = tokens.filter((name) => /tint|^mark|several/.test(name));
const voices = tokens.filter((name) => /^voice-\d$/.test(name));
const across = (inks: string[], grounds: string[]) => inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as [string, string]));
const words = [...across([...INKS, ...voices], GROUNDS), ...across(["ink"], tints), ...pairsInRules()];
// A marked error is underlined, on whatever else is marked there.
const underlined = [...GROUNDS, ...tokens.filter((name) => name.startsWith("mark"))];
const marks = [...across(["edge", "ring", "accent"], GROUNDS), ...across(["bad"], underlined)];

test.each(Object.entries(schemes))("every text can be read on what it stands on, by %s", (_, colours) => {
  expect(words.length).toBeGreaterThan(60);
  const poor = (pairs: [string, string][], least: number) =>
    pairs
      .filter(([ink, ground]) => contrast(colours[ink]!, colours[ground]!) < least)
      .map(([ink, ground]) => `${ink} on ${ground}: ${contrast(colours[ink]!, colours[ground]!).toFixed(2)}`);
  expect([...new Set(poor(words, TEXT))]).toEqual([]);
  expect([...new Set(poor(marks, MARK))]).toEqual([]);
});

test("who asks for more contrast has more of it", () => {
  const least = (colours: Colours) => Math.min(...across(["ink", "muted"], GROUNDS).map(([ink, ground]) => contrast(colours[ink]!, colours[ground]!)));
  expect(least(schemes["day with more contrast"])).toBeGreaterThan(7);
  expect(least(schemes["night with more contrast"])).toBeGreaterThan(7);
});

test("a colour has a counterpart by night, and the two schemes differ", () => {
  expect(tokens.filter((name) => night[name] === day[name])).toEqual([]);
});
