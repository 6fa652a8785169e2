import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Rate from "../../src/rate/Rate.svelte";
import { m } from "../../src/messages/language.svelte";
import { Fake, blank } from "../fake";

let fake: Fake;
let screen: Record<string, unknown>;

beforeEach(() => {
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  // Nor does it show dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  fake = new Fake().install();
});

afterEach(async () => {
  await unmount(screen);
  clearMocks();
});

async function open() {
  const nothing = () => {};
  const props = { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing };
  screen = mount(Rate, { target: document.body, props });
  await vi.waitFor(() => find("#response"));
  flushSync();
}

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function press(keys: string[], target: EventTarget = document.body, how: KeyboardEventInit = {}) {
  for (const key of keys) {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
    flushSync();
  }
}

function checked(): string[] {
  const inputs = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]:checked")];
  return inputs.map(({ name, value }) => `${name}=${value}`);
}

const radio = (value: string) => find<HTMLInputElement>(`input[name=axis-omission][value='${value}']`);
const current = () => find(".question.current").dataset.question;

/** A click of the mouse, which counts its clicks. */
function click(element: HTMLElement, count = 1) {
  element.dispatchEvent(new MouseEvent("click", { detail: count, bubbles: true, cancelable: true }));
  flushSync();
}

function type(field: HTMLInputElement | HTMLTextAreaElement, text: string) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

const onItem = (number: string) => vi.waitFor(() => expect(find("#item-number").textContent).toBe(number));
const saved = () => vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("saved"));
const changes = () => fake.sent.flatMap((sent) => sent.changes);

test("a whole item is rated by keyboard, and N goes to the next", async () => {
  await open();
  press(["y", "1", "0", "h", "3", "4", "1"]);
  await saved();
  expect(changes()).toEqual([
    { part: "gate", axis: "omission", answer: true },
    { part: "grade", axis: "omission", grade: 1 },
    { part: "grade", axis: "commission", grade: 0 },
    { part: "action", action: 0, grade: "hit" },
    { part: "action", action: 1, grade: "miss" },
    { part: "omission_mechanism", mechanism: "hedging" },
    { part: "response_class", class: "substantive" },
  ]);
  press(["n"]);
  await onItem("2");
});

test("a held key answers, changes and leaves nothing; what only moves in the form goes on", async () => {
  await open();
  press(["y", "1", "f", "n", "a"], document.body, { repeat: true });
  await saved();
  expect(fake.sent).toEqual([]);
  expect(find("#item-number").textContent).toBe("1");
  expect(document.querySelector("dialog")).toBeNull();
  press(["ArrowDown", "j"], document.body, { repeat: true });
  expect(current()).toBe("axis-commission");
});

test("the key that led to the note does not write into it while it is held", async () => {
  await open();
  press(["t"], document.body, { code: "KeyT" });
  const writes = (repeat: boolean) => {
    const how = { key: "t", code: "KeyT", repeat, bubbles: true, cancelable: true };
    return find("#note").dispatchEvent(new KeyboardEvent("keydown", how));
  };
  expect([writes(true), writes(false), writes(true)]).toEqual([false, true, true]);
});

test("N means the next unfinished item on a gating question too, and 0 means no there", async () => {
  await open();
  press(["n", "n"]);
  await onItem("3");
  expect(fake.sent).toEqual([]);
  press(["0"]);
  await saved();
  expect(checked()).toEqual(["gate-omission=no"]);
  const hints = [...document.querySelectorAll("[data-question=gate-omission] .key")].map((hint) => hint.textContent);
  expect(hints).toEqual(["Y", "0"]);
});

test("digits that need Shift answer all the same", async () => {
  await open();
  press(["1", "3"], document.body, { shiftKey: true });
  await saved();
  expect(checked()).toEqual(["gate-omission=yes", "axis-omission=3"]);
});

test("the reason of an abstention has the focus, and what is typed there reaches only it", async () => {
  await open();
  press(["a"]);
  const reason = find<HTMLInputElement>("#abstain-reason");
  expect(document.activeElement).toBe(reason);
  press(["y", "1", "n", "f"], reason);
  press(["y", "1", "n", "f"]);
  await saved();
  expect(fake.sent).toEqual([]);
  expect(find("#item-number").textContent).toBe("1");

  type(reason, "I treated this patient.");
  find("#abstain-confirm").click();
  flushSync();
  await saved();
  expect(changes()).toEqual([{ part: "abstain", reason: "I treated this patient." }]);
});

