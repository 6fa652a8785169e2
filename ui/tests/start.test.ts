import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import App from "../src/App.svelte";
import type { LibraryEntry } from "../src/contract/LibraryEntry";
import type { StudyView } from "../src/contract/StudyView";
import { Fake } from "./fake";
// What is loaded only when it is asked for takes longer than a test waits.
import "../src/findings/Findings.svelte";
import "../src/judge/Judge.svelte";
import "../src/study/Study.svelte";

let fake: Fake;
let app: Record<string, unknown>;

beforeEach(() => {
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  fake = new Fake().install();
});

afterEach(async () => {
  await unmount(app);
  clearMocks();
});

function start(changed: Partial<LibraryEntry>) {
  const { packet, title, rater, name, progress } = fake.session();
  const last_used = "2026-03-14T12:00:00Z";
  fake.packets = [{ packet, title, rubric: "Gated", rater, name, progress, locked_at: null, last_used, ...changed }];
  app = mount(App, { target: document.body });
}

const STUDY: StudyView = {
  file: "/s/study.primum-study",
  study: "s",
  title: "Harm",
  rubric: "Gated",
  created_at: "2026-03-14T12:00:00Z",
  items: 24,
  repeats: 0,
  axes: [],
  raters: [],
  aside: [],
  disagreements: 0,
  decided: 0,
  opened_at: "2026-03-15T12:00:00Z",
  sealed_keys: [],
  calibration: [],
  unclear: [],
  cautions: [],
  changes: [],
  log: [],
};

/** Opens a study by its path in the library. */
function open(path: string) {
  const field = document.querySelector<HTMLInputElement>("#study-path")!;
  field.value = path;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  document.querySelector<HTMLElement>("#open-study-path")!.focus();
  document.querySelector<HTMLElement>("#open-study-path")!.click();
}

const shows = (selector: string) => vi.waitFor(() => expect(document.querySelector(selector)).not.toBeNull());

test("the packet used last is resumed, and the library offers to go on with it by Enter", async () => {
  start({});
  await shows("#response");
  document.querySelector<HTMLElement>("#open-library")!.click();
  await shows(".resume");
  await new Promise((resolve) => setTimeout(resolve, 10));
  flushSync();
  expect(document.querySelector("#response")).toBeNull();
  expect([document.activeElement?.textContent, document.title]).toEqual(["Continue Enter: Study", "Primum"]);
});

test("a packet that is finished, or never was begun, is left in the library", async () => {
  start({ progress: { total: 3, complete: 2, started: 0, abstained: 1, flagged: 0 } });
  await shows(".resume");
  await unmount(app);
  start({ name: null });
  await shows(".resume");
});

test("a packet that is locked is left in the library, unfinished as it may be, which says when it was locked", async () => {
  start({ locked_at: "2026-03-14T12:00:00Z" });
  await shows(".resume");
  expect(document.querySelector(".resume")!.textContent).toBe("Open");
  expect(document.querySelector("li")!.textContent).toMatch(/Locked on 14 Mar 2026, \d\d:00/);
});

test("who comes back from the findings of a study is where they were in it", async () => {
  fake.study = STUDY;
  start({ name: null });
  await shows("#study-path");
  open("/s/study.primum-study");
  await shows("#tab-key");
  document.querySelector<HTMLElement>("#tab-key")!.click();
  flushSync();
  for (const other of ["findings", "judge"]) {
    document.querySelector<HTMLElement>(`#study-${other}`)!.click();
    await shows(`#${other}-back`);
    await vi.waitFor(() => expect(document.title).toMatch(/^(Findings of a study|Validate a judge) – Primum$/));
    document.querySelector<HTMLElement>(`#${other}-back`)!.click();
    await shows("#study-log");
  }
  expect(document.title).toBe("Harm – Primum");
  // Opened again, it begins with what has arrived.
  document.querySelector<HTMLElement>("#study-back")!.click();
  await shows("#study-path");
  open("/s/study.primum-study");
  await shows("#tab-ratings[aria-current]");
});

test("who goes back from work that takes long does not wait for its end", async () => {
  fake.study = { ...STUDY };
  fake.endless = "compute_findings";
  start({ name: null });
  await shows("#study-path");
  open("/s/study.primum-study");
  await shows("#tab-key");
  document.querySelector<HTMLElement>("#tab-key")!.click();
  flushSync();
  document.querySelector<HTMLElement>("#study-findings")!.click();
  await shows("#findings-scenarios");
  const scenarios = document.querySelector<HTMLInputElement>("#findings-scenarios")!;
  scenarios.value = "/s/scenarios";
  scenarios.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  document.querySelector<HTMLElement>("#compute-findings")!.click();
  await shows("#long-work");
  document.querySelector<HTMLElement>("#findings-back")!.click();
  await shows("#study-log");
});

test("a study that cannot be opened leaves the library and its path as they are, and says why", async () => {
  start({ name: null });
  await shows("#study-path");
  open("/nowhere");
  await shows("[role=alert]");
  expect(document.querySelector("[role=alert]")?.textContent).toContain("There is no study in /nowhere.");
  expect(document.querySelector<HTMLInputElement>("#study-path")?.value).toBe("/nowhere");
  const dismiss = document.querySelector<HTMLElement>("[role=alert] button")!;
  dismiss.focus();
  dismiss.click();
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("open-study-path"));
});

test("a packet is taken off the list, and put back", async () => {
  start({ locked_at: "2026-03-14T12:00:00Z" });
  await shows("li");
  const remove = document.querySelector<HTMLElement>("li [aria-label='Remove Study, as A, from this list']")!;
  // The second click of a double click is for the packet that was removed by the first.
  remove.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 2 }));
  expect(fake.takenOff).toEqual([]);
  remove.click();
  await vi.waitFor(() => expect(document.querySelector(".removed")?.textContent).toContain("Your answers stay on this computer"));
  expect([document.querySelectorAll("li").length, fake.takenOff.length]).toEqual([0, 1]);
  const back = document.querySelector<HTMLElement>(".removed button")!;
  expect(document.activeElement).toBe(back);
  back.click();
  await shows("li");
  expect([document.querySelector(".removed"), fake.takenOff]).toEqual([null, []]);
  expect(document.activeElement?.id).toBe("open-packet");
});
