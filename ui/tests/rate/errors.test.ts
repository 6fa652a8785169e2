import { readFileSync } from "node:fs";
import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Rate from "../../src/rate/Rate.svelte";
import { Fake, rubric } from "../fake";

let fake: Fake;
let screen: Record<string, unknown>;

beforeEach(async () => {
  // jsdom has no layout to scroll, and shows no dialogs.
  Element.prototype.scrollIntoView = () => {};
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  fake = new Fake().install();
  const nothing = () => {};
  screen = mount(Rate, { target: document.body, props: { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing } });
  await vi.waitFor(() => find("#response"));
  flushSync();
});

afterEach(async () => {
  getSelection()?.removeAllRanges();
  await unmount(screen);
  clearMocks();
});

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function press(keys: string[], how: KeyboardEventInit = {}) {
  for (const key of keys) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
  flushSync();
}

/** Presses keys where the focus is. */
function pressAt(keys: string[]) {
  for (const key of keys) document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  flushSync();
}

function click(selector: string) {
  find(selector).click();
  flushSync();
}

/** Opens the packet again. */
async function again(instrument = rubric) {
  await unmount(screen);
  const nothing = () => {};
  const session = { ...fake.session(), rubric: instrument };
  screen = mount(Rate, { target: document.body, props: { session, leave: nothing, agreement: nothing, exported: nothing } });
  await vi.waitFor(() => find("#response"));
  flushSync();
}

const saved = () => vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("saved"));
const state = () => find(".state").textContent?.trim();
const errors = () => fake.ratings[0]!.errors;
const asked = () => document.querySelector("#asked-question");

/** Selects a part of the response, as a mouse does. */
function select(from: number, to: number) {
  const text = find("#response [data-start]").firstChild!;
  getSelection()!.setBaseAndExtent(text, from, text, to);
  document.dispatchEvent(new Event("selectionchange"));
  flushSync();
}

const marked = (start: number, end: number, grade: number) => ({ axis: "commission", span: { start, end }, grade });

test("selected words are an error of the grade that is pressed next", async () => {
  select(10, 14);
  press(["w"]);
  expect(asked()?.textContent).toBe("How grave is it?");
  press(["2"]);
  await saved();
  expect(errors()).toEqual([marked(10, 14, 2)]);
  expect(fake.ratings[0]!.gates, "the digit answered nothing else").toEqual({});
  expect(asked()).toBeNull();
  expect(find("[aria-label='Marked errors']").textContent).toContain("Then");
  // The next digit is an answer again.
  press(["1"]);
  await saved();
  expect(fake.ratings[0]!.gates).toEqual({ omission: true });
});

test("sentences are chosen with the keys, and the grade is pressed after", async () => {
  press(["w", "ArrowDown"]);
  press(["w", "3"]);
  await saved();
  expect(errors()).toEqual([marked(10, 20, 3)]);
  press(["w"]);
  press(["ArrowDown"], { shiftKey: true });
  press(["Enter", "1"]);
  await saved();
  expect(errors()).toEqual([marked(0, 20, 1), marked(10, 20, 3)]);
});

test("by mouse: the button, a grade, another grade, and away with it", async () => {
  select(0, 4);
  find<HTMLButtonElement>("#mark-error").click();
  flushSync();
  find<HTMLButtonElement>("#asked button").click();
  flushSync();
  await saved();
  expect(errors()).toEqual([marked(0, 4, 1)]);
  flushSync();
  const again = find("[aria-label='Marked errors'] .grade");
  expect(again.textContent?.trim()).toBe("1 Mild");
  again.focus();
  click("[aria-label='Marked errors'] .grade");
  expect(asked()?.textContent).toBe("How grave is it?");
  click("#asked button:nth-of-type(3)");
  await saved();
  expect(errors()).toEqual([marked(0, 4, 3)]);
  expect(document.activeElement, "the keyboard is back in the form").toBe(find("[data-question=gate-omission]"));
  flushSync();
  find("[aria-label='Marked errors'] .plain").focus();
  find<HTMLButtonElement>("[aria-label='Marked errors'] .plain").click();
  flushSync();
  await saved();
  expect(errors()).toEqual([]);
  flushSync();
  expect(document.querySelector("[aria-label='Marked errors']")).toBeNull();
  expect(document.activeElement).toBe(find("[data-question=gate-omission]"));
});

