import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Rate from "../../src/rate/Rate.svelte";
import { Fake } from "../fake";

let fake: Fake;
let screen: Record<string, unknown>;

beforeEach(async () => {
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => {};
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

/** Selects a part of the response, as a mouse does. */
function select(from: number, to: number) {
  const text = find("#response [data-start]").firstChild!;
  getSelection()!.setBaseAndExtent(text, from, text, to);
  document.dispatchEvent(new Event("selectionchange"));
  flushSync();
}

const saved = () => vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("saved"));
const state = () => find(".state").textContent?.trim();
const evidence = () => fake.ratings[0]!.evidence;

test("words may be selected first: they wait while the cursor moves to their action", async () => {
  select(0, 4);
  // The way through the form takes the selection away.
  getSelection()!.removeAllRanges();
  press(["y", "1", "0", "q"]);
  await saved();
  expect(evidence()).toEqual({ 0: { start: 0, end: 4 } });
  // They are used up: the next Q begins again.
  press(["h", "q"]);
  expect(find(".choosing").textContent).toContain("action 2");
});

test("words selected with no action at the cursor ask for its number", async () => {
  select(10, 14);
  press(["q"]);
  expect(state()).toBe("Which critical action do these words support? Press its number.");
  press(["2"]);
  await saved();
  expect(evidence()).toEqual({ 1: { start: 10, end: 14 } });
  expect(fake.ratings[0]!.gates).toEqual({});
});

test("a number of no action quotes nothing, and the digit after it is still the action's", async () => {
  select(10, 14);
  press(["q", "9"]);
  expect(state()).toBe("Press 1 or 2 for the critical action that these words support.");
  expect(find("#asked-question").textContent).toContain("Which critical action");
  press(["1"]);
  await saved();
  expect(evidence()).toEqual({ 0: { start: 10, end: 14 } });
  expect(fake.ratings[0]!.gates).toEqual({});
});

test("the action may come first: sentences are chosen with the keys, and more of them with Shift", async () => {
  press(["y", "1", "0", "q"]);
  press(["ArrowDown"], { shiftKey: true });
  press(["Enter"]);
  await saved();
  expect(evidence()).toEqual({ 0: { start: 0, end: 20 } });
  expect(find("#quotation-0").textContent).toContain("Call now. Then wait.");
  // Chosen again, it begins where it was.
  press(["q", "ArrowDown", "Enter"]);
  await saved();
  expect(evidence()).toEqual({ 0: { start: 10, end: 20 } });
  press(["q"]);
  press(["ArrowUp"], { shiftKey: true });
  press(["ArrowDown"], { shiftKey: true });
  press(["Enter"]);
  await saved();
  expect(evidence()).toEqual({ 0: { start: 10, end: 20 } });
});

test("words selected while a sentence is being chosen are the ones that are meant", async () => {
  press(["y", "1", "0", "q"]);
  select(10, 14);
  press(["Enter"]);
  await saved();
  expect(evidence()).toEqual({ 0: { start: 10, end: 14 } });
});

test("the question for a number ends with the next thing done, and the digit is an answer again", async () => {
  select(0, 4);
  press(["q", "j", "2"]);
  await saved();
  expect([evidence(), fake.ratings[0]!.grades]).toEqual([{}, { omission: 2 }]);
  // What would leave the item, and the words with it, says again what is asked.
  press(["k", "k"]);
  for (const key of ["q", "]", "n", "Enter"]) {
    press([key]);
    expect(find("#asked-question").textContent).toContain("Which critical action");
    expect(find("#item-number").textContent).toBe("1");
  }
  expect(state()).toBe("Press 1 or 2 for the critical action that these words support.");
  press(["1"]);
  await saved();
  expect(evidence()).toEqual({ 0: { start: 0, end: 4 } });
  expect(state()).toBe("Quoted for action 1.");
  select(10, 14);
  press(["q", "1"]);
  await saved();
  expect(state()).toBe("Quoted for action 1, in place of the words before. U undoes it.");
});

test("while evidence is being chosen, I marks no first instruction and Shift and H fill nothing in", async () => {
  press(["y", "1", "0", "q", "i"]);
  press(["H"], { shiftKey: true });
  expect(state()).toBe("Choose a sentence with ↑ and ↓; Enter takes it, Escape leaves.");
  press(["Enter"]);
  await saved();
  expect([fake.ratings[0]!.first_instruction, fake.ratings[0]!.actions]).toEqual([null, {}]);
  expect(evidence()).toEqual({ 0: { start: 0, end: 9 } });
});

test("the mark beside an action, pressed again, takes the sentences on offer", async () => {
  find("#quote-1").click();
  flushSync();
  press(["ArrowDown"]);
  find("#quote-1").click();
  flushSync();
  await saved();
  expect(evidence()).toEqual({ 1: { start: 10, end: 20 } });
});

test("who abstains fills nothing in", async () => {
  await unmount(screen);
  fake.ratings[0] = { ...fake.ratings[0]!, abstain: "not my field" };
  const nothing = () => {};
  screen = mount(Rate, { target: document.body, props: { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing } });
  await vi.waitFor(() => find("#response"));
  flushSync();
  press(["H"], { shiftKey: true });
  expect(state()).toBe("You abstained from this item. Press A to withdraw that.");
  expect(fake.sent).toEqual([]);
});

test("Escape lets go of words and of sentences on offer", async () => {
  select(0, 4);
  press(["Escape", "q"]);
  expect(state()).toBe("Go to a critical action, or select words of the response, then quote.");
  press(["y", "1", "0", "q", "Escape", "h"]);
  await saved();
  expect([evidence(), fake.ratings[0]!.actions]).toEqual([{}, { 0: "hit" }]);
});

test("words of one item are not quoted on the next", async () => {
  select(0, 4);
  press(["]"]);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
  flushSync();
  press(["q"]);
  expect(state()).toBe("Go to a critical action, or select words of the response, then quote.");
});
