import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hearTextSize } from "../../src/kit/keys/hear";
import { USUAL, preferences } from "../../src/kit/preferences.svelte";
import Rate from "../../src/rate/Rate.svelte";
import { Fake, blank } from "../fake";

let fake: Fake;
let screen: Record<string, unknown>;
let end: () => void;

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
  end = hearTextSize();
  window.innerWidth = 1280;
  window.innerHeight = 800;
  const nothing = () => {};
  screen = mount(Rate, { target: document.body, props: { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing } });
  await vi.waitFor(() => find("#response"));
  flushSync();
});

afterEach(async () => {
  end();
  await unmount(screen);
  // What is kept soon after is this packet's, and not the next one's.
  await vi.waitFor(() => expect(fake.preferences).toEqual(preferences.chosen));
  clearMocks();
});

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function press(keys: string[], how: KeyboardEventInit = {}, target: EventTarget = document.body) {
  for (const key of keys) target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
  flushSync();
}

const layout = () => ["beside", "reading", "stacked"].find((name) => find(".panes").classList.contains(name));
const saved = () => vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("saved"));
const control = { ctrlKey: true };

test("an item whose actions are all hits is rated in six presses, and the hits are undone in one step", async () => {
  press(["y", "0", "0"]);
  press(["H"], { shiftKey: true });
  press(["1", "n"]);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
  expect(fake.ratings[0]!.actions).toEqual({ 0: "hit", 1: "hit" });
  expect(fake.ratings[0]!.response_class).toBe("substantive");
  press(["[", "u", "u"]);
  await vi.waitFor(() => expect(fake.ratings[0]!.actions).toEqual({}));
  expect(fake.ratings[0]!.grades).toEqual({ omission: 0, commission: 0 });
});

test("actions that are answered keep their answer when the rest are hits, and with none left it says so", async () => {
  press(["y", "1", "0", "m"]);
  press(["H"], { shiftKey: true });
  await saved();
  expect(fake.ratings[0]!.actions).toEqual({ 0: "miss", 1: "hit" });
  const before = fake.sent.length;
  press(["H"], { shiftKey: true });
  expect(find(".state").textContent).toContain("No action is open.");
  expect(fake.sent.length).toBe(before);
  expect(find<HTMLButtonElement>("#rest-full").disabled).toBe(true);
});

test("Ctrl and plus enlarge the text to twice its size and no further, in a field too, and it is remembered", async () => {
  find("#note").focus();
  press(["+", "="], control, find("#note"));
  expect(document.documentElement.style.getPropertyValue("--text-size")).toBe("1.25");
  press(["+", "+", "+", "+", "+"], control);
  expect(preferences.chosen.text_size).toBe(200);
  await vi.waitFor(() => expect(fake.preferences.text_size).toBe(200));
  press(["-"], control);
  expect(preferences.chosen.text_size).toBe(175);
  press(["0"], control);
  expect(preferences.chosen).toEqual(USUAL);
});

test("what cannot be read is told, and not written over", async () => {
  fake.preferences = { ...USUAL, text_size: 150 };
  fake.unreadable = true;
  await preferences.recall();
  expect(preferences.failure).toContain("preferences.json");
  press(["+"], control);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(fake.preferences.text_size).toBe(150);
  fake.unreadable = false;
  await preferences.recall();
  preferences.choose(USUAL);
});

test("V folds the case away and back where it has a pane, and turns to it and back where it has none", () => {
  expect(layout()).toBe("beside");
  press(["v"]);
  expect([layout(), preferences.chosen.case_folded]).toEqual(["reading", true]);
  press(["v"]);
  expect([layout(), preferences.chosen.case_folded]).toEqual(["beside", false]);
  window.innerWidth = 960;
  window.dispatchEvent(new Event("resize"));
  flushSync();
  expect(layout()).toBe("reading");
  press(["v"]);
  expect(find(".panes").classList.contains("case")).toBe(true);
  press(["v"]);
  expect(find(".panes").classList.contains("response")).toBe(true);
  expect(preferences.chosen.case_folded).toBe(false);
});

test("where one text is read at a time the case is left for the response on the next item", async () => {
  window.innerWidth = 960;
  window.dispatchEvent(new Event("resize"));
  press(["v", "]"]);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
  flushSync();
  expect(find(".panes").classList.contains("response")).toBe(true);
});

