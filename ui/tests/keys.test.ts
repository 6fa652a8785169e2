import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hearKeys } from "../src/keyboard";
import KeyList from "../src/kit/keys/KeyList.svelte";
import { hearScreen, hearTextSize } from "../src/kit/keys/hear";
import { patternOf, shownPattern } from "../src/kit/keys/pattern";
import { m } from "../src/messages/language.svelte";
import { COMMANDS, TABLE, together, type Listed, type Screen } from "../src/kit/keys/table";
import { USUAL, preferences } from "../src/kit/preferences.svelte";

const SCREENS = Object.keys(TABLE).filter((place): place is Screen => place !== "everywhere");
const of = (screen: Screen) => COMMANDS.filter(({ place, id }) => place === screen || id === "everywhere.help");
const patterns = ({ key, also = [] }: Listed) => (key === undefined ? [...also] : [key, ...also]);

let ends: (() => void)[];

beforeEach(() => {
  ends = [hearKeys(), hearTextSize()];
  preferences.chosen = USUAL;
});

afterEach(() => {
  for (const end of ends) end();
  document.body.replaceChildren();
  preferences.chosen = USUAL;
});

/** A key as a keyboard tells of it. */
interface Stroke extends KeyboardEventInit {
  key: string;
  code: string;
}

const NAMED = /^(Arrow|Page|Space|Escape|Enter|Backspace|Delete)/;

/** What is held, and the key by itself. */
function split(pattern: string) {
  const [, held, key] = /^((?:(?:\$mod|Shift)\+)*)(.+)$/.exec(pattern)!;
  return { key: key!, ctrlKey: held!.includes("$mod"), shiftKey: held!.includes("Shift") };
}

const SIGNS: { [sign: string]: Stroke } = {
  "?": { key: "?", code: "Slash", shiftKey: true },
  "]": { key: "]", code: "BracketRight" },
  "[": { key: "[", code: "BracketLeft" },
  "+": { key: "+", code: "Equal", shiftKey: true },
  "=": { key: "=", code: "Equal" },
  "-": { key: "-", code: "Minus" },
  _: { key: "_", code: "Minus", shiftKey: true },
  "0": { key: "0", code: "Digit0" },
};

/** The key on a keyboard with these letters and signs, which are otherwise those of an English one. */
function strokeOn(letters: (letter: string) => Partial<Stroke>, signs: { [sign: string]: Stroke }) {
  return (pattern: string): Stroke => {
    const { key, ctrlKey, shiftKey } = split(pattern);
    if (NAMED.test(key)) return { key: key === "Space" ? " " : key, code: key, ctrlKey, shiftKey };
    if (!/[a-z]/.test(key)) return { ctrlKey, ...(signs[key] ?? SIGNS[key]!) };
    const { key: typed = key, code = `Key${key.toUpperCase()}` } = letters(key);
    return { key: shiftKey ? typed.toUpperCase() : typed, code, ctrlKey, shiftKey };
  };
}

const RUSSIAN = Object.fromEntries([..."abcdefghijklmnopqrstuvwxyz"].map((letter, place) => [letter, [..."фисвуапршолдьтщзйкыегмцчня"][place]!]));
const GREEK = Object.fromEntries([..."abcdefghijklmnopqrstuvwxyz"].map((letter, place) => [letter, [..."αβψδεφγηιξκλμνοπ;ρστθωςχυζ"][place]!]));
const FRENCH: { [letter: string]: string } = { a: "KeyQ", q: "KeyA", z: "KeyW", w: "KeyZ", m: "Semicolon" };

const KEYBOARDS = {
  English: strokeOn(() => ({}), {}),
  Russian: strokeOn((letter) => ({ key: RUSSIAN[letter] }), {
    "?": { key: "?", code: "Digit7", shiftKey: true },
    "]": { key: "ъ", code: "BracketRight" },
    "[": { key: "х", code: "BracketLeft" },
  }),
  Greek: strokeOn((letter) => ({ key: GREEK[letter] }), {}),
  French: strokeOn((letter) => ({ code: FRENCH[letter] }), {
    "?": { key: "?", code: "KeyM", shiftKey: true },
    "]": { key: "]", code: "Minus", modifierAltGraph: true },
    "[": { key: "[", code: "Digit5", modifierAltGraph: true },
    "-": { key: "-", code: "Digit6" },
    _: { key: "_", code: "Digit8" },
    "0": { key: "0", code: "Digit0", shiftKey: true },
  }),
};

function press(stroke: KeyboardEventInit, target: EventTarget = document.body) {
  target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...stroke }));
  flushSync();
}

/** What a screen hears. */
function hear(screen: Screen): string[] {
  const heard: string[] = [];
  const record = (what: string) => heard.push(what) > 0;
  ends.push(hearScreen(screen, record, record));
  return heard;
}

test("no two commands of a screen have the same key", () => {
  const clashes = COMMANDS.flatMap((one) =>
    COMMANDS.filter((other) => other.id > one.id && together(one, other))
      .filter((other) => patterns(one).some((pattern) => patterns(other).includes(pattern)))
      .map((other) => `${one.id} and ${other.id}`),
  );
  expect(clashes).toEqual([]);
  expect(COMMANDS.filter((command) => patterns(command).length === 0)).toEqual([]);
});

