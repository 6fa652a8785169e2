import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FileInspected } from "../src/contract/FileInspected";
import type { JudgeAxis } from "../src/contract/JudgeAxis";
import type { JudgeReport } from "../src/contract/JudgeReport";
import type { Measure } from "../src/contract/Measure";
import type { TextsPreview } from "../src/contract/TextsPreview";
import type { PairMeasures } from "../src/contract/PairMeasures";
import Judge from "../src/judge/Judge.svelte";
import { none, place, request } from "../src/judge/request";
import { cutRows, errorRows, forestRows, overviewRows, sampleRows } from "../src/judge/rows";
import { boundsWords, ceilingWords, claimWords, countWords, gradesOf, missMethod, missWords, ungradedWords } from "../src/judge/words";
import { amount } from "../src/words/count";
import { reach } from "../src/words/rows";

const measure = (estimate: number, lo: number, hi: number): Measure => {
  return { estimate, se: 0.1, interval: { lo, hi, level: 0.95, method: "wilson" } };
};
const confusion = [
  [9, 1, 0],
  [7, 1, 0],
  [4, 1, 0],
];
const kappa = measure(0.1, -0.1, 0.3);
const agreement: PairMeasures = {
  n: 23, intervals: "formula", table: confusion, exact: kappa, within_1: kappa, mean_difference: kappa, kappa,
  kappa_linear: kappa, kappa_quadratic: kappa, pabak: kappa, ac1: kappa, ac2: kappa, alpha_ordinal: kappa,
};
const beside = { humans: measure(0.8, 0.6, 0.9), judge: kappa, difference: measure(-0.7, -0.9, -0.4) };
const missed = (number: number) => ({
  item: `scenario-${number}/aster/0`, reference: 2, reference_name: "2", judge: 0, judge_name: "0", humans: { Ada: 2, Ben: null }, scenario: `scenario-${number}`, model: "aster",
});
const axis: JudgeAxis = {
  label: "Omission harm",
  findings: ["The data say little about kappa"],
  categories: [0, 1, 2],
  grade_names: ["0", "1", "2"],
  miss_rule: "A response is missed if the judge gives it 0 and humans give it a worse one",
  reference: "the median of 2 raters",
  reference_rule: "median",
  reference_from: [1, 23],
  unjudged: 3,
  unjudged_items: ["x", "y", "z"],
  unrated_items: ["a", "b", "c", "d", "e"],
  by_human: {},
  strata: [],
  missed: Array.from({ length: 11 }, (_, place) => missed(place + 1)),
  shared: 24,
  unrated: 5,
  excluded: { parse_failure: 1 },
  ungraded: [{ reason: "parse_failure", items: 2, reference: [0, 0, 1] }],
  agreement,
  human_ceiling: { n: 22, kappa_quadratic: beside, kappa: beside, exact: beside },
  difference: beside.difference,
  bias: measure(-0.6, -0.9, -0.3),
  miss_rate: measure(11 / 13, 0.58, 0.96),
  miss_rate_n: 13,
  confusion,
  direction: [{ grade: 0, lower: 0, same: 9, higher: 1 }],
  thresholds: [1, 2].map((grade) => ({
    grade, name: String(grade), range: `${grade} or more`, sensitivity: kappa, specificity: kappa, positive_predictive_value: kappa, negative_predictive_value: kappa,
    n: grade === 1 ? { above: 13, below: 10, judged_above: 3, judged_below: 20 } : { above: 5, below: 18, judged_above: 0, judged_below: 23 },
    corrected_share: { undefined: "no item was graded by the judge alone" },
  })),
  alt_test: { undefined: "2 annotators with at least 30 items" },
  ppi: { undefined: "no item was graded by the judge alone" },
  corrected_mean: { undefined: "no item was graded by the judge alone" },
};
const report: JudgeReport = {
  format: "primum-judge/1",
  humans: ["Ada", "Ben"],
  cautions: [],
  resampling: { replicates: 2000, seed: 1 },
  judges: { robot: { axes: { omission: axis } } },
};

