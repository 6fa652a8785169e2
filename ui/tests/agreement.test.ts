import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Agreement from "../src/agreement/Agreement.svelte";
import { askedScales, GradeFile } from "../src/kit/grades/files.svelte";
import type { AxisSeen } from "../src/contract/AxisSeen";
import type { FileInspected } from "../src/contract/FileInspected";

/** What columns of grades may hold. */
const fields = [
  { name: "item", required: true, several: false, constant: false },
  { name: "value", required: true, several: true, constant: false },
  { name: "axis", required: false, several: false, constant: true },
  { name: "rater", required: false, several: false, constant: true },
];
const nothing: FileInspected = {
  file: "", kind: "", is_study: false, is_counts: false, container: "a table", columns: [], fields, raters: [], items: 0, some_items: [], axes: [], notes: [], next: ["primum agree"],
};
const words: AxisSeen = {
  axis: "severity", grades: 6, not_rated: 1, known: false, order: [],
  values: [["Mild", 3], ["None", 2], ["Severe", 1], ["", 1]],
};
const numbers: AxisSeen = { axis: "tone", grades: 4, not_rated: 0, known: false, order: [], scale: [1, 4], values: [["1", 2], ["4", 2]] };
const known: AxisSeen = { axis: "omission", grades: 4, not_rated: 0, known: true, order: [], scale: [0, 4], values: [["1", 4]] };

/** What the program knows, by file. */
const files: Record<string, FileInspected> = {
  "/three.json": { ...nothing, file: "/three.json", kind: "a Label Studio export", raters: ["ann", "ben", "eva"], items: 20, axes: [words] },
  "/two.json": {
    ...nothing, file: "/two.json", kind: "a Label Studio export", raters: ["ann", "ben"], items: 4,
    axes: [numbers, { ...words, axis: "remark", values: [["Too short.", 1], ["Fine by me.", 1]] }],
  },
  "/odd.csv": {
    ...nothing, file: "/odd.csv", kind: "not ratings or scores in a layout that is known here", refused: "/odd.csv, line 1: found the columns ID, Dr A, Dr B.", next: [],
    columns: [{ name: "ID", samples: ["p1", "p2"] }, { name: "Dr A", samples: ["1", "4"] }, { name: "Dr B", samples: ["2"] }],
  },
};
let asked: { name: string; arguments: Record<string, unknown> }[];

beforeEach(() => {
  asked = [];
  mockWindows("main");
  mockIPC(
    (command, payload) => {
      if (command !== "call") return null;
      const call = payload as (typeof asked)[number];
      asked.push(call);
      if (call.name === "inspect_file") {
        const { file, map } = call.arguments as { file: string; map: string[] };
        return map.length > 0 ? { ...files[file], refused: undefined, raters: ["Dr A", "Dr B"], axes: [{ ...numbers, axis: "grade" }] } : files[file];
      }
      return { raters: ["ann", "ben", "eva"], axes: {}, cautions: [], repeats: [], resampling: null };
    },
    { shouldMockEvents: true },
  );
  document.body.replaceChildren();
});

afterEach(() => clearMocks());

const text = () => document.body.textContent!.replace(/\s+/g, " ");
const button = (text: string) => [...document.querySelectorAll("button")].find((one) => one.textContent?.trim() === text);
const compare = () => document.querySelector<HTMLButtonElement>("#compare")!;

test("one file of several raters is enough, and its words are put in order by clicks", async () => {
  const screen = mount(Agreement, { target: document.body, props: { first: "/three.json", back: () => {} } });
  await vi.waitFor(() => expect(text()).toContain("a Label Studio export · 3 raters: ann, ben, eva · 20 items"));
  expect(compare().disabled).toBe(true);
  expect(text()).toContain("Put the words of severity in order first.");
  for (const word of ["None", "Mild", "Severe"]) {
    button(word)!.click();
    flushSync();
  }
  expect(text()).toContain("None < Mild < Severe");
  expect(compare().disabled).toBe(false);
  compare().click();
  await vi.waitFor(() => expect(asked.at(-1)!.name).toBe("compare_raters"));
  expect(asked.at(-1)!.arguments).toMatchObject({
    files: ["/three.json"],
    scales: [{ axis: "severity", lowest: 0, highest: 2, labels: ["None", "Mild", "Severe"] }],
  });
  await unmount(screen);
});

test("an axis of texts can be left out, and is then not compared", async () => {
  const screen = mount(Agreement, { target: document.body, props: { first: "/two.json", back: () => {} } });
  await vi.waitFor(() => expect(document.querySelector("#scale-remark")).not.toBeNull());
  expect(compare().disabled).toBe(true);
  document.querySelector<HTMLInputElement>("#scale-remark input[type=checkbox]")!.click();
  flushSync();
  expect(compare().disabled).toBe(false);
  compare().click();
  await vi.waitFor(() => expect(asked.at(-1)!.name).toBe("compare_raters"));
  expect(asked.at(-1)!.arguments).toMatchObject({ axes: ["tone"], scales: [{ axis: "tone", lowest: 1, highest: 4 }] });
  await unmount(screen);
});

test("a table in no known layout is read once its columns are named", async () => {
  const screen = mount(Agreement, { target: document.body, props: { first: "/odd.csv", back: () => {} } });
  await vi.waitFor(() => expect(text()).toContain("Say what its columns hold"));
  const choose = (column: string, field: string) => {
    const select = document.querySelector<HTMLSelectElement>(`[aria-label="What ${column} holds"]`)!;
    select.value = field;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    flushSync();
  };
  choose("ID", "item");
  choose("Dr A", "value");
  choose("Dr B", "value");
  document.querySelector<HTMLInputElement>("input[type=radio]")!.click();
  flushSync();
  await vi.waitFor(() => expect(asked.at(-1)!.arguments.map).toEqual(["item=ID", "value=Dr A,Dr B", "axis=:grade"]));
  await vi.waitFor(() => expect(compare().disabled).toBe(false));
  compare().click();
  await vi.waitFor(() => expect(asked.at(-1)!.name).toBe("compare_raters"));
  expect(asked.at(-1)!.arguments).toMatchObject({
    map: ["item=ID", "value=Dr A,Dr B", "axis=:grade"].map((words) => `/odd.csv:${words}`), scales: [{ axis: "grade", lowest: 1, highest: 4 }],
  });
  await unmount(screen);
});

test("a scale is asked for where no file knows it, and an answer stays while the files stay", () => {
  const file = (axes: AxisSeen[]) => Object.assign(new GradeFile("/x"), { found: { ...nothing, axes } });
  const before = new Map();
  expect(askedScales([file([numbers]), file([known])], before).map(({ axis }) => axis)).toEqual(["tone"]);
  expect(askedScales([file([{ ...known, known: false }]), file([known])], before)).toEqual([]);
  const [scale] = askedScales([file([numbers])], before);
  expect([scale!.lowest, scale!.highest, scale!.missing]).toEqual([1, 4, null]);
  scale!.highest = 5;
  expect(askedScales([file([numbers])], before)[0]!.declared).toEqual({ axis: "tone", lowest: 1, highest: 5 });
  scale!.highest = 1;
  expect(scale!.missing).toBe("Give the lowest and the highest grade of tone.");
  const half = Object.assign(new GradeFile("/x"), { found: nothing });
  half.choose({ held: [{ column: "A", field: "item" }], constants: {} });
  expect([half.missing, half.map]).toEqual(["columns", []]);
});