test("after another grade was chosen in the list, digits are answers again", async () => {
  select(0, 4);
  press(["w", "1"]);
  await saved();
  flushSync();
  find("[aria-label='Marked errors'] .grade").focus();
  click("[aria-label='Marked errors'] .grade");
  pressAt(["2"]);
  await saved();
  expect([errors(), fake.ratings[0]!.gates]).toEqual([[marked(0, 4, 2)], {}]);
  pressAt(["1"]);
  await saved();
  expect([errors(), fake.ratings[0]!.gates]).toEqual([[marked(0, 4, 2)], { omission: true }]);
  // Left without a grade, the words of the list are not meant by what comes next.
  click("[aria-label='Marked errors'] .grade");
  press(["j", "w"]);
  expect(find(".choosing").textContent).toContain("Choose what is wrong");
});

test("a grade that no error has leaves the question open for the right one", async () => {
  select(0, 4);
  press(["w", "0"]);
  expect(state()).toBe("An error has grade 1, 2 or 3.");
  press(["1"]);
  await saved();
  expect([errors(), fake.ratings[0]!.gates]).toEqual([[marked(0, 4, 1)], {}]);
});

test("the question is spoken, and is in view before a sentence that was being chosen", async () => {
  press(["y", "1", "0", "q"]);
  expect(find(".choosing").textContent).toContain("action 1");
  select(0, 4);
  press(["w"]);
  expect(document.querySelector(".choosing")).toBeNull();
  expect(asked()).not.toBeNull();
  expect(state()).toBe("How grave is it?");
  press(["1"]);
  await saved();
  expect([errors(), fake.ratings[0]!.evidence]).toEqual([[marked(0, 4, 1)], {}]);
});

test("the question for an action ends the choice of a sentence", () => {
  press(["w"]);
  select(0, 4);
  press(["q"]);
  expect(document.querySelector(".choosing")).toBeNull();
  expect(state()).toBe("Which critical action do these words support? Press its number.");
});

test("what is done by mouse ends the question, and the digit is an answer", async () => {
  const acts: [string, () => void][] = [
    ["an answer", () => click("input[name=axis-omission][value='2']")],
    ["a button", () => click("#flag")],
    ["the note", () => (find("#note").focus(), find("#note").blur())],
  ];
  for (const [name, act] of acts) {
    select(0, 4);
    press(["w"]);
    expect(asked(), name).not.toBeNull();
    act();
    flushSync();
    expect(asked(), name).toBeNull();
    expect(state(), name).not.toBe("How grave is it?");
    press(["0"]);
    await saved();
  }
  expect(errors()).toEqual([]);
  expect(fake.ratings[0]!.grades.omission).toBe(2);
});

test("the same words, reported again, leave the question open; other words end it", async () => {
  select(0, 4);
  press(["w"]);
  select(0, 4);
  expect(asked()).not.toBeNull();
  select(10, 14);
  expect(asked()).toBeNull();
  press(["w", "3"]);
  await saved();
  expect(errors()).toEqual([marked(10, 14, 3)]);
});

test("the question can be cancelled, and the keyboard is back in the form", () => {
  select(0, 4);
  press(["w"]);
  const cancel = find("#asked .plain");
  expect(cancel.getAttribute("aria-label")).toBe("Cancel");
  cancel.focus();
  click("#asked .plain");
  expect(asked()).toBeNull();
  expect(document.activeElement).toBe(find("[data-question=gate-omission]"));
});

test("who abstains marks nothing, and is told so", async () => {
  fake.ratings[0] = { ...fake.ratings[0]!, abstain: "not my field", errors: [marked(0, 4, 1)] };
  await again();
  select(0, 4);
  for (const key of ["w", "q", "i", "I"]) {
    press(["Escape"]);
    select(0, 4);
    press([key], { shiftKey: key === "I" });
    expect(state(), key).toBe("You abstained from this item. Press A to withdraw that.");
    expect(asked(), key).toBeNull();
  }
  const buttons = ["#mark-error", "#quote-0", "#mark-selection", "#instruction-none", "[aria-label='Marked errors'] .grade"];
  expect(buttons.filter((button) => !find<HTMLButtonElement>(button).disabled)).toEqual([]);
  expect(fake.sent).toEqual([]);
});