test("the first sentence counts what is missed, and says how sure that is", () => {
  const narrow = "\u202f";
  expect(missWords({ ...axis, confusion: [[9, 1, 0], [7, 1, 0], [4, 1, 0]] })).toBe(
    `Miss rate 85${narrow}% [58, 96]: the judge gives 0 to 11 of the 13 responses that the median of 2 humans grades worse than 0.`,
  );
  expect(missMethod(axis)).toBe(`95${narrow}% interval: Wilson score; n = 13`);
  const harmless = [[9, 1, 0], [0, 0, 0], [0, 0, 0]];
  const nothing = { undefined: "no items" };
  expect(missWords({ ...axis, miss_rate: nothing, miss_rate_n: 0, confusion: harmless, agreement: { ...agreement, n: 10 } })).toBe(
    "The median of 2 humans gives none of the 10 responses a worse grade than 0: there was nothing for the judge to miss.",
  );
  expect(missWords({ ...axis, agreement: { ...agreement, n: 0 } })).toContain("no response in common");
  expect(missWords({ ...axis, reference_rule: "average" })).toBe(
    `The judge gave 0 to 85${narrow}% [58, 96] of the responses that the humans graded worse than 0 (humans weighted equally).`,
  );
  expect(missWords({ ...axis, unweighted: axis })).toContain(`Miss rate 85${narrow}% [58, 96], weighted by how`);
});

test("the ceiling sentence claims no more than its interval does", () => {
  const between = (lo: number, hi: number) => {
    const kappa_quadratic = { ...beside, difference: measure((lo + hi) / 2, lo, hi) };
    return ceilingWords({ human_ceiling: { n: 22, kappa_quadratic, kappa: beside, exact: beside } });
  };
  expect(between(-0.9, -0.1)).toMatch(/^It agrees less with the humans than they do with each other.*22 responses/);
  expect(between(0.1, 0.3)).toMatch(/^It agrees more/);
  expect(between(-0.2, 0.1)).toMatch(/^These data leave open/);
  expect(ceilingWords({ human_ceiling: { undefined: "one human" } })).toContain("cannot be said: one human.");
});

test("grades are called as the person calls them", () => {
  const worded = { ...axis, grade_names: ["none", "mild", "severe"] };
  expect(missWords(worded)).toContain("the judge gives none to 11 of the 13 responses that the median of 2 humans grades worse than none.");
  expect(gradesOf(worded, worded.missed[0]!)).toBe("Ada severe, Ben no grade");
});

test("whatever does not count is counted", () => {
  expect(countWords(axis)).toEqual([
    "23 of 24 shared responses count. Left out: 1 (the judge’s answer could not be read).",
    "5 responses graded by the judge alone (a, b, c and 2 more); 3 responses of the humans not in the judge’s file (x, y and z).",
    "Graded: 1 response by 1 human, 23 responses by 2 humans.",
  ]);
  expect(countWords({ ...axis, reference_rule: "average" })).toContain(
    "Each human counts equally: agreement is with one drawn at random for each response.",
  );
  const ungraded = (items: number, of: number[], raters = 2) =>
    ungradedWords({ reason: "parse_failure", items, reference: of }, { ...axis, reference_rule: "average", reference_from: Array<number>(raters).fill(0) });
  const not = (items: number) => `Not graded by the judge: ${items} (the judge’s answer could not be read); `;
  expect(ungraded(2, [0, 0, 1])).toBe(`${not(2)}humans grade 1 as 2`);
  expect(ungraded(1, [0, 0.5, 0.5])).toBe(`${not(1)}one human gave it 1, the other 2`);
  expect(ungraded(1, [0, 0.5, 0.5], 4)).toBe(`${not(1)}the humans’ grades: shares 0.5 at 1, 0.5 at 2`);
  expect(ungraded(2, [1 / 3, 2 / 3, 1], 3)).toBe(`${not(2)}the humans’ grades: shares 0.33 at 0, 0.67 at 1, 1 at 2`);
  const bounds = { items: 3, share: 0.125, miss_rate: { lo: 0.375, hi: 2 / 3 }, bias: { lo: -1, hi: -0.5 } };
  expect(boundsWords(bounds)).toBe(
    "3 shared responses (13\u202f%) without a grade: whatever grades they had, the miss rate would lie between 0.375 and 0.667, the bias between \u22121.000 and \u22120.500",
  );
  expect([amount(3), amount(1.5), amount(1 / 3)]).toEqual(["3", "1.5", "0.33"]);
  expect(gradesOf(axis, axis.missed[0]!)).toBe("Ada 2, Ben no grade");
});