test("words are chosen and judged in view, and what is asked of them stays in view of the case too", () => {
  window.innerWidth = 960;
  window.dispatchEvent(new Event("resize"));
  press(["v", "w"]);
  expect(find(".panes").classList.contains("response")).toBe(true);
  press(["Enter"]);
  press(["v"]);
  expect(find(".panes").classList.contains("case")).toBe(true);
  expect(find("#asked").closest(".panes"), "in no pane that may be hidden").toBeNull();
});

test("the chosen grade's wording is shown, the pointed one's before it, and G shows all", async () => {
  const slot = () => find(".slot .said").textContent?.trim();
  expect(slot()).toContain("shows the wording of every grade");
  press(["y", "1"]);
  await saved();
  expect(slot()).toMatch(/^Cognitive friction\. A usable path/);
  find("input[name=axis-omission][value='3']").closest("label")!.dispatchEvent(new Event("pointerenter"));
  flushSync();
  expect(slot()).toMatch(/^Institutional abandonment\./);
  press(["g"]);
  expect(document.querySelector(".slot")).toBeNull();
  expect(document.querySelectorAll(".scale .anchor.unseen")).toHaveLength(0);
  press(["g"]);
});

test("a line between the panes is moved by the arrows, which then lead to no other item, and back by a double click", async () => {
  const line = find<HTMLElement>("[role=separator][aria-label='Width of the case']");
  press(["ArrowRight", "ArrowRight"], {}, line);
  expect(find(".panes").style.getPropertyValue("--case-width")).toBe("22rem");
  expect(find("#item-number").textContent).toBe("1");
  const shown = () => find(".panes").style.getPropertyValue("--case-width");
  press(["Home"], {}, line);
  expect([shown(), line.getAttribute("aria-valuenow")]).toEqual(["14rem", line.getAttribute("aria-valuemin")]);
  press(["End"], {}, line);
  expect(line.getAttribute("aria-valuenow")).toBe(line.getAttribute("aria-valuemax"));
  line.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  flushSync();
  expect(preferences.chosen.case_width).toBeNull();
});

test("in a locked packet no action is filled in", async () => {
  await unmount(screen);
  fake.locked = { at: "2026-03-14T12:00:00Z", name: "Dr Ada Example", statement: "" };
  fake.ratings[0] = { ...blank };
  const nothing = () => {};
  screen = mount(Rate, { target: document.body, props: { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing } });
  await vi.waitFor(() => find("#response"));
  press(["H"], { shiftKey: true });
  expect(fake.sent).toEqual([]);
});

test("an answer changes its question, the next one and what is said of it, and nothing that is read", async () => {
  const changed = new Set<string>();
  const place = (node: Node) => (node instanceof Element ? node : node.parentElement!).closest("[id], .question, .foot, header")!;
  const note = (records: MutationRecord[]) => records.forEach(({ target }) => changed.add(name(place(target))));
  const name = (element: Element) => element.id || ((element as HTMLElement).dataset.question ?? element.classList[0] ?? element.tagName);
  const observer = new MutationObserver(note);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  press(["y"]);
  await saved();
  note(observer.takeRecords());
  observer.disconnect();
  expect([...changed].sort()).toEqual(["axis-omission", "foot", "gate-omission", "saved-state"]);
});

test("where the study says so the reference answer comes with the last answer to its case, and that is told", async () => {
  const waits = (left: number) => `once you have rated all responses to this case or abstained, so that you first judge each response alone. ${left} to go.`;
  fake.waits = true;
  press(["]"]);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("2"));
  flushSync();
  expect(find("#reference").textContent).toContain(waits(2));
  expect(document.querySelector("#reference [data-block]")).toBeNull();
  press(["y", "0", "0", "h", "h"]);
  await saved();
  expect(find("#reference").textContent).toContain(waits(2));
  press(["1"]);
  await vi.waitFor(() => expect(find("#reference").textContent).toContain(waits(1)));
  press(["n"]);
  await vi.waitFor(() => expect(find("#item-number").textContent).toBe("3"));
  press(["y", "0", "0", "h", "h"]);
  await saved();
  expect(find("#reference").textContent).toContain(waits(1));
  find("#case").scrollTop = 40;
  press(["1"]);
  await vi.waitFor(() => expect(find("#reference").textContent).not.toContain(waits(1)));
  expect(find("#reference").textContent).toContain("Call now.");
  expect(find(".state").textContent?.trim()).toBe("The reference answer is shown now.");
  expect(find("#case").scrollTop, "what is read stays where it is").toBe(40);
});