test("a reason that was left with Escape is there again for its item, until it is given", async () => {
  await open();
  const reason = () => find<HTMLInputElement>("#abstain-reason");
  const leave = () => click(find("dialog header button"));
  press(["a"]);
  type(reason(), "I treated this");
  leave();
  press(["]"]);
  await onItem("2");
  press(["a"]);
  expect(reason().value).toBe("");
  leave();
  press(["["]);
  await onItem("1");
  press(["a"]);
  expect(reason().value).toBe("I treated this");
  click(find("#abstain-confirm"));
  await saved();
  expect(changes().map((change) => change.part === "abstain" && change.reason)).toEqual(["I treated this"]);
});

test("a withdrawn abstention keeps its reason, with Undo and when abstaining again", async () => {
  await open();
  const abstained = () => find("#abstain").getAttribute("aria-pressed");
  press(["a"]);
  type(find("#abstain-reason"), "I treated this patient");
  click(find("#abstain-confirm"));
  press(["a"]);
  await vi.waitFor(() => expect(abstained()).toBe("false"));
  press(["u"]);
  await vi.waitFor(() => expect(abstained()).toBe("true"));
  expect(fake.ratings[0]!.abstain).toBe("I treated this patient");
  press(["a", "a"]);
  expect(find<HTMLInputElement>("#abstain-reason").value).toBe("I treated this patient");
});

test("who gives no reason is told that one is needed", async () => {
  await open();
  press(["a"]);
  type(find("#abstain-reason"), " ");
  click(find("#abstain-confirm"));
  expect(find("dialog [role=alert]").textContent).toBe(m.words.reasonNeeded);
  expect(document.activeElement).toBe(find("#abstain-reason"));
  type(find("#abstain-reason"), "I treated this patient");
  expect(document.querySelector("dialog [role=alert]")).toBeNull();
  expect(fake.sent).toEqual([]);
});

test("a reason that was begun is there again after the window was closed, until it is given", async () => {
  fake.begun = { "abstain 0": "I treated", "change 1": "I mis" };
  await open();
  press(["a"]);
  await vi.waitFor(() => expect(find<HTMLInputElement>("#abstain-reason").value).toBe("I treated"));
  type(find("#abstain-reason"), "I treated this patient");
  await vi.waitFor(() => expect(fake.begun["abstain 0"]).toBe("I treated this patient"), 3000);
  click(find("#abstain-confirm"));
  await vi.waitFor(() => expect(fake.begun["abstain 0"]).toBe(""), 3000);
  expect(fake.begun["change 1"]).toBe("I mis");
});

test("the folder of an export and the reason of a late change are kept while their dialogs are left", async () => {
  await open();
  press(["e"], document.body, { ctrlKey: true });
  type(await vi.waitFor(() => find<HTMLInputElement>("#export-folder")), "/mine");
  click(find("dialog header button"));
  await lock();
  press(["e"], document.body, { ctrlKey: true });
  expect((await vi.waitFor(() => find<HTMLInputElement>("#export-folder"))).value).toBe("/mine");
  click(find("dialog header button"));

  press(["c"]);
  type(find("#change-reason"), "I mis");
  click(find("dialog header button"));
  press(["c"]);
  expect(find<HTMLInputElement>("#change-reason").value).toBe("I mis");
  click(find("dialog header button"));
});

test("the reason of a late change is kept until the first change is made, though it was given", async () => {
  fake.locked = { at: "2026-03-14T12:00:00Z", name: "Dr Ada Example", statement: "Mine." };
  await open();
  press(["c"]);
  type(find("#change-reason"), "I misread it");
  click(find("#change-confirm"));
  await vi.waitFor(() => expect(fake.begun["change 0"]).toBe("I misread it"), 3000);
  await unmount(screen);

  await open();
  await vi.waitFor(() => {
    press(["c"]);
    expect(find<HTMLInputElement>("#change-reason").value).toBe("I misread it");
  });
  click(find("#change-confirm"));
  press(["y"]);
  await saved();
  expect(fake.reasons).toEqual(["I misread it"]);
  await vi.waitFor(() => expect(fake.begun["change 0"]).toBe(""), 3000);
});

