import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { StudyChosen } from "../../src/contract/StudyChosen";
import type { StudyKept } from "../../src/contract/StudyKept";
import { Keeper } from "../../src/kit/begun/keeper.svelte";
import BegunStudyLine from "../../src/library/BegunStudyLine.svelte";
import NewStudy from "../../src/new-study/NewStudy.svelte";
import { Work, forgetBegun } from "../../src/new-study/work.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  clearMocks();
});

test("who types without a pause loses no more than two seconds, and the latest is written once", async () => {
  const written: string[] = [];
  const keeper = new Keeper(async (piece: string) => written.push(piece));
  for (let letter = 1; letter <= 40; letter++) {
    keeper.keep("note", "x".repeat(letter));
    await vi.advanceTimersByTimeAsync(100);
    const lost = letter - (written.at(-1)?.length ?? 0);
    expect(lost).toBeLessThan(20);
  }
  expect(written.length).toBeLessThan(5);
  keeper.keep("other", "y");
  await vi.advanceTimersByTimeAsync(2000);
  expect(written.slice(-2)).toEqual(["x".repeat(40), "y"]);
});

test("what the disk does not take waits, is told, and is tried again", async () => {
  let full = true;
  const written: string[] = [];
  const keeper = new Keeper(async (piece: string) => {
    if (full) throw { kind: "not_saved", message: "No space left." };
    written.push(piece);
  });
  keeper.keep("note", "one");
  await vi.advanceTimersByTimeAsync(2000);
  expect(keeper.failure).toBe("No space left.");
  expect(await keeper.flush()).toBe(false);
  full = false;
  keeper.keep("note", "one and two");
  keeper.keep("gone", "three");
  keeper.drop("gone");
  expect(await keeper.flush()).toBe(true);
  expect([keeper.failure, written]).toEqual([null, ["one and two"]]);
});

test("a flush with nothing to write does not stop those after it", async () => {
  const written: string[] = [];
  const keeper = new Keeper(async (piece: string) => written.push(piece));
  expect(await keeper.flush()).toBe(true);
  keeper.keep("note", "one");
  expect(await keeper.flush()).toBe(true);
  expect(written).toEqual(["one"]);
});

/** A study as it was left at its fourth step. */
function found(changed: string[] = []): StudyKept {
  const work = new Work();
  Object.assign(work.form, { title: "Begun", scenarios: "/s", responses: "/r.csv", instructions: "Read on." });
  work.form.responseColumns = {
    held: [{ column: "case", field: "scenario_id" }, { column: "answer", field: "response" }, { column: "llm", field: "model_id" }],
    constants: {},
  };
  work.seal.own = "never to be kept";
  work.seal.generated = "nor this";
  work.seal.recipients = "AGE-SECRET-KEY-1, nor this";
  const chosen = JSON.parse(JSON.stringify({ ...work.chosen, step: "leaks" })) as StudyChosen;
  return { chosen, kept_at: "2026-03-14T12:00:00Z", changed, gone: [] };
}

/** The program behind the window: what it was asked, and what is on its disk. */
function program(study: StudyKept | null) {
  const asked: string[] = [];
  const kept: StudyChosen[] = [];
  const columns = ["case", "answer", "llm", "model_id"].map((name) => ({ name, samples: [] }));
  const fields = ["scenario_id", "model_id", "response"].map((name) => ({ name, required: true, several: false, constant: true }));
  const table = { kind: "a table separated by commas", columns, fields, suggested: { model_id: "model_id" }, found: { count: 24, scenarios: 8, groups: [], problems: [], notes: [] } };
  const folder = { ...table, kind: "a folder", columns: [], fields: [], suggested: {} };
  mockWindows("main");
  mockIPC((command, payload) => {
    if (command !== "call") return null;
    const { name, arguments: given } = payload as { name: string; arguments: { chosen: StudyChosen; holds: string } };
    asked.push(name);
    if (name === "show_begun_study") return { study };
    if (name === "keep_begun_study") {
      kept.push(given.chosen);
      return { kept_at: `2026-03-14T12:00:0${kept.length}Z` };
    }
    if (name === "discard_begun_study") return { study: null };
    if (name === "preview_texts") return given.holds === "responses" ? table : folder;
    if (name === "check_study") return { responses: 24, problems: [], models: [], categories: [], framings: [], calibration: [], cautions: [] };
    if (name === "draw_sample") return {};
    return { leaks: [], by_hand: [], not_searched: [], left: [], strays: 0 };
  }, { shouldMockEvents: true });
  return { asked, kept };
}

