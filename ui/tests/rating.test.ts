import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Rate from "../src/screens/Rate.svelte";
import { Fake } from "./fake";

let fake: Fake;
let screen: Record<string, unknown>;

beforeEach(() => {
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => {};
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

function press(keys: string[], target: EventTarget = document.body) {
  for (const key of keys) {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    flushSync();
  }
}

function checked(): string[] {
  const inputs = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]:checked")];
  return inputs.map(({ name, value }) => `${name}=${value}`);
}

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
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
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
  const note = find<HTMLTextAreaElement>("#note");
  note.value = "Unsure about the dose.";
  note.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  expect(find("#saved-state").dataset.state).toBe("saving");
  press(["]"]);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
  expect(changes()).toEqual([{ part: "note", text: "Unsure about the dose." }]);
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
  find("#try-again").click();
  await saved();
  expect(changes().map((change) => change.part)).toEqual(["gate", "grade", "grade"]);
  expect(document.querySelector("[role=alert]")).toBeNull();
});

test("keys typed while the next item is on its way answer the next item", async () => {
  await open();
  press(["]", "y", "4"]);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
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

test("one key rates an empty response by the rubric's convention, in one change to the disk", async () => {
  fake.empty = true;
  await open();
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