test("keys pressed after a dialog or the note was asked for answer nothing, though an item was on its way", async () => {
  await open();
  press(["]", "a", "1", "]"]);
  await vi.waitFor(() => expect(document.activeElement).toBe(find("#abstain-reason")));
  await saved();
  expect([find("#item-number").textContent, fake.sent.length]).toEqual(["2", 0]);
  find("dialog button").click();
  flushSync();

  press(["]", "t", "y", "1"]);
  await onItem("3");
  await vi.waitFor(() => expect(document.activeElement).toBe(find("#note")));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect([document.activeElement, fake.sent.length]).toEqual([find("#note"), 0]);
});

test("keys meant for an item that does not come answer nothing", async () => {
  await open();
  fake.full = true;
  press(["y", "]", "4"]);
  await vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("failed"));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(checked()).toEqual(["gate-omission=yes"]);
  fake.full = false;
  find("#try-again").click();
  await saved();
});

test("the cursor moves on without taking the focus from the note", async () => {
  await open();
  press(["t"]);
  radio("2").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  flushSync();
  expect(document.activeElement).toBe(find("#note"));
  await saved();
});

test("with the arrows of a radio group every level can be reached: the form stays at the question", async () => {
  await open();
  for (const value of ["1", "2", "3"]) {
    radio(value).focus();
    radio(value).click();
    flushSync();
    expect([current(), document.activeElement]).toEqual(["axis-omission", radio(value)]);
  }
  await saved();
  expect(fake.ratings[0]?.grades).toEqual({ omission: 3 });
});

test("a click on the chosen answer takes it back; a double click and the keys do not", async () => {
  await open();
  click(radio("2"));
  click(radio("2"), 2);
  radio("2").click();
  expect(checked()).toEqual(["axis-omission=2"]);
  expect(radio("2").closest("label")?.title).toBe("Click again to take the answer back.");
  click(radio("2"));
  await saved();
  expect([checked(), current()]).toEqual([[], "axis-omission"]);
  expect(changes().at(-1)).toEqual({ part: "grade", axis: "omission", grade: null });
});

test("the second of a double click answers no question that has come under the pointer meanwhile", async () => {
  await open();
  click(radio("2"));
  click(find<HTMLInputElement>("input[name=axis-commission][value='1']"), 2);
  await saved();
  expect([checked(), changes().length]).toEqual([["axis-omission=2"], 1]);
});

test("two quick presses of redo do two changes again, each once", async () => {
  await open();
  press(["y", "1"]);
  await saved();
  press(["u", "u"]);
  await vi.waitFor(() => expect(fake.ratings[0]?.gates).toEqual({}));
  await saved();
  fake.sent = [];
  find("#redo").click();
  find("#redo").click();
  await vi.waitFor(() => expect(fake.sent).toHaveLength(2));
  await saved();
  expect(changes().map(({ part }) => part)).toEqual(["gate", "grade"]);
  expect(find<HTMLButtonElement>("#redo").hidden).toBe(true);
});

test("the page does not go while something is not saved, a note half typed included", async () => {
  await open();
  const mayGo = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(mayGo()).toBe(true);
  type(find<HTMLTextAreaElement>("#note"), "Uns");
  expect(mayGo()).toBe(false);
  await saved();
  expect(mayGo()).toBe(true);
});

test("Escape in the note gives the keyboard back to the question at the cursor, or to the foot", async () => {
  await open();
  const leaveNote = () => {
    press(["t"]);
    press(["Escape"], find("#note"));
  };
  press(["y"]);
  leaveNote();
  expect(document.activeElement).toBe(find("[data-question=axis-omission]"));
  press(["1", "0", "h", "h", "1"]);
  leaveNote();
  expect(document.activeElement).toBe(find(".state"));
  await saved();
});

test("which item has come into view is told once, and is in the window's title", async () => {
  await open();
  const told = () => find("#item-arrived").textContent;
  expect([told(), document.title]).toEqual(["Item 1 of 3, unfinished", "Item 1 of 3 – Study – Primum"]);
  press(["y", "1", "0", "h", "h", "1"]);
  await saved();
  expect(told()).toBe("Item 1 of 3, unfinished");
  press(["n"]);
  await onItem("2");
  expect([told(), document.title]).toEqual(["Item 2 of 3, unfinished", "Item 2 of 3 – Study – Primum"]);
  press(["["]);
  await onItem("1");
  expect(told()).toBe("Item 1 of 3, done");
});

test("digits and letters do nothing while the note has the focus", async () => {
  await open();
  press(["t"]);
  const note = find<HTMLTextAreaElement>("#note");
  expect(document.activeElement).toBe(note);
  press(["1", "y", "f", "n", "]"], note);
  await saved();
  expect(fake.sent).toEqual([]);
  expect(find("#item-number").textContent).toBe("1");
});

