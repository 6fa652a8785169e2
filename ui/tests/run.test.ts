import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Agreement from "../src/agreement/Agreement.svelte";
import Findings from "../src/findings/Findings.svelte";
import Judge from "../src/judge/Judge.svelte";
import NewStudy from "../src/new-study/NewStudy.svelte";
import { currentWork } from "../src/new-study/work.svelte";
import Plan from "../src/plan/Plan.svelte";
import Study from "../src/study/Study.svelte";

const LONG = ["compare_raters", "compute_findings", "validate_judge", "plan_items", "plan_study", "receive_files", "check_study", "export_study"];

/** The long commands that were asked for. */
let asked: string[];
let cancelled: number;
/** What is still to be answered, in order. */
let answers: { resolve: (reply: unknown) => void; reject: (failure: unknown) => void }[];

beforeEach(() => {
  asked = [];
  answers = [];
  cancelled = 0;
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = Element.prototype.scrollTo = () => {};
  mockWindows("main");
  mockIPC(
    (command, payload) => {
      if (command === "cancel") {
        cancelled += 1;
        answers.shift()!.reject({ kind: "cancelled", message: "Cancelled." });
      }
      if (command !== "call") return null;
      const { name } = payload as { name: string };
      if (LONG.includes(name)) {
        asked.push(name);
        return new Promise((resolve, reject) => answers.push({ resolve, reject }));
      }
      if (name === "inspect_file") return { file: "/a.json", kind: "ratings", columns: [], fields: [], raters: ["Ann"], items: 1, axes: [], notes: [], next: [] };
      if (name === "show_begun_study") return { study: null };
      if (name === "preview_texts") return { kind: "a folder", columns: [], fields: [], suggested: {}, found: { count: 1, scenarios: 1, groups: [], problems: [], notes: [] } };
      return name === "show_study" ? study : { texts: {} };
    },
    { shouldMockEvents: true },
  );
  document.body.replaceChildren();
});

afterEach(async () => {
  // Listeners end a moment after their screen.
  await new Promise((resolve) => setTimeout(resolve, 10));
  clearMocks();
});

function fill(css: string, text: string) {
  const field = document.querySelector<HTMLInputElement>(css)!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

function click(css: string) {
  document.querySelector<HTMLElement>(css)!.click();
}

const back = () => {};
const study = {
  file: "/s/study.primum-study", study: "s", title: "Harm", rubric: "Gated", created_at: "2026-03-14T12:00:00Z", items: 24, repeats: 0,
  axes: [], raters: [], aside: [], disagreements: 0, decided: 0, calibration: [], unclear: [], cautions: [], sealed_keys: [], changes: [], log: [],
};

/** Each screen whose work may take long: what it is opened with, and how the work is begun. */
const SCREENS: [command: string, screen: Component<never>, props: object, begin: () => void | Promise<void>][] = [
  ["compare_raters", Agreement, { first: "/a.json", back }, () => (fill("#second-file", "/b.json"), click("#compare"))],
  ["compute_findings", Findings, { study: "/s.primum-study", back }, () => (fill("#findings-scenarios", "/s"), click("#compute-findings"))],
  ["validate_judge", Judge, { study: "/s.primum-study", back }, () => (fill("#judge-1", "/judge.jsonl"), click("#validate"))],
  ["plan_items", Plan, { back }, () => click("#plan")],
  [
    "receive_files", Study, { opened: study, part: "ratings", back, findings: back, judge: back },
    () => (fill("#receive-path", "/a.ratings.json"), click("#receive-path-button")),
  ],
  [
    "check_study", NewStudy, { back, plan: back, open: back },
    async () => {
      await vi.waitFor(() => expect(document.querySelector("#step-next")).not.toBeNull());
      Object.assign((await currentWork()).form, { title: "Harm", scenarios: "/s", responses: "/r.jsonl" });
      click("#step-next");
    },
  ],
];

async function begun(command: string, Screen: Component<never>, props: object, begin: () => void | Promise<void>) {
  const screen = mount(Screen as Component<object>, { target: document.body, props });
  flushSync();
  await begin();
  await vi.waitFor(() => expect(asked).toEqual([command]));
  return screen;
}

test.each(SCREENS)("%s is cancelled when its screen is left", async (...parts) => {
  const screen = await begun(...parts);
  expect(cancelled).toBe(0);
  await unmount(screen);
  expect(cancelled).toBe(1);
});

test("what has come is not cancelled afterwards", async () => {
  const screen = await begun(...SCREENS[4]!);
  answers[0]!.resolve({ files: [] });
  await vi.waitFor(() => expect(document.querySelector<HTMLButtonElement>("#receive-files")!.disabled).toBe(false));
  await unmount(screen);
  expect(cancelled).toBe(0);
});

test("what waits behind the work of another screen does not cancel that when it is left", async () => {
  const screen = await begun(...SCREENS[4]!);
  click("#tab-export");
  flushSync();
  click("#export-study");
  await vi.waitFor(() => expect(asked).toEqual(["receive_files", "export_study"]));
  click("#tab-ratings");
  flushSync();
  expect(cancelled).toBe(0);
  for (const { resolve } of answers) resolve({ files: [] });
  await unmount(screen);
});

test("files are received while another part of the study is looked at", async () => {
  const screen = await begun(...SCREENS[4]!);
  click("#tab-export");
  flushSync();
  expect(cancelled).toBe(0);
  click("#tab-ratings");
  flushSync();
  expect(document.querySelector<HTMLButtonElement>("#receive-files")!.disabled).toBe(true);
  await unmount(screen);
});
