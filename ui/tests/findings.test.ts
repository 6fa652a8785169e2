import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Figure } from "../src/contract/Figure";
import type { FileInspected } from "../src/contract/FileInspected";
import type { Findings as Report } from "../src/contract/Findings";
import type { FramingContrast } from "../src/contract/FramingContrast";
import type { Measure } from "../src/contract/Measure";
import type { PairGap } from "../src/contract/PairGap";
import Findings from "../src/findings/Findings.svelte";
import { defaults, request } from "../src/findings/request";
import { patternWords, rankCells } from "../src/findings/words";
import { pCell } from "../src/words/test";

const sure = (estimate: number): Measure => ({
  estimate,
  se: 0.1,
  interval: { lo: estimate - 9, hi: estimate + 0.25, level: 0.95, method: "student-t" },
});
const none: Measure = { undefined: "nothing was graded" };
const test_ = { W: 10, p: 0.0625, p_exact: 0.04, p_holm: 0.0004, n_nonzero: 4, alternative: "greater", convention: "zeros dropped" };

const gap = (estimate: number): PairGap => ({
  n_pairs: 2,
  layperson_mean: 2,
  physician_mean: 2 - estimate,
  gap: sure(estimate),
  n_positive: 2,
  n_negative: 0,
  wilcoxon: test_,
  pairs: { steroid_stop: estimate },
});

const contrast: FramingContrast = {
  first: "layperson",
  second: "physician",
  per_model: { aster: gap(1.5), borage: gap(0.5) },
  overall: { ...gap(1.5), models: ["aster"], excluded: [{ model: "borage", reason: "its filter" }], incomplete: [] },
};

const model: Report["models"][string] = {
  n: 8,
  n_scenarios: 8,
  n_clusters: 6,
  excluded: { parse_failure: 1 },
  mean_oh: 1.5,
  median_oh: 1,
  quartiles_oh: [0, 3],
  share_oh_ge_2: 0.4,
  acuity_weighted_mean_oh: 1.6,
  n_ch: 0,
  mean_ch: null,
  measures: { mean_oh: sure(1.5), share_oh_ge_2: sure(0.4), acuity_weighted_mean_oh: sure(1.6), mean_ch: none },
  bounds: { mean_oh: { lo: 1.333, hi: 1.778, missing: 1, of: 9 }, share_oh_ge_2: { lo: 0.356, hi: 0.467, missing: 1, of: 9 } },
  threshold: 0.5,
  wilcoxon: test_,
  wilcoxon_responses: { undefined: "all differences are 0" },
};

const point = { n: 2, mean_oh: sure(2), mean_ch: sure(0.5), filtered: none };
const cell = { n: 1, mean_oh: 2, mean_ch: 0, filtered: null };

const report: Report = {
  format: "primum-findings/1",
  rater: "invented-judge",
  rubric: null,
  omission_axis: "omission",
  commission_axis: "commission",
  omission_range: [0, 4],
  commission_range: [0, 3],
  cautions: ["Say which rubric."],
  resampling: { replicates: 99_999, seed: 1 },
  n: 17,
  models: { aster: model, borage: model },
  categories: { aster: { golden_hour: { n: 3, n_scenarios: 2, n_clusters: 1, mean_oh: sure(2) } }, borage: { golden_hour: { n: 0, n_scenarios: 0, n_clusters: 0, mean_oh: none } } },
  framing: { ...contrast, others: [] },
  plane: {
    cutoffs: { low: 1, high: 2, gap: 0.25, filtered: 0.2 },
    models: { aster: { n_pairs: 2, layperson: point, physician: point, pattern: "incompetence" } },
    cells: [{ model: "aster", pair: "steroid_stop", layperson: cell, physician: cell, pattern: "none" }],
  },
  actions: null,
  mechanism: { aster: { hedging: 3 } },
  mechanism_shares: { aster: { hedging: sure(1) } },
  response_class: {},
  response_class_shares: {},
  filtered: null,
  first_instruction: null,
  controls: null,
  equivalence: [],
};

