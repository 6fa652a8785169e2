import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Rate from "../../src/rate/Rate.svelte";
import { Fake } from "../fake";

let fake: Fake;
let screen: Record<string, unknown> | null;
/** What the clock that only runs on says. */
let now: number;

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  now = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  fake = new Fake().install();
});

afterEach(async () => {
  await leave();
  vi.restoreAllMocks();
  clearMocks();
});

async function leave() {
  if (screen) await unmount(screen);
  screen = null;
}

async function open() {
  const nothing = () => {};
  const props = { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing };
  screen = mount(Rate, { target: document.body, props });
  await vi.waitFor(() => expect(document.querySelector("#response")).not.toBeNull());
  flushSync();
}

const find = (selector: string) => document.querySelector<HTMLElement>(selector);

/** A key after so many milliseconds. */
function press(key: string, wait = 0) {
  now += wait;
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  flushSync();
}

const kept = () => fake.visits.map(({ item, active_ms, continued }) => [item, active_ms, continued]);

test("an item that is left is on disk with its time, and the next one begins", async () => {
  await open();
  press("y", 4000);
  press("]", 3000);
  await vi.waitFor(() => expect(kept()).toEqual([["0", 7000, false]]));
  await vi.waitFor(() => expect(find("#item-number")?.textContent).toBe("2"));
  press("y", 2000);
  await leave();
  await vi.waitFor(() => expect(kept()).toEqual([["0", 7000, false], ["1", 2000, false]]));
});

test("help and list do not count, hidden does not count", async () => {
  await open();
  press("y", 4000);
  press("?", 1000);
  await vi.waitFor(() => expect(kept()).toEqual([["0", 5000, false]]));
  press("Escape", 60_000);
  find("dialog")?.dispatchEvent(new Event("cancel"));
  find("dialog")?.dispatchEvent(new Event("close"));
  flushSync();
  await vi.waitFor(() => expect(find("dialog")).toBeNull());
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  document.dispatchEvent(new Event("visibilitychange"));
  now += 90_000;
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  press("y", 3000);
  await leave();
  await vi.waitFor(() => expect(kept().at(-1)).toEqual(["0", 3000, true]));
});

test("what cannot be kept disturbs nobody and is tried again", async () => {
  await open();
  fake.full = true;
  press("]", 4000);
  await vi.waitFor(() => expect(find("#item-number")?.textContent).toBe("2"));
  expect(find(".alert")).toBeNull();
  expect(find("#saved-state")?.dataset.state).toBe("saved");
  expect(kept()).toEqual([]);
  fake.full = false;
  press("[", 2000);
  await vi.waitFor(() => expect(kept()).toEqual([["0", 4000, false], ["1", 2000, false]]));
});

test("calibration and what is locked is not timed", async () => {
  fake.calibrating = 1;
  await open();
  press("y", 4000);
  await leave();
  fake.calibrating = 0;
  fake.locked = { at: "2026-03-14T12:00:00Z", name: "Ada", statement: "Mine." };
  await open();
  press("]", 4000);
  await vi.waitFor(() => expect(find("#item-number")?.textContent).toBe("2"));
  expect(kept()).toEqual([]);
});

test("the top bar says what is left, and how that is known", async () => {
  await open();
  expect(find("#time-left")).toBeNull();
  fake.pace = { items: 5, median_ms: 160_000, left_ms: 52 * 60_000, active_ms: 800_000 };
  press("]", 4000);
  await vi.waitFor(() => expect(find("#time-left")?.textContent).toBe(" · about 50 min left"));
  expect(find("#time-left")?.title).toBe("Median 2 min 40 s per item over the 5 finished so far. Time away is not counted.");
});

test("a break is suggested in the bar once, and can be dismissed", async () => {
  // Not timed, so that nothing is on its way to disk when the test ends; it is work all the same.
  fake.calibrating = 1;
  await open();
  for (let minute = 0; minute < 49; minute++) press("F2", 60_000);
  expect(find("#break")).toBeNull();
  // A look at another screen is no break.
  await leave();
  await open();
  for (let minute = 0; minute < 2; minute++) press("F2", 60_000);
  expect(find("#break span")?.textContent).toBe("You have rated for 50 minutes. A short break helps.");
  expect(find("dialog")).toBeNull();
  find("#dismiss-break")?.click();
  flushSync();
  expect(find("#break")).toBeNull();
  expect(find(".progress")?.textContent).toContain("0 of 2 done");
  for (let minute = 0; minute < 30; minute++) press("F2", 60_000);
  expect(find("#break")).toBeNull();
});

test("the review sums up the sitting, after the last visit is kept", async () => {
  fake.check = {
    ...fake.check,
    pace: { items: 20, median_ms: 170_000, left_ms: null, active_ms: 65 * 60_000 },
    sitting: { finished: 18, active_ms: 52 * 60_000, median_ms: 160_000 },
  };
  await open();
  now += 4000;
  find("#open-return")?.click();
  flushSync();
  await vi.waitFor(() => expect(find("#time-spent p")).not.toBeNull());
  expect(kept()).toEqual([["0", 4000, false]]);
  expect(find("#time-spent p")?.textContent?.replace(/\s+/g, " ").trim()).toBe(
    "This sitting: 18 items finished in 52 min, median 2 min 40 s per item. In all: 1 h 5 min, median 2 min 50 s per item.",
  );
  expect(find("#time-spent .muted")?.textContent).toContain("goes to your lead author");
});

test("what counts is on disk soon, though nothing happens after it", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  await open();
  press("y", 4000);
  vi.advanceTimersByTime(30_000);
  await vi.waitFor(() => expect(kept()).toEqual([["0", 4000, false]]));
  vi.useRealTimers();
});

test("where nothing was timed the review says nothing of time", async () => {
  await open();
  find("#open-return")?.click();
  flushSync();
  await vi.waitFor(() => expect(find("#check-result")).not.toBeNull());
  expect(find("#time-spent")).toBeNull();
});