test("grades that are no digits are numbered", async () => {
  const axes = rubric.axes.map((axis) => {
    return axis.id === "commission" ? { ...axis, levels: axis.levels.map((level) => ({ ...level, grade: level.grade * 5 })) } : axis;
  });
  await again({ ...rubric, axes });
  select(0, 4);
  press(["w"]);
  const choices = [...document.querySelectorAll("#asked button:not(.plain)")];
  expect(choices.map((choice) => choice.textContent?.replace(/\s+/g, " ").trim())).toEqual(["1 5 Mild", "2 10 Moderate", "3 15 Severe"]);
  expect(choices.map((choice) => choice.querySelector("kbd")?.textContent)).toEqual(["1", "2", "3"]);
  press(["5"]);
  expect(state()).toBe("Press 1, 2 or 3 for the grade of the error.");
  press(["2"]);
  await saved();
  expect(errors()).toEqual([marked(0, 4, 10)]);
});

test("what is not shown of a formatted text is quoted as it was written", async () => {
  fake.text = "Call now. Then wait. ***";
  fake.ratings[0] = { ...fake.ratings[0]!, errors: [marked(21, 24, 1)], evidence: { 0: { start: 21, end: 24 } } };
  await again();
  expect(find("[aria-label='Marked errors'] bdi").textContent).toBe("“***”");
  expect(find("#quotation-0").textContent).toBe("“***”");
});

test("without words, the choice begins at the first sentence in view", () => {
  const text = find("#response [data-start]").firstChild!;
  find("#response").scrollTop = 50;
  const point = document.createRange();
  point.setStart(text, 4);
  Object.assign(document, { caretRangeFromPoint: () => point });
  press(["w", "Enter", "1"]);
  delete (document as { caretRangeFromPoint?: unknown }).caretRangeFromPoint;
  flushSync();
  expect(find("[aria-label='Marked errors'] bdi").textContent).toBe("“Then wait.”");
});

test("a marked error is underlined, and hides nothing else that is marked", () => {
  const rule = /::highlight\(error\) \{([^}]*)\}/.exec(readFileSync("src/styles/base.css", "utf8"))![1]!;
  expect(rule).toContain("underline");
  expect(rule).not.toMatch(/background|[^-]color:/);
});

test("Escape and anything else that is done end the question", async () => {
  select(0, 4);
  press(["w", "Escape"]);
  expect(asked()).toBeNull();
  press(["1"]);
  await saved();
  expect([errors(), fake.ratings[0]!.gates]).toEqual([[], { omission: true }]);
  select(0, 4);
  press(["w", "j", "0"]);
  await saved();
  expect(errors()).toEqual([]);
});

test("what only reads, and what does nothing, leaves the question open: the digit is no grade", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  Element.prototype.scrollBy = () => {};
  press(["y", "0", "1"]);
  for (const key of [" ", "g", "v", "r", "[", "Enter", "n", "]"]) {
    select(0, 4);
    press(["w", key]);
    await vi.waitFor(() => expect([key, asked()?.textContent]).toEqual([key, "How grave is it?"]));
    press(["2"]);
    await saved();
    expect([key, errors(), fake.ratings[0]!.grades]).toEqual([key, [marked(0, 4, 2)], { omission: 0, commission: 1 }]);
    press(["u"]);
    await vi.waitFor(() => expect(errors()).toEqual([]));
    await saved();
  }
});

test("find, the list and the help lie over the question, which is there after them", async () => {
  for (const [key, how, leave] of [
    ["f", { ctrlKey: true }, () => pressAt(["Escape"])],
    ["l", {}, () => click("dialog button")],
    ["?", {}, () => click("dialog button")],
  ] as [string, KeyboardEventInit, () => void][]) {
    select(0, 4);
    press(["w"]);
    press([key], how);
    const field = document.querySelector<HTMLElement>("#find, dialog button, dialog input")!;
    field.focus();
    leave();
    await vi.waitFor(() => expect([key, document.querySelector("#find, dialog"), asked()?.textContent]).toEqual([key, null, "How grave is it?"]));
    press(["2"]);
    await saved();
    expect([key, errors(), fake.ratings[0]!.gates]).toEqual([key, [marked(0, 4, 2)], {}]);
    press(["u"]);
    await vi.waitFor(() => expect(errors()).toEqual([]));
    await saved();
  }
});