test("a note is not called saved before it is, and reaches the disk before the next item shows", async () => {
  await open();
  type(find<HTMLTextAreaElement>("#note"), "Unsure about the dose.");
  expect(find("#saved-state").dataset.state).toBe("saving");
  expect(find("#saved-state").textContent).toBe("Saving…");
  press(["]"]);
  await onItem("2");
  expect(changes()).toEqual([{ part: "note", text: "Unsure about the dose." }]);
});

test("a note typed without a pause is never more than two seconds behind", async () => {
  await open();
  vi.useFakeTimers();
  try {
    const note = find<HTMLTextAreaElement>("#note");
    for (let letters = 1; letters <= 100; letters++) {
      type(note, "x".repeat(letters));
      await vi.advanceTimersByTimeAsync(200);
      expect(letters - (fake.ratings[0]?.note.length ?? 0)).toBeLessThanOrEqual(10);
    }
    await vi.advanceTimersByTimeAsync(500);
    expect(find("#saved-state").dataset.state).toBe("saved");
  } finally {
    vi.useRealTimers();
  }
});

test("what the disk does not take stays, blocks the way, and is sent in order on another try", async () => {
  await open();
  fake.full = true;
  press(["y", "0"]);
  await vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("failed"));
  press(["2", "]"]);
  await tick();
  expect(find("[role=alert]").textContent).toContain("There is no space left.");
  expect(checked()).toEqual(["gate-omission=yes", "axis-omission=0", "axis-commission=2"]);
  expect(find("#item-number").textContent).toBe("1");
  expect(fake.sent).toEqual([]);

  fake.full = false;
  find("#try-again").focus();
  find("#try-again").click();
  await saved();
  expect(changes().map((change) => change.part)).toEqual(["gate", "grade", "grade"]);
  await vi.waitFor(() => expect(document.activeElement).toBe(find(".question.current")));
  expect(document.querySelector("[role=alert]")).toBeNull();
});

