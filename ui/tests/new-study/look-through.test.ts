import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import LookThrough from "../../src/new-study/leaks/LookThrough.svelte";
import { Work } from "../../src/new-study/work.svelte";

test("of many texts only the rows in view exist, and the keys of the search go through them all", async () => {
  HTMLDialogElement.prototype.showModal = () => {};
  HTMLDialogElement.prototype.close = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  const texts = Array.from({ length: 500 }, (_, response) => {
    return { text: `t${response}`, place: { in: "response", response }, scenario: "s", excerpt: "Call." };
  });
  mockIPC((_, payload) => {
    return (payload as { name: string }).name === "list_texts" ? { texts, of: 500 } : new Promise(() => {});
  });
  const screen = mount(LookThrough, { target: document.body, props: { work: new Work(), close: () => {} } });
  await vi.waitFor(() => expect(document.querySelector("#text-list .row")).not.toBeNull());
  expect(document.querySelectorAll("#text-list .row").length).toBeLessThan(60);

  const at = () => document.querySelector("#text-list")!.getAttribute("aria-activedescendant");
  const press = (key: string) => {
    document.querySelector("#text-search")!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    flushSync();
  };
  press("ArrowDown");
  expect([at(), document.querySelector("#text-1")?.getAttribute("aria-selected")]).toEqual(["text-1", "true"]);
  press("End");
  expect(at()).toBe("text-1");
  await unmount(screen);
  clearMocks();
});
