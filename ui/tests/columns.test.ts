import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FieldSeen } from "../src/contract/FieldSeen";
import type { TextsPreview } from "../src/contract/TextsPreview";
import FileField from "../src/kit/FileField.svelte";
import { fitting, mapLines, missingWords, suggestedColumns, withColumn, withConstant } from "../src/kit/columns/columns";
import TextsStep from "../src/new-study/TextsStep.svelte";
import { Work } from "../src/new-study/work.svelte";

const field = (name: string, more: Partial<FieldSeen> = {}): FieldSeen => ({ name, required: false, several: false, constant: false, ...more });
const scenario = field("scenario_id", { required: true, constant: true });
const model = field("model_id", { required: true, constant: true });
const response = field("response", { required: true });
const repetition = field("rep_id");
const actions = field("critical_actions", { several: true });
const columns = ["question", "llm", "run", "output", "rep_id"];
const suggested = { model_id: "llm", rep_id: "rep_id", response: "output" };

test("what is suggested is chosen, changed, and told as the command line takes it", () => {
  const first = suggestedColumns(suggested, columns);
  expect(mapLines(first)).toEqual(["model_id=llm", "response=output", "rep_id=rep_id"]);
  expect(missingWords(first, [scenario, model, response, repetition])).toBe("Say which column holds the scenario.");
  const table = { columns, suggested };
  const chosen = withColumn(first, "question", scenario, table);
  expect(missingWords(chosen, [scenario, model, response])).toBeNull();
  // A field of one column moves, and a column holds one field.
  expect(mapLines(withColumn(chosen, "run", repetition, table))).toContain("rep_id=run");
  expect(mapLines(withColumn(chosen, "output", model, table))).toEqual(["scenario_id=question", "model_id=output", "rep_id=rep_id", "response=:"]);
  // A column of our own name that means something else is told so.
  expect(mapLines(withColumn(chosen, "rep_id", null, table))).toEqual(["scenario_id=question", "model_id=llm", "response=output", "rep_id=:"]);
});

test("several columns hold one field in the order of the table", () => {
  const one = withColumn({ held: [], constants: {} }, "b, too", actions, { columns: ["a", "b, too", ':"c'] });
  const three = withColumn(withColumn(one, ':"c', actions, { columns: ["a", "b, too", ':"c'] }), "a", actions, { columns: ["a", "b, too", ':"c'] });
  expect(mapLines(three)).toEqual(['critical_actions=a,"b, too",":""c"']);
});

test("one model for all takes the place of a column, and a column that of the name", () => {
  const chosen = withConstant(suggestedColumns(suggested, columns), "model_id", "gpt-x");
  expect(mapLines(chosen)).toEqual(["response=output", "rep_id=rep_id", "model_id=:gpt-x"]);
  expect(missingWords(withConstant(chosen, "model_id", " "), [model])).toBe("Say which column holds the model.");
  expect(mapLines(withColumn(chosen, "llm", model, { columns, suggested }))).not.toContain("model_id=:gpt-x");
});

test("saved columns are found under another spelling, and those that are not there are named", () => {
  const saved = { held: [{ column: "LLM", field: "model_id" }, { column: "Answer", field: "response" }], constants: { rep_id: "" } };
  // The screen shows no category, so none is read.
  expect(fitting(saved, columns, { category: "tone" }).chosen.constants).toEqual({ rep_id: "", category: "" });
  expect(fitting(saved, columns)).toEqual({ chosen: { held: [{ column: "llm", field: "model_id" }], constants: { rep_id: "" } }, strangers: ["Answer"] });
});

let asked: { name: string; arguments: Record<string, unknown> }[];
const table: TextsPreview = {
  kind: "a table separated by semicolons",
  columns: [{ name: "Fall", samples: ["f1", "f2"] }, { name: "model", samples: ["aster"] }, { name: "Antwort", samples: ["Nein …"] }],
  fields: [scenario, model, response, repetition],
  suggested: { model_id: "model" },
  wrong: "/r.csv, line 1, field `scenario_id`: found the columns Fall, model, Antwort.",
};
const found = { count: 2, scenarios: 2, groups: [{ name: "aster", count: 2 }], problems: ["/r.csv, line 4, field `Fall`: found nothing; expected a scenario's id."], notes: [] };