test("a study that was begun comes back to its step, and is kept again only when it changes", async () => {
  const { asked, kept } = program(null);
  const work = new Work(found());
  expect(work.form).toMatchObject({ title: "Begun", instructions: "Read on." });
  await work.resume();
  expect(work.step).toBe("leaks");
  expect(asked).toEqual(["preview_texts", "preview_texts", "check_study", "draw_sample"]);
  expect(work.draft.map).toEqual(["scenario_id=case", "response=answer", "model_id=llm"]);
  work.keep();
  await vi.advanceTimersByTimeAsync(2000);
  expect(kept).toEqual([]);
  work.form.title = "Begun, and renamed";
  work.keep();
  await vi.advanceTimersByTimeAsync(2000);
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ form: { title: "Begun, and renamed" }, step: "leaks" });
  expect(work.greeted).toBe(false);
  work.back();
  expect(work.greeted).toBe(true);
  expect(JSON.stringify([kept, found()])).not.toMatch(/never to be kept|nor this/i);
});

test("files that changed since are not used before their author has them read", async () => {
  const { asked } = program(null);
  const work = new Work(found(["/r.csv"]));
  await work.resume();
  expect([work.step, asked]).toEqual(["texts", []]);
  expect(work.chosen.step).toBe("leaks");
});

/** Presses a button, and that which confirms it; the keyboard is on the question meanwhile, and on no button. */
function discard(button: string) {
  const press = (css: string) => {
    document.querySelector<HTMLElement>(css)!.focus();
    document.querySelector<HTMLElement>(css)!.click();
    flushSync();
  };
  press(button);
  expect(document.activeElement?.textContent).toMatch(/^Discard everything you chose (t?here)\?$/);
  press(`${button}-surely`);
}

test("who keeps what was begun, or discards it in the library, has the keyboard on what comes next", async () => {
  vi.useRealTimers();
  const { asked } = program(found());
  let discarded = 0;
  const screen = mount(BegunStudyLine, { target: document.body, props: { goOn: () => {}, forget: forgetBegun, discarded: () => (discarded += 1) } });
  await vi.waitFor(() => expect(document.querySelector("#discard-begun")).not.toBeNull());
  document.querySelector<HTMLElement>("#discard-begun")!.click();
  flushSync();
  document.querySelector<HTMLElement>("#discard-begun-surely + button")!.click();
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("discard-begun"));
  expect(asked).toEqual(["show_begun_study"]);
  discard("#discard-begun");
  await vi.waitFor(() => expect(discarded).toBe(1));
  expect(document.querySelector("#begun-study")).toBeNull();
  await unmount(screen);
});

test("the screen tells of what was begun, keeps what is typed, and forgets it when asked", async () => {
  vi.useRealTimers();
  Element.prototype.scrollTo ??= () => {};
  const { asked, kept } = program({ ...found(["/r.csv"]), gone: ["/scores.jsonl"] });
  const screen = mount(NewStudy, { target: document.body, props: { back: () => {}, plan: () => {}, open: () => {} } });
  const field = () => document.querySelector<HTMLInputElement>("#study-title");
  await vi.waitFor(() => expect(field()?.value).toBe("Begun"));
  expect(document.querySelector("#files-changed")?.textContent).toContain("/r.csv");
  expect(document.querySelector("#files-gone")?.textContent).toContain("/scores.jsonl");
  field()!.value = "Begun twice";
  field()!.dispatchEvent(new Event("input", { bubbles: true }));
  await vi.waitFor(() => expect(kept.at(-1)?.form.title).toBe("Begun twice"), 2000);
  const discards = [...document.querySelectorAll("button")].filter(({ textContent }) => /discard|start over/i.test(textContent));
  expect(discards.map(({ id }) => id)).toEqual(["discard"]);
  discard("#discard");
  await vi.waitFor(() => expect(field()?.value).toBe(""));
  expect(asked.at(-1)).toBe("discard_begun_study");
  expect(document.querySelector("#found-study")).toBeNull();
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("step"));
  await unmount(screen);
});
