import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import DecisionForm from "../src/adjudicate/DecisionForm.svelte";
import { Decision } from "../src/adjudicate/decision.svelte";
import { hearKeys } from "../src/keyboard";
import Modal from "../src/kit/Modal.svelte";
import { hearScreen } from "../src/kit/keys/hear";
import type { Screen } from "../src/kit/keys/table";

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

/** A screen on which every key that means something is put on record. */
function open(screen: Screen) {
  const record = (what: string) => heard.push(what) > 0;
  ends.push(hearScreen(screen, record, record));
}

test("without Latin letters a key of the rating screen is that of its place", () => {
  open("rate");
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
  open("rate");
  press("f", "KeyY");
  press("a", "KeyQ");
  // On a French keyboard this is where others have M.
  press(",", "KeyM");
  press("ü", "BracketLeft");
  press("µ", "KeyM", { modifierAltGraph: true });
  expect(heard).toEqual(["flag", "abstain"]);
});

test("µ on a key of its own does not make a layout one without Latin letters", () => {
  open("rate");
  press("µ", "Backslash", { shiftKey: true });
  press(",", "KeyM");
  expect(heard).toEqual([]);
});

test("Option with a letter of a Mac types a sign, and answers nothing", async () => {
  vi.stubGlobal("navigator", { platform: "MacIntel", languages: ["en"] });
  vi.resetModules();
  const mac = await import("../src/kit/keys/hear");
  vi.unstubAllGlobals();
  const record = (what: string) => heard.push(what) > 0;
  ends.push(mac.hearScreen("rate", record, record));
  press("π", "KeyP", { altKey: true });
  expect(heard).toEqual([]);
  press("p", "KeyP");
  expect(heard).toEqual(["p"]);
});

test("the keys of a decision, of the reading list and of single elements fall back on their place too", () => {
  open("adjudicate");
  press("ь", "KeyM");
  press("ч", "KeyX");
  press("х", "BracketLeft");
  press("٤", "Digit4");
  expect(heard.splice(0)).toEqual(["misread", "noGrade", "previous", "4"]);
  ends.pop()!();

  open("read");
  press("о", "KeyJ");
  expect(heard.splice(0)).toEqual(["next"]);
  ends.pop()!();

  const row = document.body.appendChild(document.createElement("p"));
  row.addEventListener("keydown", (event) => (heard.push(event.key), event.preventDefault()));
  expect(press("ф", "KeyA", {}, row)).toBe(false);
  expect(heard).toEqual(["a"]);
});

test("a sign where others have Q is Q on a layout without Latin letters, and the sign on one with them", () => {
  open("rate");
  press("α", "KeyA");
  press(";", "KeyQ");
  expect(heard.splice(0)).toEqual(["abstain", "quote"]);
  // What is told by another name does not make the layout Latin.
  press(";", "KeyQ");
  press("a", "KeyA");
  press(";", "KeyQ");
  expect(heard).toEqual(["quote", "abstain"]);
});

test.each([{ isComposing: true }, { keyCode: 229 }])("while an input method composes, every key is its own: %o", async (how) => {
  open("rate");
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
