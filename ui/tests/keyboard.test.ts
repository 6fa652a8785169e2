import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { tinykeys } from "tinykeys";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import DecisionForm from "../src/adjudicate/DecisionForm.svelte";
import { Decision } from "../src/adjudicate/decision.svelte";
import { bindings as adjudicationKeys } from "../src/adjudicate/keys";
import { bindings as readerKeys } from "../src/judge/keys";
import { hearKeys } from "../src/keyboard";
import Modal from "../src/kit/Modal.svelte";
import { bindings as ratingKeys, type Action } from "../src/rate/keys";

let heard: string[];
let ends: (() => void)[];

beforeEach(() => {
  heard = [];
  ends = [hearKeys()];
});

afterEach(() => {
  for (const end of ends) end();
  document.body.replaceChildren();
});

function press(key: string, code: string, how: KeyboardEventInit = {}, target: EventTarget = document.body): boolean {
  const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...how });
  const left = target.dispatchEvent(event);
  flushSync();
  return left;
}

function rate() {
  const act = (action: Action) => heard.push(action) > 0;
  ends.push(tinykeys(window, ratingKeys(act, (key) => heard.push(key) > 0)));
}

test("without Latin letters a key of the rating screen is that of its place", () => {
  rate();
  for (const [key, code] of [["н", "KeyY"], ["р", "KeyH"], ["з", "KeyP"], ["ь", "KeyM"], ["0", "Digit0"]] as const) press(key, code);
  expect(heard.splice(0)).toEqual(["y", "h", "p", "m", "0"]);
  // Alef represents two characters on one key, and Persian has digits of its own.
  press("لا", "KeyB");
  press("۳", "Digit3");
  expect(heard.splice(0)).toEqual(["b", "3"]);
  press("т", "KeyN");
  press("Ш", "KeyI", { shiftKey: true });
  press("я", "KeyZ", { ctrlKey: true });
  press("ъ", "BracketRight");
  expect(heard).toEqual(["unfinished", "noInstruction", "undo", "next"]);
});

test("where the layout is Latin, the letter printed on the key counts", () => {
  rate();
  press("f", "KeyY");
  press("a", "KeyQ");
  // On a French keyboard this is where others have M.
  press(",", "KeyM");
  press("ü", "BracketLeft");
  press("µ", "KeyM", { modifierAltGraph: true });
  expect(heard).toEqual(["flag", "abstain"]);
});

test("the keys of a decision, of the reading list and of single elements fall back on their place too", () => {
  const hear = (what: string) => (more?: unknown) => void heard.push(more === undefined ? what : `${what} ${String(more)}`);
  const hands = { step: hear("step"), scroll: hear("scroll"), leave: hear("leave") };
  const quiet = { begin: () => {}, by: hear("by") };
  const others = { ...quiet, grade: hear("grade"), noGrade: hear("none"), cause: hear("cause"), note: hear("note"), decide: hear("decide") };
  const end = tinykeys(window, adjudicationKeys({ ...hands, ...others }));
  press("ь", "KeyM");
  press("ч", "KeyX");
  press("х", "BracketLeft");
  press("٤", "Digit4");
  end();
  expect(heard.splice(0)).toEqual(["cause misread", "none", "step -1", "grade 4"]);

  ends.push(tinykeys(window, readerKeys(hands)));
  press("о", "KeyJ");
  expect(heard.splice(0)).toEqual(["step 1"]);

  const row = document.body.appendChild(document.createElement("p"));
  row.addEventListener("keydown", (event) => (heard.push(event.key), event.preventDefault()));
  expect(press("ф", "KeyA", {}, row)).toBe(false);
  expect(heard).toEqual(["a"]);
});

test.each([{ isComposing: true }, { keyCode: 229 }])("while an input method composes, every key is its own: %o", async (how) => {
  rate();
  for (const key of ["y", "1", "Enter", "Escape"]) press(key, "", how);
  expect(heard).toEqual([]);

  const decide = vi.fn();
  const decision = new Decision({ axis: "omission", label: "Omission harm", levels: [] });
  const form = mount(DecisionForm, { target: document.body, props: { decision, idle: null, said: null, saving: false, decide } });
  const note = document.getElementById("decision-note")!;
  note.focus();
  press("Escape", "Escape", how, note);
  press("Enter", "Enter", { ...how, ctrlKey: true }, note);
  expect([document.activeElement, decide.mock.calls]).toEqual([note, []]);
  await unmount(form);
});

test("an input method's Escape closes no dialog", async () => {
  HTMLDialogElement.prototype.showModal = () => {};
  HTMLDialogElement.prototype.close = () => {};
  const children = createRawSnippet(() => ({ render: () => "<input>" }));
  const modal = mount(Modal, { target: document.body, props: { title: "Why", close: () => {}, children } });
  flushSync();
  const field = document.querySelector("input")!;
  // The web view cancels the dialog unless the key is prevented.
  expect(press("Escape", "Escape", { isComposing: true }, field)).toBe(false);
  expect(press("Escape", "Escape", {}, field)).toBe(true);
  await unmount(modal);
});