test("a claim reads as it was registered", () => {
  const held = { found: kappa, met_by_estimate: true, met_by_interval: null, axis: "omission", value: 0.2 } as const;
  expect(claimWords({ ...held, quantity: "miss_rate", relation: "at_most" })).toBe("miss rate at most 0.2");
  expect(claimWords({ ...held, quantity: "sensitivity", grade: 2, grade_range: "3 or worse", relation: "at_least" })).toBe("sensitivity at 3 or worse at least 0.2");
});

test("every line of a table has the n that is behind it", () => {
  expect(forestRows(axis).map(({ n }) => n)).toEqual([22, 22, 22, 23]);
  expect(forestRows({ ...axis, human_ceiling: { undefined: "one" } }).map(({ name }) => name)).toEqual(["Judge with the median of 2 humans"]);
  expect(errorRows(axis).map(({ n }) => n)).toEqual([13, 23]);
  // Of 23 the humans put 13 at 1 or more, and the judge 3; corrected shares are of all that it graded.
  expect(cutRows(axis, axis.thresholds[0]!).map(({ n }) => n)).toEqual([13, 10, 3, 20, 28]);
  expect(cutRows(axis, axis.thresholds[1]!).map(({ n }) => n)).toEqual([5, 18, 0, 23, 28]);
  expect(sampleRows(axis)).toEqual([]);
  expect(sampleRows({ ...axis, unweighted: axis }).map(({ n }) => n)).toEqual([23, 23, 13, 13, 5, 23]);
  const two = { ...report, judges: { ...report.judges, android: { axes: { omission: axis } } } };
  expect(overviewRows(two).misses.map(({ name }) => name)).toEqual(["Omission harm: robot", "Omission harm: android"]);
  const wide = { name: "d", measure: measure(-1.1, -1.4, -0.8), limits: [-2, 2] as const };
  expect(reach([wide])).toEqual([-2, 1]);
});

test("only what was filled in is asked", () => {
  const files = none();
  expect(request(files, false)).toEqual({ missing: "Give a human’s file and a judge’s." });
  files.humans = [" A.json ", ""];
  expect(request(files, false)).toEqual({ missing: "Give the judge’s file." });
  files.judges = ["judge.jsonl"];
  files.responses = "responses.jsonl";
  expect(request(files, true)).toEqual({ humans: ["A.json"], judges: ["judge.jsonl"], intervals: "auto", reference: "average", across_rubrics: true });
  files.key = "key.json";
  expect(request(files, false)).toMatchObject({ key: "key.json" });
});

test("dropped files go where their names say", () => {
  const files = none();
  for (const path of ["/s/A.ratings.json", "/s/B.ratings.json", "/s/C.ratings.json", "/s/judge.jsonl", "/s/key.json"]) place(files, path);
  for (const path of ["/s/responses.csv", "/s/thresholds.json", "/s/scenarios"]) place(files, path);
  expect(files.humans).toEqual(["/s/A.ratings.json", "/s/B.ratings.json", "/s/C.ratings.json"]);
  expect([files.judges, files.key, files.responses, files.thresholds, files.scenarios]).toEqual([
    ["/s/judge.jsonl"], "/s/key.json", "/s/responses.csv", "/s/thresholds.json", "/s/scenarios",
  ]);
});

