import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Rate from "../../src/rate/Rate.svelte";
import { MOST_FOUND, findIn } from "../../src/text/find";
import { Fake } from "../fake";

let screen: Record<string, unknown>;

beforeEach(async () => {
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  const fake = new Fake().install();
  fake.prompt = "Should I call now, or linger?";
  const nothing = () => {};
  screen = mount(Rate, { target: document.body, props: { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing } });
  await vi.waitFor(() => find("#response"));
  flushSync();
});

afterEach(async () => {
  await unmount(screen);
  clearMocks();
});

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function press(key: string, target: EventTarget, how: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
  flushSync();
}

function seek(words: string) {
  const field = find<HTMLInputElement>("#find");
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

const told = () => find("#found").textContent;

test("words are found in the case and in the response, and Enter goes round them", () => {
  press("f", document.body, { ctrlKey: true });
  expect(document.activeElement?.id).toBe("find");
  seek("call");
  expect(told()).toBe("1 of 2");
  press("Enter", find("#find"));
  expect(told()).toBe("2 of 2");
  press("Enter", find("#find"));
  expect(told()).toBe("1 of 2");
  press("Enter", find("#find"), { shiftKey: true });
  expect(told()).toBe("2 of 2");
  seek("nowhere");
  expect(told()).toBe("Not in these texts");
});

test("Escape ends the search, and the keys answer again", async () => {
  press("f", document.body, { ctrlKey: true });
  seek("call");
  press("Escape", find("#find"));
  expect(document.querySelector("#find")).toBeNull();
  await vi.waitFor(() => expect(document.activeElement).toBe(find(".question.current")));
});

test("the note does not keep Ctrl and F to itself", () => {
  find("#note").focus();
  press("f", find("#note"), { ctrlKey: true });
  expect(document.activeElement?.id).toBe("find");
});

test("places run across emphasis, over any white space and in any case, and signs are only signs", () => {
  const root = document.createElement("div");
  root.innerHTML = "<p>Take <b>two</b> tab<i>lets</i> (5 mg).</p><p>TAKE  two</p>";
  const texts = (words: string) => findIn([root], words).map((range) => range.toString());
  expect(texts("take two")).toEqual(["Take two", "TAKE  two"]);
  expect(texts("tablets (5 mg).")).toEqual(["tablets (5 mg)."]);
  expect(texts(".*")).toEqual([]);
  expect(texts("  ")).toEqual([]);
  root.textContent = "a".repeat(MOST_FOUND + 1);
  expect(texts("a")).toHaveLength(MOST_FOUND);
});