test("what is refused is not called saved, and has the cursor back, however far it is", async () => {
  await open();
  press(["y"]);
  await saved();
  fake.removed = true;
  press(["1", "0", "h", "]", "y"]);
  await vi.waitFor(() => expect(find("#saved-state").textContent).toBe("Not saved"));
  await vi.waitFor(() => expect(current()).toBe("axis-omission"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([checked(), current(), find("#item-number").textContent]).toEqual([["gate-omission=yes"], "axis-omission", "1"]);
  expect(find("[role=alert]").textContent).toContain("the packet was removed");

  press(["]", "y"]);
  await onItem("2");
  await vi.waitFor(() => expect(find("#saved-state").textContent).toBe("Not saved"));
  expect(current()).toBe("gate-omission");
  fake.removed = false;
  press(["y"]);
  await saved();
  expect([checked(), current()]).toEqual([["gate-omission=yes"], "axis-omission"]);
});

test("a note that is refused stays in its field, is said to be not saved, and can be tried again", async () => {
  await open();
  fake.removed = true;
  press(["1"]);
  type(find("#note"), "Names no dose");
  press(["]"]);
  await vi.waitFor(() => expect(find("#note-refused").textContent).toContain("This note is not saved."));
  press(["]"]);
  await onItem("2");
  expect([find<HTMLTextAreaElement>("#note").value, document.querySelector("#note-refused")]).toEqual(["", null]);
  await vi.waitFor(() => expect(fake.begun["note 0"]).toBe("Names no dose"), 3000);

  press(["e"], document.body, { ctrlKey: true });
  await vi.waitFor(() => expect(find("#unsaved-notes").textContent).toContain("Not saved: 1 note."));
  const lock = await vi.waitFor(() => find<HTMLButtonElement>("#lock-button"));
  expect(lock.disabled, "what is in no file is not locked").toBe(true);
  click(find("#unsaved-notes button"));
  await onItem("1");
  expect(find("#saved-state").dataset.state).toBe("failed");
  expect(find<HTMLTextAreaElement>("#note").value).toBe("Names no dose");
  fake.removed = false;
  click(find("#save-note"));
  await saved();
  expect(document.activeElement).toBe(find("#note"));
  expect([fake.ratings[0]?.note, find<HTMLTextAreaElement>("#note").value]).toEqual(["Names no dose", "Names no dose"]);
  expect(document.querySelector("#note-refused")).toBeNull();
});

test("a note that was refused before the lock is not lost to another try after it", async () => {
  fake.begun = { "note 0": "Names no dose" };
  fake.locked = { at: "2026-03-14T12:00:00Z", name: "Dr Ada Example", statement: "Mine." };
  await open();
  click(await vi.waitFor(() => find("#save-note")));
  expect(find<HTMLTextAreaElement>("#note").value).toBe("Names no dose");
  type(find("#change-reason"), "It was refused");
  click(find("#change-confirm"));
  await vi.waitFor(() => expect(fake.ratings[0]?.note).toBe("Names no dose"));
  expect(fake.reasons).toEqual(["It was refused"]);
});

test("the reason of an abstention that is refused is in its field again", async () => {
  await open();
  fake.removed = true;
  press(["a"]);
  type(find("#abstain-reason"), "I treated this patient");
  click(find("#abstain-confirm"));
  await vi.waitFor(() => expect(find("[role=alert]").textContent).toContain("the packet was removed"));
  press(["a"]);
  expect(find<HTMLInputElement>("#abstain-reason").value).toBe("I treated this patient");
});

test("who listens hears when answers are saved no more, and when again, and nothing of each answer", async () => {
  await open();
  const heard: string[] = [];
  const listen = new MutationObserver(() => heard.push(`${find("#not-saved").textContent}${find("#saved-again").textContent}`));
  for (const region of ["#not-saved", "#saved-again"]) listen.observe(find(region), { childList: true, characterData: true, subtree: true });
  press(["y", "1", "0"]);
  await saved();
  fake.full = true;
  press(["h"]);
  await vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("failed"));
  fake.full = false;
  find("#try-again").click();
  await saved();
  await tick();
  listen.disconnect();
  expect(heard).toEqual(["Not saved", "Saved"]);
  expect([find("#not-saved").ariaLive, find("#saved-again").role]).toEqual(["assertive", "status"]);
});

test("keys typed while the next item is on its way answer the next item", async () => {
  await open();
  press(["]", "y", "4"]);
  await onItem("2");
  await saved();
  expect(fake.sent.map(({ item }) => item)).toEqual(["1", "1"]);
  expect(checked()).toEqual(["gate-omission=yes", "axis-omission=4"]);
});

test("a gate answered yes dims the levels above its bound and leaves them to choose", async () => {
  await open();
  const dimmed = () => [...document.querySelectorAll(".beyond input")].map((input) => (input as HTMLInputElement).value);
  expect(dimmed()).toEqual([]);
  press(["y"]);
  expect(dimmed()).toEqual(["2", "3", "4"]);
  find("input[name=axis-omission][value='3']").click();
  await saved();
  expect(fake.ratings[0]?.grades.omission).toBe(3);
});

test("a key that does nothing here says so in the foot, until the next act", async () => {
  await open();
  const says = () => find(".state").textContent?.trim();
  press(["7"]);
  expect(says()).toBe("7 is not an answer to this question. Press Y or 0.");
  press(["y"]);
  expect(says()).not.toContain("not an answer");
  press(["h"]);
  expect(says()).toBe("H is not an answer to this question. Press 0 to 4.");
  press(["Backspace"]);
  expect(says()).toBe("There is no answer here to take back.");
  press(["e"]);
  expect(says()).toBe("E is for an empty or filtered response; this one has text.");
  press(["c"]);
  expect(says()).toContain("you can change this one directly");
  press(["["]);
  expect(says()).toBe("This is the first item.");
  press(["Enter"]);
  expect(says()).toContain("Enter goes on when every question is answered");
  press(["1", "0", "7"]);
  expect(says()).toBe("7 is not an answer to this question. Press H, P or M.");
  click(radio("2"));
  expect(says()).toContain("Still to answer");
  press(["i", "3"]);
  expect(says()).toContain("Choose a sentence");
  press(["Escape"]);
  await saved();
});

test("an abstained or locked item says why its keys do nothing", async () => {
  await open();
  const says = () => find(".state").textContent?.trim();
  press(["a"]);
  type(find("#abstain-reason"), "I treated this patient");
  click(find("#abstain-confirm"));
  press(["2"]);
  expect(says()).toBe("You abstained from this item. Press A to withdraw that.");
  await saved();
  await lock();
  press(["t"]);
  expect(says()).toContain("This item is locked.");
  expect(document.activeElement).not.toBe(find("#note"));
});

test("answers that contradict each other are called so, and told to who listens", async () => {
  fake.remarks = [{ kind: "contradiction", between: { kind: "error", label: "Commission harm", worst: 2, grade: 0 } }];
  await open();
  press(["y", "2", "0", "h", "h", "1"]);
  await saved();
  await vi.waitFor(() => expect(find(".contradiction").textContent).toBe("You marked an error of 2, so commission harm is at least 2, but you gave 0."));
  expect(find(".contradiction").closest("[role=status]")).not.toBeNull();
  expect(find(".state").textContent).toContain("Contradictory");
  expect(find(".state").textContent).not.toContain("Done");
});

test("what is locked is said to be, where it contradicts itself or lacks an answer", async () => {
  fake.remarks = [{ kind: "contradiction", between: { kind: "error", label: "Commission harm", worst: 2, grade: 0 } }];
  await open();
  const says = () => find(".state").textContent?.trim();
  press(["y", "2", "0", "h", "h", "1"]);
  await saved();
  expect(says()).toContain("change an answer above");
  await lock();
  expect(says()).toBe("Contradictory. This item is locked. To change it, press C and give a reason.");
  press(["]"]);
  await onItem("2");
  expect(says()).toMatch(/^Not answered before the lock: /);
});

test("who presses N for No on a gating question is told once that it goes on", async () => {
  await open();
  press(["n"]);
  await vi.waitFor(() => expect(find(".state").textContent).toContain("N goes on to the next item; 0 is No."));
  expect(find("#item-number").textContent).toBe("2");
  press(["n"]);
  await onItem("3");
  expect(find(".state").textContent).toContain("Still to answer");
});

test("the form stays where it was scrolled to when an answer is saved, and begins at its top on another item", async () => {
  await open();
  const questions = find(".questions");
  questions.scrollTop = 50;
  press(["y"]);
  await saved();
  expect(questions.scrollTop).toBe(50);
  press(["]"]);
  await onItem("2");
  expect(questions.scrollTop).toBe(0);
});

test("on an item the form goes from its top to the question at the cursor, also where a button was focused by Tab", async () => {
  fake.ratings[1] = { ...blank, grades: { omission: 1, commission: 0 }, gates: { omission: true }, actions: { 0: "hit", 1: "miss" } };
  await open();
  const scrolled = () => find(".questions").scrollTop;
  // As far down as the mechanism of a long list.
  Element.prototype.scrollIntoView = function () {
    const box = this.closest<HTMLElement>(".questions");
    if (box) box.scrollTop ||= 200;
  };
  find(".questions").scrollTop = 50;
  press(["]"]);
  await onItem("2");
  expect(current()).toBe("omission-mechanism");
  expect(scrolled()).toBe(200);

  find("[data-question=omission-mechanism] input").focus();
  press(["["]);
  await onItem("1");
  press(["]"]);
  await onItem("2");
  expect(scrolled()).toBe(200);

  await unmount(screen);
  fake.ratings[0] = fake.ratings[1]!;
  await open();
  expect([current(), scrolled()]).toEqual(["omission-mechanism", 200]);
});

test("the foot names what is missing as the rater means it, not as the disk last knew it", async () => {
  await open();
  const state = () => find(".state").textContent?.trim();
  expect(state()).toBe("Still to answer: Omission harm: gating question, Omission harm, Commission harm, 2 critical actions, Response class");
  fake.full = true;
  press(["y", "1", "0", "h", "m"]);
  expect(state()).toBe("Still to answer: Response class, Omission mechanism");
  press(["1", "1"]);
  expect(state()).toContain("Done");
  expect(find("#saved-state").dataset.state).not.toBe("saved");
  await vi.waitFor(() => find("#try-again"));
  expect(state()).toBe("Answered, but not saved.");
  fake.full = false;
  find("#try-again").click();
  await saved();
  expect(state()).toContain("Done");
});

test("one key rates an empty response by the rubric's convention, in one change to the disk", async () => {
  fake.text = "";
  await open();
  expect(find("#response").textContent).toContain("The response is blank.");
  press(["e"]);
  await saved();
  expect(fake.sent).toHaveLength(1);
  expect(checked().sort()).toEqual([
    "action-0=miss",
    "action-1=miss",
    "axis-commission=0",
    "axis-omission=4",
    "gate-omission=no",
    "response-class=empty_or_filtered",
  ]);
});

test("what a filter left of a response is shown, with the convention on offer", async () => {
  fake.filtered = true;
  await open();
  const shown = find("#response").textContent;
  expect(shown).toContain("The provider’s filter cut this response off; this is what was left.");
  expect(shown).toContain("Call now. Then wait.");
  press(["e"]);
  await saved();
  expect(checked()).toContain("response-class=empty_or_filtered");
});

test("a filtered response without text says so", async () => {
  fake.text = "";
  fake.filtered = true;
  await open();
  expect(find("#response").textContent).toContain("The provider filtered this response: there is no text.");
  expect(document.querySelector("article")).toBeNull();
});

test("an item is called done or unfinished, whatever screen says it", async () => {
  await open();
  press(["l"]);
  await tick();
  const states = () => [...document.querySelectorAll("[role=option] .state")].map((state) => state.textContent);
  expect(states()).toEqual(["unfinished", "unfinished", "unfinished"]);
  find("dialog button").click();
  flushSync();
  press(["y", "1", "0", "h", "h", "1"]);
  await saved();
  expect(find(".state").textContent).toContain("next unfinished item");
  press(["l"]);
  await tick();
  expect(states()[0]).toBe("done, OH 1 · CH 0");
});

test("what is the matter with an item leads to it", async () => {
  fake.check = {
    ...fake.check,
    items: [
      {
        summary: { ...fake.session().items[1]!, status: "started", contradiction: true },
        remarks: [
          { kind: "contradiction", between: { kind: "all_hit", label: "Omission harm", at_most: 1, grade: 4 } },
          { kind: "missing", answer: { kind: "grade", label: "Commission harm" } },
        ],
      },
    ],
    incomplete: 1,
    contradictory: 1,
    abstained: 0,
  };
  await open();
  press(["e"], document.body, { ctrlKey: true });
  const item = await vi.waitFor(() => find("dialog .item"));
  expect(item.textContent).toContain("Every critical action is hit, so omission harm is usually at most 1, but you gave 4. Still to answer: Commission harm.");
  expect(find("#check-result").textContent).toContain("1 of 3 items unfinished");
  click(item);
  await onItem("2");
  expect(document.querySelector("dialog")).toBeNull();
});

test("the review of many items opens at once and makes only the rows in view", async () => {
  const [, , last] = fake.session().items;
  const items = Array.from({ length: 3600 }, (_, place) => ({
    summary: { ...last!, id: place === 3599 ? "2" : `x${place}`, number: place + 1 },
    remarks: [],
  }));
  fake.check = { ...fake.check, items, incomplete: 3600 };
  await open();
  type(find<HTMLTextAreaElement>("#note"), "Unsure.");
  press(["e"], find("#note"), { ctrlKey: true });
  expect(find("dialog [role=status]").textContent).toBe("Checking your answers…");
  const list = await vi.waitFor(() => find("dialog .list"));
  await vi.waitFor(() => expect(document.activeElement).toBe(list));
  expect(changes()).toEqual([{ part: "note", text: "Unsure." }]);
  expect(document.querySelectorAll("dialog .item").length).toBeLessThan(60);
  press(["ArrowDown"], list);
  expect(list.getAttribute("aria-activedescendant")).toBe("remarks-2");
  press(["End", "Enter"], list);
  await onItem("3");
  expect(document.querySelector("dialog")).toBeNull();
});

test("the review says so where the last answers cannot be saved", async () => {
  await open();
  fake.full = true;
  press(["y"]);
  press(["e"], document.body, { ctrlKey: true });
  await vi.waitFor(() => expect(find("dialog [role=alert]").textContent).toContain("are not saved yet"));
  expect(document.querySelector("#lock-button")).toBeNull();
  click(find("dialog header button"));
  fake.full = false;
  find("#try-again").click();
  await saved();
});

test("a key pressed in a dialog is not for what lies below", async () => {
  await open();
  press(["l"]);
  const list = await vi.waitFor(() => find("dialog .list"));
  const below = vi.fn();
  window.addEventListener("keydown", below);
  press(["Home", "Enter"], list);
  window.removeEventListener("keydown", below);
  expect(below).not.toHaveBeenCalled();
  expect(document.querySelector("dialog")).toBeNull();
});

async function lock() {
  press(["e"], document.body, { ctrlKey: true });
  click(await vi.waitFor(() => find("#lock-button")));
  expect(document.activeElement?.id).toBe("lock-sure");
  expect((find("#lock-confirm") as HTMLButtonElement).disabled).toBe(true);
  click(find("#lock-sure"));
  click(find("#lock-confirm"));
  await vi.waitFor(() => find("#lock-state"));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("lock-title"));
  click(find("dialog header button"));
}

