import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { toStore } from "svelte/store";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import DecisionForm from "../src/adjudicate/DecisionForm.svelte";
import { Decision } from "../src/adjudicate/decision.svelte";
import { hearKeys } from "../src/keyboard";
import KeysDialog from "../src/kit/keys/KeysDialog.svelte";
import { isUsual, shownKey } from "../src/kit/keys/chosen.svelte";
import { hearScreen, hearTextSize } from "../src/kit/keys/hear";
import type { CommandId } from "../src/kit/keys/table";
import { USUAL, preferences } from "../src/kit/preferences.svelte";
import Rate from "../src/rate/Rate.svelte";
import { Fake } from "./fake";

let fake: Fake;
let ends: (() => unknown)[];

beforeEach(async () => {
  // jsdom has no layout to scroll, and shows no dialogs.
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = () => {};
  fake = new Fake().install();
  await preferences.recall();
  ends = [hearKeys(), hearTextSize()];
});

afterEach(async () => {
  for (const end of ends) await end();
  await vi.waitFor(() => expect(fake.preferences).toEqual(preferences.chosen));
  preferences.chosen = USUAL;
  clearMocks();
});

async function rate() {
  const nothing = () => {};
  const screen = mount(Rate, { target: document.body, props: { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing } });
  ends.push(() => unmount(screen));
  await vi.waitFor(() => find("#response"));
  flushSync();
}

/** The keys of decisions, without the screen below. */
function adjudicate(close = () => {}) {
  const dialog = mount(KeysDialog, { target: document.body, props: { screen: "adjudicate", close } });
  flushSync();
  ends.push(() => unmount(dialog));
}

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function press(key: string, how: KeyboardEventInit = {}, target: EventTarget = document.activeElement ?? document.body): boolean {
  const left = target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
  flushSync();
  return left;
}

function click(element: HTMLElement) {
  element.click();
  flushSync();
}

const keyOf = (id: CommandId) => find(`[data-command="${id}"]`);
const said = () => find("#key-said").textContent;
const beside = (words: string) => [...document.querySelectorAll<HTMLElement>(".asked button")].find(({ textContent }) => textContent === words);
const kept = () => vi.waitFor(() => expect(fake.preferences).toEqual(preferences.chosen));

/** Presses the new key of a command in the help. */
function change(id: CommandId, key: string, how: KeyboardEventInit = {}) {
  click(keyOf(id));
  press(key, how);
}