test("every key is written as it is heard", () => {
  const written = COMMANDS.flatMap(patterns);
  const heard = written.map((pattern) => patternOf(new KeyboardEvent("keydown", KEYBOARDS.English(pattern))));
  expect(heard).toEqual(written);
});

test.each(Object.entries(KEYBOARDS))("every key of every screen acts on the %s keyboard", (_, stroke) => {
  for (const screen of SCREENS) {
    const heard = hear(screen);
    // The layout is known by its letters.
    press(stroke("z"));
    for (const command of of(screen)) {
      for (const pattern of patterns(command)) {
        heard.length = 0;
        press(stroke(pattern));
        expect([screen, pattern, heard]).toEqual([screen, pattern, [command.action]]);
      }
    }
    ends.pop()!();
  }
});

test.each(Object.entries(KEYBOARDS))("the text grows and shrinks on the %s keyboard, in a field and in a dialog too", (_, stroke) => {
  const dialog = document.body.appendChild(document.createElement("dialog"));
  const field = dialog.appendChild(document.createElement("input"));
  dialog.setAttribute("open", "");
  const size = (pattern: string) => (press(stroke(pattern), field), preferences.chosen.text_size);
  expect(["$mod++", "$mod+=", "$mod+-", "$mod+_", "$mod++", "$mod+0"].map(size)).toEqual([110, 125, 110, 100, 110, 100]);
});

test("in a text field only keys with Ctrl act, and only those that are meant to", () => {
  for (const element of ["input", "textarea", "select"]) {
    const field = document.body.appendChild(document.createElement(element));
    for (const screen of SCREENS) {
      const heard = hear(screen);
      for (const pattern of of(screen).flatMap(patterns)) press(KEYBOARDS.English(pattern), field);
      for (const key of "0123456789hpmy") press({ key, code: "" }, field);
      expect(heard).toEqual(screen === "rate" ? ["find", "return"] : []);
      ends.pop()!();
    }
  }
});

test("a sign that AltGr types acts in no text field, though Ctrl is said to be held", () => {
  preferences.choose({ keys: { "rate.find": "@" } });
  const heard = hear("rate");
  const typed = { key: "@", code: "KeyQ", ctrlKey: true, altKey: true, modifierAltGraph: true };
  press(typed, document.body.appendChild(document.createElement("textarea")));
  expect(heard).toEqual([]);
  press(typed);
  expect(heard).toEqual(["find"]);
});

test("a letter for the size of the text answers nothing", () => {
  preferences.choose({ keys: { "everywhere.larger": "o" } });
  const heard = hear("rate");
  press({ key: "o", code: "KeyO" });
  expect([preferences.chosen.text_size, heard]).toEqual([110, []]);
});

test("a key that is still held writes nothing into the field to which it led, though Shift is up", () => {
  preferences.choose({ keys: { "rate.note": "Shift+ä" } });
  const field = document.body.appendChild(document.createElement("textarea"));
  ends.push(hearScreen("rate", () => (field.focus(), true)));
  const writes = (how: KeyboardEventInit, target: HTMLElement = field) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { code: "Quote", bubbles: true, cancelable: true, ...how }));
  expect(writes({ key: "Ä", shiftKey: true }, document.body)).toBe(false);
  expect(writes({ key: "ä", repeat: true })).toBe(false);
  expect(writes({ key: "Shift", code: "ShiftLeft" })).toBe(true);
  expect(writes({ key: "Ä", shiftKey: true, repeat: true })).toBe(false);
  // Pressed again it is typed, for as long as it is held.
  expect(writes({ key: "ä" })).toBe(true);
  expect(writes({ key: "ä", repeat: true })).toBe(true);
});

test("with a dialog open, and while an input method composes, no key of a screen acts", () => {
  for (const how of [{ isComposing: true }, { keyCode: 229 }, { dialog: true }]) {
    if ("dialog" in how) document.body.appendChild(document.createElement("dialog")).setAttribute("open", "");
    for (const screen of SCREENS) {
      const heard = hear(screen);
      for (const pattern of of(screen).flatMap(patterns)) press({ ...KEYBOARDS.English(pattern), ...how });
      for (const key of "0123456789hpmy") press({ key, code: "", ...how });
      expect([screen, heard]).toEqual([screen, []]);
      ends.pop()!();
    }
  }
});

test("a held key does again only what changes nothing", () => {
  const heard = hear("rate");
  for (const pattern of of("rate").flatMap(patterns)) press({ ...KEYBOARDS.English(pattern), repeat: true });
  const moves = ["down", "up", "next", "previous", "scrollDown", "scrollUp", "more", "less"];
  expect([...new Set(heard)]).toEqual(moves);
});

test.each(SCREENS)("the help of %s lists every command with its keys", async (screen) => {
  const list = mount(KeyList, { target: document.body, props: { screen } });
  const rows = [...document.querySelectorAll(".row")].map((row) => {
    return { keys: [...row.querySelectorAll("kbd")].map((key) => key.textContent), meaning: row.querySelector("dd")?.textContent?.trim() };
  });
  for (const command of COMMANDS.filter(({ place }) => place === screen || place === "everywhere")) {
    expect(rows).toContainEqual({ keys: patterns(command).map(shownPattern), meaning: { ...m.keys.names, ...m.keys.meanings }[command.id] });
  }
  await unmount(list);
});