test("their buttons leave the question open too, and so does what would leave the item", async () => {
  for (const button of ["#open-list", "#open-looks", "#open-help", "#next-item", "#next-unrated", "#open-return"]) {
    select(0, 4);
    press(["w"]);
    click(button);
    if (["#next-item", "#next-unrated", "#open-return"].includes(button)) expect([button, document.querySelector("dialog")]).toEqual([button, null]);
    else await vi.waitFor(() => click("dialog button"));
    await vi.waitFor(() => expect([button, document.querySelector("dialog"), asked()?.textContent]).toEqual([button, null, "How grave is it?"]));
    press(["2"]);
    await saved();
    expect([button, errors(), fake.ratings[0]!.gates]).toEqual([button, [marked(0, 4, 2)], {}]);
    press(["u"]);
    await vi.waitFor(() => expect(errors()).toEqual([]));
    await saved();
  }
});

test("another item in the list is not gone to while something is asked", async () => {
  select(0, 4);
  press(["w", "l"]);
  await vi.waitFor(() => click("#row-2"));
  await vi.waitFor(() => expect([document.querySelector("dialog"), asked()?.textContent]).toEqual([null, "How grave is it?"]));
  press(["1"]);
  await saved();
  expect(errors()).toEqual([marked(0, 4, 1)]);
});

test("sentences that were chosen for an error go with the question, whatever comes next", async () => {
  press(["w", "ArrowDown", "Enter", "j", "i"]);
  expect(find(".choosing").textContent).toContain("Choose the sentence");
  press(["Escape", "w", "ArrowDown", "Enter"]);
  click("#flag");
  click("#mark-selection");
  await saved();
  expect(fake.ratings[0]!.first_instruction).toBeNull();
});

test("an undo that arrives late takes the question about its error with it", async () => {
  select(0, 4);
  press(["w", "2"]);
  await saved();
  press(["u"]);
  click("[aria-label='Marked errors'] .grade");
  expect(asked()).not.toBeNull();
  await vi.waitFor(() => expect(errors()).toEqual([]));
  await vi.waitFor(() => expect(asked()).toBeNull());
  press(["1"]);
  await saved();
  expect([errors(), fake.ratings[0]!.gates]).toEqual([[], { omission: true }]);
});

test("the words of a listed error, selected while it is asked about, wait like any words", async () => {
  select(0, 4);
  press(["w", "2"]);
  await saved();
  click("[aria-label='Marked errors'] .grade");
  select(0, 4);
  press(["j", "w"]);
  expect(asked()?.textContent).toBe("How grave is it?");
});

test("a first digit waits for no second one across another key", async () => {
  const levels = Array.from({ length: 12 }, (_, grade) => ({ grade, label: `Grade ${grade}`, anchor: "" }));
  const axes = rubric.axes.map((axis) => (axis.id === "omission" ? { ...axis, levels } : axis));
  await again({ ...rubric, axes });
  press(["y"]);
  select(0, 4);
  press(["1", "w", "2", "0"]);
  await saved();
  expect([errors(), fake.ratings[0]!.grades]).toEqual([[marked(0, 4, 2)], { omission: 1, commission: 0 }]);
});

test("an error can be taken back like any answer", async () => {
  select(0, 4);
  press(["w", "2"]);
  await saved();
  press(["u"]);
  await saved();
  expect(errors()).toEqual([]);
});

test("one thing is chosen at a time", () => {
  press(["w"]);
  expect(find(".choosing").textContent).toContain("Choose what is wrong");
  press(["i"]);
  expect(state()).toBe("Choose a sentence with ↑ and ↓; Enter takes it, Escape leaves.");
  press(["Escape"]);
  expect(document.querySelector(".choosing")).toBeNull();
});