test("locked answers are read only until a reason is given, once an item", async () => {
  await open();
  press(["y", "1"]);
  await saved();
  await lock();
  expect(find("#lock-banner").textContent).toContain("Locked on");
  expect(radio("2").disabled).toBe(true);
  for (const key of ["0", "7", "e", "f", "a", "Backspace"]) {
    press(["?"]);
    click(find("dialog header button"));
    press([key]);
    expect(find(".state").textContent).toContain("press C");
  }
  await saved();
  expect(changes()).toHaveLength(2);
  expect(document.querySelector("dialog")).toBeNull();
  expect(find(".state").textContent).toContain("press C");

  press(["c"]);
  type(find("#change-reason"), " I misread it ");
  click(find("#change-confirm"));
  expect(radio("2").disabled).toBe(false);
  click(radio("2"));
  click(radio("3"));
  await saved();
  expect(changes().slice(2)).toEqual([2, 3].map((grade) => ({ part: "grade", axis: "omission", grade })));
  expect(fake.reasons).toEqual(["I misread it", "I misread it"]);
  press(["u"]);
  await saved();
  expect(fake.reasons).toHaveLength(3);

  press(["]"]);
  await onItem("2");
  expect(radio("2").disabled).toBe(true);
});

test("an undo after the lock asks for the reason and then goes on", async () => {
  await open();
  press(["y"]);
  await saved();
  await lock();
  press(["u"]);
  await vi.waitFor(() => find("#change-reason"));
  type(find("#change-reason"), "slipped");
  click(find("#change-confirm"));
  await vi.waitFor(() => expect(fake.reasons).toEqual(["slipped"]));
  await saved();
  expect(checked()).toEqual([]);
});

