import { flushSync, mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { Leak } from "../src/contract/Leak";
import { Work } from "../src/lead/work.svelte";
import LeakHit from "../src/parts/LeakHit.svelte";

test("why raters may read a leak is kept while its field is left", async () => {
  const leak: Leak = {
    id: { text: "t", kind: "name", start: 0, end: 3 },
    place: { in: "instructions" },
    certainty: "certain",
    matched: "GPT",
    sentence: "GPT.",
    offset: 0,
    reason: "a model’s name",
  };
  const hit = mount(LeakHit, { target: document.body, props: { work: new Work(), leak, nextOpen: () => {} } });
  flushSync();
  const press = (key: string, at: Element) => {
    at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    flushSync();
  };
  const row = document.querySelector(".hit")!;
  const field = () => document.querySelector("input")!;
  press("a", row);
  field().value = "The question is about it";
  field().dispatchEvent(new Event("input", { bubbles: true }));
  press("Escape", field());
  expect(document.querySelector("input")).toBeNull();
  press("a", row);
  expect(field().value).toBe("The question is about it");
  await unmount(hit);
});