beforeEach(() => {
  asked = [];
  mockWindows("main");
  mockIPC(
    (command, payload) => {
      if (command === "choose_file" || command === "choose_save") return "/columns.txt";
      if (command !== "call") return null;
      const call = payload as (typeof asked)[number];
      asked.push(call);
      if (call.name === "save_columns") return { file: "/columns.txt" };
      if (call.name === "read_columns") return { held: [{ column: "Fall", field: "scenario_id" }, { column: "Text", field: "response" }], constants: { model_id: "mine" } };
      if (call.name === "list_sheets") return { file: "/book.xlsx", rater: "Ann", sheets: [{ name: "One", hidden: false }, { name: "Two", hidden: true }, { name: "Three", hidden: false }] };
      const map = (call.arguments.map ?? []) as string[];
      return map.length === 3 ? { ...table, wrong: undefined, found } : table;
    },
    { shouldMockEvents: true },
  );
  document.body.replaceChildren();
});

afterEach(() => clearMocks());

const text = () => document.body.textContent!.replace(/\s+/g, " ");
const press = (words: string) => [...document.querySelectorAll("button")].find((one) => one.textContent?.trim() === words)!.click();

function pick(css: string, value: string) {
  const select = document.querySelector<HTMLSelectElement>(css)!;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
}

test("columns of responses are chosen in a list, and what is then read is shown at once", async () => {
  const work = new Work();
  work.form.responses = "/r.csv";
  const screen = mount(TextsStep, { target: document.body, props: { work } });
  await vi.waitFor(() => expect(text()).toContain("a table separated by semicolons · Say which column holds the scenario and the response."));
  expect(document.querySelector<HTMLDetailsElement>("details.columns")!.open).toBe(true);
  pick('[aria-label="What Fall holds"]', "scenario_id");
  pick('[aria-label="What Antwort holds"]', "response");
  await vi.waitFor(() => expect(text()).toContain("2 responses to 2 scenarios · 1 model: aster (2)"));
  expect(text()).toContain("Left out: /r.csv, line 4, field `Fall`: found nothing");
  expect(asked.at(-1)!.arguments).toMatchObject({ file: "/r.csv", holds: "responses", map: ["scenario_id=Fall", "model_id=model", "response=Antwort"] });
  press("Save columns…");
  await vi.waitFor(() => expect(text()).toContain("Saved as /columns.txt."));
  expect(asked.at(-1)!.arguments).toMatchObject({ file: "/columns.txt", holds: "responses", map: ["scenario_id=Fall", "model_id=model", "response=Antwort"] });
  press("Use saved columns…");
  await vi.waitFor(() => expect(text()).toContain("This file has no column “Text”. Choose what it has in its place."));
  expect(work.draft.map).toEqual(["scenario_id=Fall", "model_id=:mine"]);
  expect(document.querySelector<HTMLInputElement>(".same-model_id")!.value).toBe("mine");
  await unmount(screen);
});

test("another file of responses begins with what is suggested of it", async () => {
  const work = new Work();
  work.form.responses = "/r.csv";
  await work.responses.look();
  expect(work.form.responseColumns).toEqual({ held: [{ column: "model", field: "model_id" }], constants: {} });
  work.responses.choose({ held: [{ column: "Fall", field: "response" }], constants: {} });
  work.form.responses = "/other.csv";
  await work.responses.look();
  expect(work.form.responseColumns!.held).toEqual([{ column: "model", field: "model_id" }]);
  expect(asked.map(({ arguments: { file } }) => file)).toEqual(["/r.csv", "/r.csv", "/other.csv"]);
});

test("a sheet of several is chosen in a list", async () => {
  const props = { id: "file", label: "First file", path: "/book.xlsx@Ann" };
  const screen = mount(FileField, { target: document.body, props });
  await vi.waitFor(() => expect(document.querySelector("#file-sheet")).not.toBeNull());
  expect([...document.querySelectorAll("option")].map(({ textContent }) => textContent)).toEqual(["choose…", "One", "Two (hidden)", "Three"]);
  pick("#file-sheet", "Three");
  expect(document.querySelector<HTMLInputElement>("#file")!.value).toBe("/book.xlsx#Three@Ann");
  await unmount(screen);
});