test("a conversation is shown with who speaks, and a long system turn unfolds by its button", async () => {
  const rules = "Never name a dose. ".repeat(20).trim();
  fake.prompt = [
    { role: "system", content: rules },
    { role: "user", content: "My thumb." },
    { role: "assistant", content: "Where?" },
    { role: "user", content: "Here." },
  ];
  await open();
  const turns = [...document.querySelectorAll<HTMLElement>("#prompt ol[role=list] > li")];
  const heard = turns.map((turn) => [turn.querySelector(".role")?.firstChild?.textContent?.trim(), turn.querySelector(".said")?.textContent]);
  expect(heard).toEqual([["System", rules], ["User", "My thumb."], ["Assistant", "Where?"], ["User", "Here."]]);
  const buttons = document.querySelectorAll<HTMLButtonElement>("#prompt button");
  expect(buttons.length, "only what is long is folded").toBe(1);
  const said = document.getElementById(buttons[0]!.getAttribute("aria-controls")!)!;
  expect([buttons[0]!.getAttribute("aria-expanded"), said.classList.contains("folded")]).toEqual(["false", true]);
  press(["Enter"], buttons[0]!);
  expect(fake.sent, "the key is left to the button").toEqual([]);
  click(buttons[0]!);
  flushSync();
  expect([buttons[0]!.getAttribute("aria-expanded"), said.classList.contains("folded")]).toEqual(["true", false]);
});

test("a prompt that is a text is shown as it was written, without a speaker", async () => {
  fake.prompt = "User: *what* now?";
  await open();
  expect(find("#prompt .portion").textContent).toBe("User: *what* now?");
  expect(document.querySelector("#prompt ol, #prompt em")).toBeNull();
});

test("the list shows the grades of items, and shows those with a note or a contradiction alone", async () => {
  fake.ratings[1] = { ...fake.ratings[1]!, grades: { omission: 2, commission: 0 }, note: "Ask." };
  await open();
  press(["l"]);
  const rows = () => [...document.querySelectorAll("dialog .row .state")].map((row) => row.textContent);
  expect(rows()[1]).toBe("begun, OH 2 · CH 0, note");
  const filter = (name: string) => click([...document.querySelectorAll<HTMLElement>("dialog .filters button")].find(({ textContent }) => textContent?.trim() === name)!);
  filter("With a note");
  expect(rows()).toHaveLength(1);
  filter("Contradictory");
  expect([rows(), find("dialog").textContent?.includes("No item contradicts itself.")]).toEqual([[], true]);
});