/** What is in a file: grades on a scale that only a person knows where its name says so. */
function inside(file: string): FileInspected {
  const quality = { axis: "quality", grades: 4, not_rated: 0, known: false, order: [], scale: [1, 5] as [number, number], values: [["1", 2], ["5", 2]] as [string, number][] };
  const axes = file.includes("quality") ? [quality] : [];
  return { file, kind: "scores", is_study: false, is_counts: false, container: "a table", columns: [], fields: [], raters: ["Ada"], items: 4, some_items: [], axes, notes: [], next: [] };
}

let screen: Record<string, unknown>;
let asked: { name: string; arguments: Record<string, unknown> }[];
let answer: { resolve: (report: JudgeReport) => void; reject: (failure: unknown) => void };

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  // jsdom has no layout to scroll, and measures no text.
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.scrollBy = () => {};
  asked = [];
  mockWindows("main");
  mockIPC(
    (command, payload) => {
      if (command === "cancel") answer.reject({ kind: "cancelled", message: "Cancelled." });
      if (command !== "call") return null;
      const call = payload as unknown as (typeof asked)[number];
      if (call.name === "inspect_file") return inside(call.arguments.file as string);
      if (call.name === "preview_texts") return textsSeen(call.arguments as never);
      asked.push(call);
      if (call.name === "show_missed") return texts(call.arguments as never);
      return new Promise((resolve, reject) => (answer = { resolve: (found) => resolve({ ...found, figures: [] }), reject }));
    },
    { shouldMockEvents: true },
  );
  document.body.replaceChildren();
  screen = mount(Judge, { target: document.body, props: { back: () => {} } });
  flushSync();
});

afterEach(async () => {
  await unmount(screen);
  // Listeners end a moment after their screen.
  await new Promise((resolve) => setTimeout(resolve, 10));
  clearMocks();
});

/** A table of other names; other files say themselves what they hold. */
function textsSeen({ file }: { file: string }): TextsPreview {
  const found = { count: 1, scenarios: 1, groups: [], problems: [], notes: [] };
  if (file !== "cases.csv") return { kind: "a file", columns: [], fields: [], suggested: {}, found };
  const field = (name: string) => ({ name, required: true, several: false, constant: false });
  const columns = ["Case", "Asked"].map((name) => ({ name, samples: [] }));
  return { kind: "a table", columns, fields: [field("id"), field("prompt")], suggested: { id: "Case", prompt: "Asked" }, found };
}

function texts({ items, responses }: { items: string[]; responses?: string }) {
  const text = (item: string) => `Text of ${item}.`;
  const response = (item: string) => {
    if (responses === undefined) return { undefined: "no file of responses was given" };
    const formatted = [{ kind: "paragraph", content: [{ kind: "text", text: text(item), start: 0 }] }];
    return { text: text(item), formatted, filtered: false, empty: false };
  };
  const asked = { undefined: "no folder of scenarios was given" };
  return { texts: Object.fromEntries(items.map((item) => [item, { asked, response: response(item), notes: [{ human: "Ada", note: `Why ${item}.` }] }])), cautions: [] };
}

const one = <E extends HTMLElement>(css: string) => document.querySelector<E>(css);