/** Closes the help, which the screen opened. */
function close() {
  find("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
  flushSync();
}

test("a key that was changed acts and is shown, the one before does not, and so it is on the next day", async () => {
  await rate();
  press("?");
  expect(keyOf("rate.note").getAttribute("aria-label")).toBe("Change key of Write a note, now T");
  click(keyOf("rate.note"));
  expect(document.activeElement).toBe(keyOf("rate.note"));
  expect(said()).toBe("Press the new key for “Write a note”. Backspace brings back the usual one, T; Escape leaves it as it is.");
  press("Shift", { shiftKey: true });
  press("B", { shiftKey: true });
  expect(said()).toBe("The key for “Write a note” is now Shift B.");
  expect(keyOf("rate.note").textContent?.trim()).toBe("Shift B");
  close();
  expect(find<HTMLTextAreaElement>("#note").placeholder).toBe("Note (Shift B)");
  press("t", {}, document.body);
  expect(document.activeElement?.id).not.toBe("note");
  press("b", {}, document.body);
  expect(document.activeElement?.id).not.toBe("note");
  press("B", { shiftKey: true }, document.body);
  expect(document.activeElement?.id).toBe("note");
  await kept();
  expect(fake.preferences.keys).toEqual({ "rate.note": "Shift+b" });

  preferences.chosen = USUAL;
  expect(shownKey("rate.note")).toBe("T");
  await preferences.recall();
  expect(shownKey("rate.note")).toBe("Shift B");
});

test("buttons, hints and sentences of the rating screen show the changed keys", async () => {
  const others = { undo: "ü", unfinished: "ö", abstain: "ä", flag: "=", list: "#", turn: "*", return: "F2", rest: "~", anchors: "%", raw: "&", mark: "é", error: "@", previous: "<", next: ">", quote: "!" };
  fake.preferences = { ...USUAL, keys: { ...Object.fromEntries(Object.entries(others).map(([action, key]) => [`rate.${action}`, key])), "everywhere.help": "/" } };
  await preferences.recall();
  await rate();
  const hints = () => [...document.querySelectorAll("main kbd")].map((hint) => hint.textContent);
  expect([...new Set(hints())].toSorted()).toEqual(["Ü", "@", "#", "/", "*", "&", "=", "Ä", "É", "%", "~", "Ö"].toSorted());
  expect([find("#previous-item").title, find("#next-item").title]).toEqual(["Previous item ( < )", "Next item ( > )"]);
  expect(find("#quote-0").title).toBe("Quote the selection as evidence (!)");
  press("e", {}, document.body);
  expect(find(".state").textContent).toContain("E is for an empty or filtered response");
  press("Enter", {}, document.body);
  expect(find(".state").textContent).toContain("Ö goes on now.");
  press("ö", {}, document.body);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
  press("/", {}, document.body);
  expect(find("#key-said")).not.toBeNull();
  expect([...document.querySelectorAll("dd")].map((row) => row.textContent).join()).toContain("Ö is the next unfinished item");
});

test("a key that another command has is not taken: they can be swapped, and both are told", async () => {
  await rate();
  press("?");
  change("rate.note", "f");
  expect(said()).toBe("F is the key for “Flag the item”. Swap the two, or press another key.");
  expect(preferences.chosen.keys).toEqual({});
  click(beside("Swap")!);
  expect(said()).toBe("The key for “Write a note” is now F, and that for “Flag the item” is T.");
  expect(document.activeElement).toBe(keyOf("rate.note"));
  expect(preferences.chosen.keys).toEqual({ "rate.note": "f", "rate.flag": "t" });
  close();
  press("t", {}, document.body);
  await vi.waitFor(() => expect(fake.ratings[0]!.flag).toBe(true));
  press("f", {}, document.body);
  expect(document.activeElement?.id).toBe("note");
});

test("instead of a swap another key can be pressed; the usual key comes back, and is swapped where it is taken", async () => {
  adjudicate();
  change("adjudicate.note", "b");
  press("o");
  expect(said()).toBe("The key for “Write a note” is now O.");
  change("adjudicate.by", "t");
  change("adjudicate.note", "Backspace");
  expect(said()).toBe("T is the key for “Decided by”. Swap the two, or press another key.");
  click(beside("Swap")!);
  expect(preferences.chosen.keys).toEqual({ "adjudicate.by": "o" });
  // The usual key that is asked for by its button can be swapped, or another pressed, too.
  change("adjudicate.note", "z");
  change("adjudicate.slip", "t");
  change("adjudicate.note", "o", { shiftKey: true });
  click(beside("Usual key")!);
  expect(said()).toBe("T is the key for “Slip”. Swap the two, or press another key.");
  press("p");
  expect(said()).toBe("The key for “Write a note” is now P.");
  change("adjudicate.slip", "Backspace");
  change("adjudicate.note", "Backspace");
  click(keyOf("adjudicate.by"));
  beside("Usual key")!.focus();
  click(beside("Usual key")!);
  expect(said()).toBe("The key for “Decided by” is now B.");
  expect(document.activeElement).toBe(keyOf("adjudicate.by"));
  expect(preferences.chosen.keys).toEqual({});
});

test("what widgets, grades, answers, the system and copying need is no command's key, and it is said why", async () => {
  await rate();
  press("?");
  click(keyOf("rate.note"));
  const why = (key: string, how: KeyboardEventInit = {}) => (press(key, how), said()!.replace(" Press another key, or Escape.", ""));
  expect(why("7")).toBe("7 is a grade: digits stay what they are.");
  expect(why("Enter")).toBe("Enter is needed to move about, to confirm or to leave.");
  expect(why("ArrowDown")).toBe("↓ is needed to move about, to confirm or to leave.");
  expect(why("PageDown")).toBe("Page Down is needed to move about, to confirm or to leave.");
  expect(why("h")).toBe("H is an answer on this screen.");
  expect(why("y")).toBe("Y is an answer on this screen.");
  expect(why("c", { ctrlKey: true })).toBe("Ctrl C selects, copies, cuts or pastes text.");
  expect(why("o", { altKey: true })).toBe("Alt O belongs to the system.");
  expect(why("ж", { code: "Semicolon" })).toBe("Ж has no place on a Latin keyboard.");
  expect(why("Dead")).toBe("This key types nothing by itself.");
  expect(why("F13")).toBe("F13 cannot be used here.");
  expect(why("AudioVolumeUp")).toBe("AudioVolumeUp cannot be used here.");
  expect(why("Delete", { shiftKey: true })).toBe("Shift Delete cannot be used here.");
  // Undo has it always, and does not give it away.
  expect(why("z", { ctrlKey: true })).toBe("Ctrl Z is the key for “Undo”.");
  expect(why("+", { ctrlKey: true })).toContain("Ctrl + is the key for “Larger text”.");
  expect([preferences.chosen.text_size, preferences.chosen.keys]).toEqual([100, {}]);
  press("Escape");
  expect(said()).toBe("");
  // Where the layout has no Latin letters, the place counts here as on the screen.
  change("rate.note", "щ", { code: "KeyO" });
  expect(preferences.chosen.keys).toEqual({ "rate.note": "o" });
});

test("from one key a click leads to another, and moves nothing before it is done", () => {
  adjudicate();
  click(keyOf("adjudicate.note"));
  const down = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
  expect(keyOf("adjudicate.by").dispatchEvent(down)).toBe(false);
  click(keyOf("adjudicate.by"));
  expect(said()).toContain("Press the new key for “Decided by”.");
  expect(document.activeElement).toBe(keyOf("adjudicate.by"));
  expect(document.querySelectorAll(".asked")).toHaveLength(1);
});

test("Escape leaves the key as it is and the help open; so does going elsewhere", () => {
  const closed = vi.fn();
  adjudicate(closed);
  click(keyOf("adjudicate.note"));
  // The web view closes a dialog unless the key is prevented.
  expect(press("Escape")).toBe(false);
  expect([said(), closed.mock.calls]).toEqual(["", []]);
  // It may still be held.
  expect(press("Escape", { repeat: true })).toBe(false);
  press("o");
  expect(preferences.chosen.keys).toEqual({});
  expect(press("Escape")).toBe(true);

  change("adjudicate.note", "b");
  beside("Swap")!.focus();
  flushSync();
  expect(press("Escape")).toBe(false);
  expect([said(), document.activeElement]).toEqual(["", keyOf("adjudicate.note")]);

  click(keyOf("adjudicate.note"));
  // Tab goes on, as everywhere.
  expect(press("Tab")).toBe(true);
  keyOf("adjudicate.by").focus();
  flushSync();
  expect(said()).toBe("");
});

test("a key for every screen is no key of any of them, and all keys are the usual ones again at once", async () => {
  adjudicate();
  change("everywhere.help", "g");
  expect(said()).toBe("G is the key for “Wording of every grade” on the rating screen. Swap the two, or press another key.");
  // With T for help, both screens that have it for the note would need another key.
  press("t");
  expect(said()).toBe("T is the key for “Write a note” on the rating screen. Press another key, or Escape.");
  press("o");
  change("adjudicate.slip", "z");
  expect(preferences.chosen.keys).toEqual({ "everywhere.help": "o", "adjudicate.slip": "z" });
  preferences.choose({ keys: { ...preferences.chosen.keys, "later.command": "p" } });
  click(find("#all-usual-keys"));
  expect(said()).toBe("Every command of every screen has its usual key.");
  // What a later version of the program knows stays.
  expect(preferences.chosen.keys).toEqual({ "later.command": "p" });
});

test("the keys of a decision are shown where they apply", () => {
  preferences.choose({ keys: { "adjudicate.slip": "z", "adjudicate.noGrade": "o", "adjudicate.by": "l" } });
  const decision = new Decision({ axis: "omission", label: "Omission harm", levels: [] });
  const form = mount(DecisionForm, { target: document.body, props: { decision, idle: null, said: null, saving: false, decide: () => {} } });
  ends.push(() => unmount(form));
  const hints = [...document.querySelectorAll("kbd, .key")].map((hint) => hint.textContent);
  expect(hints).toEqual(["O", "M", "R", "C", "Z", "T", "L", "Enter"]);
});

test("keys in the file that no command may have, or that another has, are as if they were not there", () => {
  const keys = { "rate.note": "7", "rate.flag": "Enter", "rate.quote": "n", "rate.list": "p", "rate.raw": "p", "rate.enter": "o", "later.command": "o" };
  preferences.choose({ keys });
  expect((["note", "flag", "quote", "unfinished", "enter"] as const).map((action) => shownKey(`rate.${action}`))).toEqual(["T", "F", "Q", "N", "Enter"]);
  const heard: string[] = [];
  ends.push(hearScreen("rate", (action) => heard.push(action) > 0));
  for (const key of ["t", "n", "p", "l", "r", "o"]) press(key, {}, document.body);
  expect(heard.filter((action) => action === "note" || action === "unfinished")).toEqual(["note", "unfinished"]);
  expect(heard).toHaveLength(4);
  preferences.choose({ keys: {} });
});

test.each(["P", "Shift+P", "$mod+E", "Shift+1", "Shift+7", "Shift+?", "Shift+$mod+e", "Shift+Shift+h", "$mod+$mod+e", "\u200b", "Shift+\u200d", "\u0301", "e\u0301", " "])(
  "a key in the file that is not written as it is heard, %o, leaves the command the usual one",
  (key) => {
    preferences.choose({ keys: { "rate.note": key } });
    expect([isUsual("rate.note"), shownKey("rate.note")]).toEqual([true, "T"]);
    const act = vi.fn(() => true);
    ends.push(hearScreen("rate", act));
    press("t", {}, document.body);
    expect(act.mock.calls).toEqual([["note", "t"]]);
  },
);

test.each(["p", "Shift+p", "$mod+p", "$mod+Shift+e", "ä", "Shift+ä", "ß", "*", "$mod+7", "F2", "Shift+F12", "$mod+Space"])("a key that is written as it is heard counts: %s", (key) => {
  preferences.choose({ keys: { "rate.note": key } });
  expect(isUsual("rate.note")).toBe(false);
});

test("what else is chosen for the display, step by step as a width, works no key out again", () => {
  preferences.choose({ keys: { "rate.note": "o" } });
  let times = 0;
  ends.push(toStore(() => (times++, shownKey("rate.note"))).subscribe(() => {}));
  flushSync();
  times = 0;
  for (const case_width of [20, 21, 22]) {
    preferences.choose({ case_width });
    flushSync();
  }
  expect(times).toBe(0);
  preferences.choose({ keys: {} });
  flushSync();
  expect(times).toBe(1);
});

test("that a key could not be kept is said where it was chosen", async () => {
  adjudicate();
  preferences.failure = "There is no space left.";
  flushSync();
  expect(find(".keys [role=alert] p").textContent).toBe("There is no space left.");
  click(find(".keys [role=alert] button"));
  await vi.waitFor(() => expect(document.querySelector("[role=alert]")).toBeNull());
  expect(preferences.failure).toBeNull();
});

test("a letter that a command was given answers no question, and the digit is shown instead", async () => {
  fake.preferences = { ...USUAL, keys: { "rate.note": "y", "everywhere.help": "p" } };
  await preferences.recall();
  await rate();
  const hints = (question: string) => [...document.querySelectorAll(`[data-question=${question}] .key`)].map((hint) => hint.textContent);
  expect(hints("gate-omission")).toEqual(["1", "0"]);
  expect(hints("action-0")).toEqual(["H", "2", "M"]);
  press("y", {}, document.body);
  expect(document.activeElement?.id).toBe("note");
  expect(fake.sent).toEqual([]);
});

test("defaults of the display leave the keys as they are", async () => {
  fake.preferences = { ...USUAL, text_size: 150, keys: { "rate.note": "o" } };
  await preferences.recall();
  await rate();
  click(find("#open-looks"));
  click([...document.querySelectorAll("dialog button")].find(({ textContent }) => textContent === "Reset to defaults") as HTMLElement);
  expect(preferences.chosen).toEqual({ ...USUAL, keys: { "rate.note": "o" } });
});