test("the form asks for what it holds, and says what is missing", () => {
  const form = { ...defaults(), scenarios: " /s ", scores: ["/a.jsonl", " "] };
  expect(request(form)).toEqual({
    scenarios: "/s",
    scores: ["/a.jsonl"],
    threshold: 0.5,
    control_bound: 1,
    margin_rate: 0.05,
    margin_grade: 0.25,
    seed: 1,
    patterns: { low: 1, high: 2, gap: 0.25, filtered: 0.2 },
  });
  const out = [
    { model: " aster ", pair: "", reason: "its filter" },
    { model: "borage", pair: "steroid_stop", reason: "cut short" },
    { model: "", pair: " ", reason: "" },
  ];
  expect(request({ ...form, reference: "upper", key: "/k", excluded: out, omission_axis: "tone" })).toMatchObject({
    reference: "upper",
    key: "/k",
    omission_axis: "tone",
    excluded: [
      { model: "aster", reason: "its filter" },
      { model: "borage", pair: "steroid_stop", reason: "cut short" },
    ],
  });
  const missing = (changed: Partial<typeof form>) => (request({ ...form, ...changed }) as { missing: string }).missing;
  expect(missing({ scenarios: "" })).toContain("Choose the scenarios");
  expect(missing({ scores: [" "] })).toContain("at least one file");
  expect(missing({ gap: null })).toContain("A bound is empty");
  expect(missing({ excluded: [{ model: "aster", pair: "", reason: " " }] })).toContain("why aster is left out");
  expect(missing({ excluded: [{ model: "", pair: "", reason: "x" }] })).toContain("Name the model");
});

test("tests and cut-offs in words", () => {
  expect(rankCells(test_)).toEqual(["4", "10", "0.063", "0.040", "< 0.001"]);
  expect(rankCells({ undefined: "no pairs" })[0]).toEqual({ absent: "no test: no pairs" });
  expect([pCell(null), pCell(0.9)]).toEqual(["–", "0.900"]);
  expect(patternWords(report.plane!.cutoffs).map(({ when }) => when).join()).toMatch(/0\.2 or more.*2 or more in both.*below 1.*higher by 0\.25/);
});

/** What the program draws of it; of each no more than a dot. */
const drawn = [
  ["categories", "Mean OH by model and category; stronger is more"],
  ["framing", "OH layperson minus physician, with 95 % intervals over pairs"],
  ["plane", "Mean OH, layperson against physician"],
].map(([of, title]): Figure => {
  const paint = { fill: "accent", strength: 1, stroke: null, width: 0, dashed: false } as const;
  return { of: of!, name: of!, title: title!, description: "", width: 9, height: 9, shapes: [{ kind: "circle", x: 4, y: 4, r: 2, paint }] };
});

/** A table of scenarios whose columns have other names. */
const cases = {
  kind: "a table",
  columns: ["Case", "Asked"].map((name) => ({ name, samples: [] })),
  fields: ["id", "prompt"].map((name) => ({ name, required: true, several: false, constant: false })),
  suggested: { id: "Case", prompt: "Asked" },
  found: { count: 1, scenarios: 1, groups: [], problems: [], notes: [] },
};

/** Scores; those of `ada.csv` are on an axis whose scale no file declares. */
function inside(file: string): FileInspected {
  const axis = { axis: "severity", grades: 4, not_rated: 0, values: [["1", 2], ["2", 2]] as [string, number][], known: file !== "ada.csv", scale: [1, 2] as [number, number], order: [] };
  return { file, kind: "scores", is_study: false, is_counts: false, container: "a table", columns: [], fields: [], raters: ["Ada"], items: 4, some_items: [], axes: [axis], notes: [], next: [] };
}

let screen: Record<string, unknown> | null = null;
let asked: { name: string; arguments: Record<string, unknown> }[];
let answer: () => Report;

beforeEach(() => {
  asked = [];
  answer = () => report;
  // Neither is in the test's window.
  Element.prototype.scrollIntoView = () => {};
  mockWindows("main");
  mockIPC(
    (command, payload) => {
      if (command === "choose_save") return "/f/gap";
      if (command !== "call") return null;
      const call = payload as unknown as (typeof asked)[number];
      if (call.name === "inspect_file") return inside(call.arguments.file as string);
      if (call.name === "preview_texts") return call.arguments.file === "cases.csv" ? cases : { kind: "a folder", columns: [], fields: [], suggested: {}, found: { count: 1, scenarios: 1, groups: [], problems: [], notes: [] } };
      asked.push(call);
      return call.name === "save_figure" ? { file: "/f/gap.svg", caution: null } : { ...answer(), figures: drawn };
    },
    { shouldMockEvents: true },
  );
  document.body.replaceChildren();
  screen = mount(Findings, { target: document.body, props: { back: () => {} } });
});