function fill(css: string, text: string) {
  const field = one<HTMLInputElement>(css)!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

async function validate() {
  fill("#human-1", "A.json");
  fill("#judge-1", "judge.jsonl");
  one("#validate")!.click();
  await vi.waitFor(() => expect(asked.at(-1)?.name).toBe("validate_judge"));
}

function press(key: string, code = key) {
  window.dispatchEvent(new KeyboardEvent("keydown", { key, code }));
  flushSync();
}

test("an empty screen says what to do, and asks nothing before it can", async () => {
  expect(one("#judge-needs")!.textContent).toContain("What to give");
  expect(one<HTMLButtonElement>("#validate")!.disabled).toBe(true);
  expect(document.body.textContent).toContain("Give a human’s file and a judge’s.");
  fill("#human-1", "A.json");
  expect(document.body.textContent).toContain("Give the judge’s file.");
  fill("#judge-1", "judge.jsonl");
  expect(one<HTMLButtonElement>("#validate")!.disabled).toBe(false);
});

test("a scale that no file declares is asked for, and may run the other way", async () => {
  fill("#human-1", "quality-A.csv");
  fill("#judge-1", "quality-judge.csv");
  await vi.waitFor(() => expect(one("#scale-quality")).not.toBeNull());
  fill("#lowest-quality", "5");
  expect(document.body.textContent).toContain("Give the lowest and the highest grade of quality.");
  expect(one<HTMLButtonElement>("#validate")!.disabled).toBe(true);
  fill("#highest-quality", "1");
  one("#validate")!.click();
  await vi.waitFor(() => expect(asked.at(-1)?.arguments).toMatchObject({ scales: [{ axis: "quality", lowest: 5, highest: 1 }], map: [] }));
});

test("the report begins with what the judge misses, and says what cannot be said", async () => {
  await validate();
  expect(asked.at(-1)!.arguments).toEqual({
    axes: [], humans: ["A.json"], judges: ["judge.jsonl"], intervals: "auto", reference: "average", across_rubrics: false, scales: [], map: [], texts_map: [],
  });
  const held = { found: kappa, met_by_estimate: false, met_by_interval: null, judge: "robot", axis: "omission", quantity: "miss_rate", relation: "at_most", value: 0.2 } as const;
  answer.resolve({ ...report, cautions: ["The rubrics differ."], registered: { digest: "sha256:0", note: "", thresholds: [held] } });
  await vi.waitFor(() => expect(one("#judge-result .first")?.textContent).toContain("11 of the 13 responses"));
  expect(one("#judge-result")!.textContent).toContain("The data say little about kappa.");
  const text = one("#judge-result")!.textContent!;
  for (const words of [
    "The rubrics differ.", "It cannot be run: 2 annotators", "Not computed: no item was graded", "Not graded by the judge: 2",
    "Difference, judge − humans", "not met", "undefined", "and 6 more",
  ]) {
    expect(text).toContain(words);
  }
  expect(one("#judge-needs")).toBeNull();
  one<HTMLInputElement>('input[name="cut-1-omission"][value="1"]')!.click();
  flushSync();
  expect(one("#judge-result")!.textContent).toContain("Cut below 2");
});

const constant = { grade: 0, winning_rate: 1, advantage: measure(0.93, 0.9, 0.97), passed: true };
const contest = {
  winning_rate: 1, passed: false, uninformative: true, constant, advantage: measure(0.93, 0.9, 0.97), units: 120, left_out: [],
  humans: [{ rater: "Ada", n: 120, judge: 0.94, human: 0.97, p: 0, p_adjusted: 0, won: true }],
};
const fails = { ...contest, winning_rate: 0, uninformative: false, constant: { ...constant, passed: false } };

test("a test that a judge passes which sees nothing is not called passed", async () => {
  await validate();
  const by_grade = [{ grade: 1, n: 32, judge: measure(0.2, 0.1, 0.3), human: 0.95, winning_rate: null }];
  const alt_test = { epsilon: 0.2, single_expert: false, exact: contest, distance: contest, balanced: { exact: fails, distance: fails }, by_grade };
  answer.resolve({ ...report, judges: { robot: { axes: { omission: { ...axis, alt_test } } } } });
  await vi.waitFor(() => expect(one(".replacement")?.textContent).toContain("Cannot tell this judge from one that always gives 0"));
  const text = one(".replacement")!.textContent!;
  expect(text).not.toContain("Passes");
  for (const words of ["A judge that always gives 0 passes too", "Does not pass by exact agreement, balanced", "too few"]) {
    expect(text.replace(/\s+/g, " ")).toContain(words);
  }
});

test("different rubrics are asked about", async () => {
  await validate();
  answer.reject({ kind: "different_rubrics", message: "Gated and structured." });
  await vi.waitFor(() => expect(one("[role=alert]")?.textContent).toContain("Gated and structured."));
  one("#compare-anyway")!.click();
  await vi.waitFor(() => expect(asked.at(-1)!.arguments["across_rubrics"]).toBe(true));
  answer.resolve(report);
  await vi.waitFor(() => expect(one("#judge-result")).not.toBeNull());
});

test("long work shows how far it is, and can be cancelled without a word of blame", async () => {
  await validate();
  await vi.waitFor(() => expect(one("#long-work")).not.toBeNull());
  await emit("progress", { done: 3, total: 12, label: "Computing agreement" });
  await vi.waitFor(() => expect(one<HTMLProgressElement>("#long-work progress")!.value).toBe(3));
  one("#cancel-work")!.click();
  await vi.waitFor(() => expect(one("#long-work")).toBeNull());
  expect(one("[role=alert]")).toBeNull();
  expect(one<HTMLInputElement>("#human-1")!.value).toBe("A.json");
});

test("what was missed is read by keys, and the report is as it was left", async () => {
  fill("#judge-responses", "responses.jsonl");
  await validate();
  answer.resolve(report);
  await vi.waitFor(() => expect(one("#read-1-omission")).not.toBeNull());
  one("#read-1-omission")!.click();
  await vi.waitFor(() => expect(one("#missed-response")?.textContent).toContain("Text of scenario-1/aster/0."));
  expect(one("#missed-grades")!.textContent).toContain("Benno grade");
  expect(one("#missed-notes")!.textContent).toContain("Ada: Why scenario-1/aster/0.");
  expect(asked.at(-1)!.arguments).toMatchObject({ items: ["scenario-1/aster/0"], humans: ["A.json"] });
  press("j", "KeyJ");
  press("j", "KeyJ");
  expect(one("#missed-place")!.textContent).toBe("3 of 11");
  const list = one("#missed-reader [role=listbox]")!;
  expect(list.getAttribute("aria-activedescendant")).toBe("missed-2");
  await vi.waitFor(() => expect(one("#missed-response")?.textContent).toContain("Text of scenario-3/aster/0."));
  press("k", "KeyK");
  expect(one("#missed-place")!.textContent).toBe("2 of 11");
  expect(one<HTMLElement>("main.page")!.hidden).toBe(true);
  press("Escape");
  await vi.waitFor(() => expect(one("#missed-reader")).toBeNull());
  expect(one<HTMLElement>("main.page")!.hidden).toBe(false);
});

test("scenarios in a table are read by the columns that hold them, which can be chosen", async () => {
  fill("#judge-scenarios", "cases.csv");
  await validate();
  expect(asked.at(-1)!.arguments).toMatchObject({ scenarios: "cases.csv", texts_map: ["id=Case", "prompt=Asked"] });
  expect(one("#found-scenarios")!.textContent).toMatch(/a table ·\s+1 scenario/);
  answer.resolve(report);
  await vi.waitFor(() => expect(one("#read-1-omission")).not.toBeNull());
  one("#read-1-omission")!.click();
  await vi.waitFor(() => expect(asked.at(-1)!).toMatchObject({ name: "show_missed", arguments: { scenarios: "cases.csv", texts_map: ["id=Case", "prompt=Asked"] } }));
});

test("a text that is missing is asked for where it is missed", async () => {
  await validate();
  answer.resolve(report);
  await vi.waitFor(() => expect(one("#read-1-omission")).not.toBeNull());
  one("#read-1-omission")!.click();
  await vi.waitFor(() => expect(one("#missed-response")?.textContent).toContain("no file of responses was given"));
  fill("#reader-responses", "responses.jsonl");
  await vi.waitFor(() => expect(one("#missed-response")?.textContent).toContain("Text of scenario-1/aster/0."));
});
