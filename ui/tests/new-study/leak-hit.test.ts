import { flushSync, mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { Leak } from "../../src/contract/Leak";
import { preferences } from "../../src/kit/preferences.svelte";
import LeakHit from "../../src/new-study/leaks/LeakHit.svelte";
import { Work } from "../../src/new-study/work.svelte";
import { m } from "../../src/messages/language.svelte";

test("what was begun about a leak is done with once it is decided with others", () => {
  const leak = (start: number) => ({ id: { text: "t", kind: "name", start, end: start + 3 } }) as Leak;
  const work = new Work();
  work.begun = { "reason t name 0 3": "The question", "replacement t name 9 12": "Drug A" };
  work.decide([leak(0), leak(5)], { do: "mask", replacement: "[masked]" });
  expect(work.begun).toEqual({ "replacement t name 9 12": "Drug A" });
  expect(work.form.decisions).toHaveLength(2);
});

test("why raters may read a leak is kept with the study while its field is left, until it is given", async () => {
  const leak: Leak = {
    id: { text: "t", kind: "name", start: 0, end: 3 },
    place: { in: "instructions" },
    certainty: "certain",
    matched: "GPT",
    sentence: "GPT.",
    offset: 0,
    reason: "a model’s name",
  };
  const work = new Work();
  const hit = mount(LeakHit, { target: document.body, props: { work, leak, nextOpen: () => {} } });
  flushSync();
  const press = (key: string, at: Element) => {
    at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    flushSync();
  };
  const row = document.querySelector(".hit")!;
  const field = () => document.querySelector("input")!;
  const type = (text: string) => {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    flushSync();
  };
  press("a", row);
  type(" ");
  document.querySelector<HTMLElement>("button[type=submit]")!.click();
  flushSync();
  expect(document.querySelector("[role=alert]")?.textContent).toBe(m.words.reasonNeeded);
  type("The question is about it");
  expect(work.chosen.begun).toEqual({ "reason t name 0 3": "The question is about it" });
  const begun = () => document.querySelector(".begun")?.textContent;
  expect(begun()).toBeUndefined();
  press("Escape", field());
  expect(document.querySelector("input")).toBeNull();
  expect(begun()).toBe("begun");
  press("a", row);
  expect(field().value).toBe("The question is about it");
  document.querySelector<HTMLElement>("button[type=submit]")!.click();
  flushSync();
  expect(work.form.decisions.map(({ action }) => action)).toEqual([{ do: "accept", reason: "The question is about it" }]);
  expect(work.chosen.begun).toEqual({});
  expect(begun()).toBeUndefined();
  await unmount(hit);
});

test("a leak is masked, accepted and taken back by the keys that were chosen", async () => {
  const leak = (start: number) => ({
    id: { text: "t", kind: "name", start, end: start + 3 },
    place: { in: "instructions" }, certainty: "certain", matched: "GPT", sentence: "GPT.", offset: 0, reason: "a model’s name",
  }) as Leak;
  const work = new Work();
  preferences.chosen = { ...preferences.chosen, keys: { "leaks.mask": "w", "leaks.takeBack": "Shift+t" } };
  const hit = mount(LeakHit, { target: document.body, props: { work, leak: leak(0), nextOpen: () => {} } });
  flushSync();
  const press = (key: string, how: KeyboardEventInit = {}) => {
    document.querySelector(".hit")!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }));
    flushSync();
    return work.form.decisions.length;
  };
  expect([press("m"), press("w"), press("u"), press("T", { shiftKey: true })]).toEqual([0, 1, 1, 0]);
  // Held, the key would mask one leak after the other.
  expect(press("w", { repeat: true })).toBe(0);
  preferences.chosen = { ...preferences.chosen, keys: {} };
  await unmount(hit);
});