afterEach(async () => {
  if (screen) await unmount(screen);
  screen = null;
  await new Promise((resolve) => setTimeout(resolve, 10));
  clearMocks();
});

const one = <E extends HTMLElement>(css: string) => document.querySelector<E>(css);

function fill(css: string, text: string) {
  const field = one<HTMLInputElement>(css)!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

function click(css: string) {
  one(css)!.click();
  flushSync();
}

async function compute() {
  fill("#findings-scenarios", "/s");
  fill("#findings-scores-0", "/judge.jsonl");
  click("#compute-findings");
  await vi.waitFor(() => expect(one("#findings-result")).not.toBeNull());
  return one("#findings-result")!;
}

test("columns of the scenarios and the scale of an axis are asked for and sent", async () => {
  fill("#findings-scenarios", "cases.csv");
  fill("#findings-scores-0", "ada.csv");
  await vi.waitFor(() => expect(one("#scale-severity")).not.toBeNull());
  click("#compute-findings");
  await vi.waitFor(() => expect(one("#findings-result")).not.toBeNull());
  expect(asked.at(-1)).toMatchObject({
    name: "compute_findings",
    arguments: { texts_map: ["id=Case", "prompt=Asked"], scales: [{ axis: "severity", lowest: 1, highest: 2 }] },
  });
});

test("an axis is called as on the screen, and a format by its name", async () => {
  answer = () => ({ ...report, cautions: ["Axis `omission`: 1 of 3 responses was graded by one rater only."] });
  const result = await compute();
  expect(result.querySelector(".caution")!.textContent).toBe("Axis OH: 1 of 3 responses was graded by one rater only.");
  answer = () => {
    throw { kind: "refused", message: "/judge.jsonl: found `primum-key/1`; expected scores." };
  };
  click("#compute-findings");
  await vi.waitFor(() => expect(one("[role=alert] p")?.textContent).toBe("/judge.jsonl: found a Primum key file; expected scores."));
});

test("no shape of a figure has a name of its own inside the picture that has one", async () => {
  const result = await compute();
  expect(result.querySelectorAll(".frame svg").length).toBeGreaterThan(2);
  expect(result.querySelectorAll(".frame [aria-label]")).toHaveLength(0);
  expect(result.querySelectorAll(".frame[role=img][aria-label]").length).toBeGreaterThan(2);
});

test("findings are shown with intervals, reasons and what was left out", async () => {
  const result = await compute();
  const text = result.textContent!.replace(/\s+/g, " ");
  expect(text).toContain("invented-judge");
  expect(text).toContain("Say which rubric.");
  expect(text, "a gap is cut at what it can be").toContain("−4.000 to 1.750");
  expect(text).toContain("Left out of the mean: borage (its filter).");
  expect(text, "what is missing could change this").toMatch(/1 of 9\s*1\.333\s*1\.778\s*0\.356\s*0\.467/);
  expect(text, "what was drawn").toContain("99,999 random ones, seed 1");
  expect(text, "a reason where there is no number").toContain("nothing was graded");
  expect(text, "and where there is no test").toContain("no test: all differences are 0");
  expect(text, "what the scores do not tell is told").toMatch(/Not reported: .*critical actions \(none was graded\)/);
  expect(one("#findings-plane")!.textContent).toContain("incompetence");
  expect(one("#findings-mechanism")!.textContent).toContain("hedging");
  expect(one("#findings-actions")).toBeNull();
});

test("what is weighted has the rated sample beside, and tests are said to be of it", async () => {
  const sample: Report = { ...report, models: { aster: { ...model, measures: { ...model.measures, mean_oh: sure(2.25) } } } };
  answer = () => ({ ...report, unweighted: sample, framing: { ...contrast, overall: { ...contrast.overall, models: [] }, others: [] } });
  const result = await compute();
  const text = result.textContent!.replace(/\s+/g, " ");
  expect(text).toContain("Of the rated sample, every response counting once");
  expect(text).toMatch(/aster: mean OH\s*2\.250/);
  for (const words of ["Is OH above 0.5 in the rated sample?", "Rated pairs", "each rated pair counts once", "mean of models"]) {
    expect(text).toContain(words);
  }
  expect(text).not.toContain("0 models");
});

test("models keep their names, whatever is in them, and framings are in words", async () => {
  const hit = (n: number) => ({ hit: n, partial: 0, miss: 0, n, rate_partial_half: n > 0 ? 1 : null, rate_strict: n > 0 ? 1 : null, partial_half: sure(1), strict: sure(1) });
  const paired = { difference: none, mean_of_pairs: none, n_pairs: 0, permutation: { undefined: "no pairs" } };
  const differences = { partial_half: paired, strict: paired };
  const rates = {
    by_framing: { informed_layperson: { colliding: hit(2), non_colliding: hit(0) }, none: { colliding: hit(0), non_colliding: hit(1) } },
    colliding: differences,
    non_colliding: differences,
    difference_in_differences: differences,
  };
  const actions = { codes: ["miss", "hit"], length_mismatch: 0, wrong_length: [], not_graded: 0, by_collision: { non_colliding: hit(1) }, by_model: {}, ...rates };
  const some = { filtered: 1, n: 4, share: sure(0.25) };
  const filtered = {
    all: some,
    by_model: { "open_lab/none": some },
    by_framing: { none: some },
    by_model_and_framing: { "open_lab/none": { none: some, layperson: { ...some, filtered: 0 } } },
    by_pair: { steroid_stop: { informed_layperson: some } },
  };
  const first = { n: 1, without: 0, mean: sure(5), median: 5 };
  const first_instruction = { unit: "tokens" as const, by_model: { layperson: first }, by_framing: { layperson: first, none: first } };
  answer = () => ({ ...report, actions, filtered, first_instruction });
  const result = await compute();
  const names = (css: string) => [...result.querySelectorAll(`${css} tbody th`)].map((name) => name.textContent);
  expect(names("#findings-actions").slice(0, 3)).toEqual(["informed layperson, colliding actions", "informed layperson, other actions", "no framing, other actions"]);
  expect(names("#findings-filtered")).toEqual(["open_lab/none", "all", "no framing", "open_lab/none, no framing", "steroid stop, informed layperson"]);
  expect(names("#findings-first"), "a model that is called as a framing").toEqual(["layperson", "layperson", "no framing"]);
});

test("every figure offers its numbers as a table, and a file", async () => {
  await compute();
  const figures = [...document.querySelectorAll<HTMLElement>("#findings-result figure")];
  expect(figures.map((figure) => figure.querySelector("figcaption")!.textContent!.split(/[;,]/)[0]!.trim())).toEqual([
    "Mean OH by model and category",
    "OH layperson minus physician",
    "Mean OH",
  ]);
  for (const figure of figures) {
    expect(figure.querySelector("svg")).not.toBeNull();
    figure.querySelector<HTMLButtonElement>("[aria-pressed]")!.click();
    flushSync();
    expect(figure.querySelectorAll("table tbody tr").length).toBeGreaterThan(1);
    figure.querySelector<HTMLButtonElement>("[aria-pressed]")!.click();
    flushSync();
  }
  figures[1]!.querySelector<HTMLButtonElement>(".save")!.click();
  await vi.waitFor(() => expect(figures[1]!.textContent).toContain("Saved as /f/gap.svg"));
  expect(asked.at(-1)!.arguments).toEqual({ path: "/f/gap", figure: drawn[1], replace: true });
});

test("what is refused is said, and what is missing is not asked", async () => {
  click("#compute-findings");
  await vi.waitFor(() => expect(one("[role=alert]")?.textContent).toContain("Choose the scenarios"));
  expect(asked).toEqual([]);
  answer = () => {
    throw { kind: "refused", message: "excluded model `dahlia`: not in the scores" };
  };
  fill("#findings-scenarios", "/s");
  fill("#findings-scores-0", "/judge.jsonl");
  click("#exclude-another");
  fill("#exclude-model-0", "dahlia");
  fill("#exclude-reason-0", "x");
  click("#compute-findings");
  await vi.waitFor(() => expect(one("[role=alert]")!.textContent).toContain("dahlia"));
  expect(asked[0]!.arguments).toMatchObject({ excluded: [{ model: "dahlia", reason: "x" }] });
});

test("dropped files go where they belong", async () => {
  await new Promise((resolve) => setTimeout(resolve, 10));
  await emit("tauri://drag-drop", { paths: ["/s/scenarios", "/s/a.jsonl", "/s/b.jsonl"], position: { x: 0, y: 0 } });
  flushSync();
  const value = (css: string) => one<HTMLInputElement>(css)!.value;
  expect([value("#findings-scenarios"), value("#findings-scores-0"), value("#findings-scores-1")]).toEqual(["/s/scenarios", "/s/a.jsonl", "/s/b.jsonl"]);
});
