import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FileInspected } from "../src/contract/FileInspected";
import type { ItemsPlanned } from "../src/contract/ItemsPlanned";
import type { PlanItems } from "../src/contract/PlanItems";
import type { StudyPlanned } from "../src/contract/StudyPlanned";
import Plan from "../src/plan/Plan.svelte";
import { goalFault } from "../src/plan/goal";
import { defaults, designEffect, request, total } from "../src/plan/request";
import { numbers, studyRequest } from "../src/plan/study-request";
import { coefficientName, percentage, SUBJECTS, unitName } from "../src/plan/words";

test("the defaults are a whole plan", () => {
  expect(request(defaults())).toEqual({
    coefficient: { kind: "kappa", weights: "quadratic" },
    expected: {
      kind: "shares",
      shares: [0.45, 0.25, 0.15, 0.1, 0.05],
      agreement: { kind: "coefficient", value: 0.6 },
      disagreements: "anywhere",
    },
    goal: { kind: "half_width", width: 0.15, assurance: 0.8 },
    clusters: { kind: "scenarios", items: 1, correlation: 0.1 },
  });
});

test("only the fields that apply are asked for", () => {
  const form = { ...defaults(), coefficient: "alpha" as const, formula: true, width: null };
  expect(request(form)).toEqual({ missing: "Fill in: half-width." });
  const plan = request({ ...form, goal: "power", agreement: "exact" }) as PlanItems;
  expect(plan.coefficient).toEqual({ kind: "alpha", distance: "ordinal" });
  expect(plan.goal).toEqual({ kind: "power", null: 0.4, power: 0.8 });
  expect(plan.expected).toMatchObject({ agreement: { kind: "exact", value: 0.7 } });
  expect(plan.method).toBeUndefined();
  expect(request({ ...defaults(), formula: true })).toMatchObject({ method: "formula" });
  expect(request({ ...defaults(), assurance: null })).toEqual({ missing: "Fill in: assurance." });
  const reverse = { ...defaults(), goal: "items" as const };
  expect(request(reverse)).toMatchObject({ goal: { kind: "items", items: 100, null: 0.4 } });
  expect((request({ ...reverse, null: null }) as PlanItems).goal).toEqual({ kind: "items", items: 100 });
});

test("a pilot takes the place of the shares", () => {
  const pilot = { ...defaults(), source: "pilot" as const, shares: [null, 1] };
  expect(request(pilot)).toEqual({ missing: "Choose the pilot’s file." });
  expect(request({ ...pilot, pilot: "p.csv", pilotAxis: " omission " })).toMatchObject({ expected: { kind: "pilot", file: "p.csv", axis: "omission" } });
  expect(request({ ...pilot, pilot: " pilots/p.json " })).toMatchObject({ expected: { kind: "pilot", file: "pilots/p.json" } });
});

test("shares that leave something out are refused by their sum", () => {
  expect(total([33.3, 33.3, 33.3])).toBe(99.9);
  expect(request({ ...defaults(), shares: [33.3, 33.3, 33.3] })).not.toHaveProperty("missing");
  expect(request({ ...defaults(), shares: [50, 30] })).toEqual({
    missing: "The shares add up to 80 %; they must add up to 100 %.",
  });
  expect(request({ ...defaults(), shares: [50, null] })).toEqual({ missing: "Fill in: share of grade 1." });
});

test("the design effect, and words", () => {
  expect(designEffect({ ...defaults(), perScenario: 4, correlation: 0.1 })).toBeCloseTo(1.3, 12);
  expect(designEffect({ ...defaults(), perScenario: null })).toBeNull();
  expect(percentage(0.8)).toBe("80 %");
  expect(percentage(0.9999)).toBe("> 99.9 %");
  expect(coefficientName({ coefficient: "ac2", weights: "unweighted" })).toBe("AC1");
});

test("every other study is whole by its defaults", () => {
  const form = { ...defaults(), goal: "power" as const };
  const clusters = { kind: "scenarios", items: 1, correlation: 0.1 };
  expect(studyRequest({ ...form, subject: "miss_rate" })).toEqual({
    subject: { kind: "miss_rate", rate: 0.1, prevalence: 0.3 },
    target: { kind: "below", value: 0.2, power: 0.8 },
    clusters,
  });
  expect(studyRequest({ ...form, subject: "framing_gap" })).toEqual({
    subject: { kind: "framing_gap", gaps: { kind: "normal", mean: 0.3, deviation: 0.8 } },
    target: { kind: "above", value: 0, power: 0.8 },
  });
  expect(studyRequest({ ...form, subject: "judge_difference" })).toMatchObject({
    subject: { of: "kappa_quadratic", humans: 0.6, judge: 0.55 },
    target: { kind: "above", value: -0.15, power: 0.8 },
  });
  expect(studyRequest({ ...form, subject: "raters" })).toMatchObject({
    subject: { raters: [2, 3, 4, 5, 6], agreement: { kind: "coefficient", value: 0.6 } },
    target: { kind: "above", value: 0.4, power: 0.8 },
  });
  const rate = { ...form, subject: "miss_rate" as const, goal: "half_width" as const, width: 10 };
  expect(studyRequest(rate)).toMatchObject({ target: { kind: "half_width", width: 0.1, assurance: 0.8 } });
  expect(SUBJECTS.map(([subject]) => subject)).toHaveLength(5);
});

test("other studies say what is missing", () => {
  const form = defaults();
  const gap = { ...form, subject: "framing_gap" as const, spread: "pilot" as const };
  expect(studyRequest(gap)).toEqual({ missing: "Type the gaps of the pilot’s pairs." });
  expect(studyRequest({ ...gap, pilotGaps: "0 x 1" })).toMatchObject({ missing: expect.stringContaining("“x”") as string });
  expect(numbers("0, 1;0.5 -1")).toEqual([0, 1, 0.5, -1]);
  const raters = { ...form, subject: "raters" as const };
  expect(studyRequest({ ...raters, fewestRaters: 1 })).toMatchObject({ missing: expect.stringContaining("two raters") as string });
  expect(studyRequest({ ...raters, mostRaters: null })).toEqual({ missing: "Fill in: most raters." });
  expect(unitName("pairs", 1)).toBe("pair");
});

test("what no study can show, or every study, is refused in its field", () => {
  const form = defaults();
  const power = { ...form, goal: "power" as const };
  for (const [subject] of SUBJECTS) {
    const width = subject === "miss_rate" ? 10 : 0.15;
    expect(goalFault({ ...form, subject, width }), subject).toBeNull();
    expect(goalFault({ ...power, subject }), subject).toBeNull();
    expect(goalFault({ ...form, subject, width: 0 }), subject).toBe("Give a number above 0.");
  }
  expect(goalFault({ ...form, width: 1 })).toBe("No interval is longer than ±1; give less.");
  expect(goalFault({ ...form, subject: "miss_rate", width: 50 })).toContain("±50");
  expect(goalFault({ ...form, subject: "framing_gap", width: 3 })).toBeNull();
  const same = "0.6 is expected; the two must differ: give a lower value.";
  expect(goalFault({ ...power, null: 0.6 })).toBe(same);
  expect(goalFault({ ...power, goal: "items", null: 0.6 })).toBe(same);
  expect(goalFault({ ...power, null: 0.6, source: "pilot" }), "the pilot's kappa is not known here").toBeNull();
  expect(goalFault({ ...power, subject: "raters", null: 0.6 })).toBe(same);
  expect(goalFault({ ...power, null: -1 })).toBe("Give a number above -1 and below 1.");
  expect(goalFault({ ...power, subject: "miss_rate", below: 10 })).toContain("10 is expected; the two must differ: give a higher");
  expect(goalFault({ ...power, subject: "framing_gap", gap: 0 })).toContain("give a lower value");
  const judge = { ...power, subject: "judge_difference" as const };
  expect(goalFault({ ...judge, margin: 0 })).toBe("Give a margin above 0 and below 2.");
  expect(goalFault({ ...judge, margin: 0.05 })).toBe("A loss of 0.05 is expected; give a margin above it.");
});

const planned: ItemsPlanned = {
  sentence: "162 items have to be rated.",
  cautions: ["The categories were taken from the data."],
  items: 162,
  clusters: null,
  expected: 0.6,
  exact: 0.72,
  se: 0.0765,
  half_width: 0.15,
  power: null,
  assurance: 0.81,
  simulation_error: 0.004,
  assured_half_width: 0.149,
  samples: 10000,
  design_effect: 1,
  method: "simulation",
  table: [],
  curve: [81, 162, 324].map((items) => ({ items, half_width: 0.15 * Math.sqrt(162 / items), power: null, assurance: 0.81 })),
};

const looked = { is_study: false, is_counts: false, container: "a table", columns: [], fields: [], raters: ["A", "B"], items: 40, some_items: [], axes: [], notes: [], next: [] };
const axis = (name: string, scale: [number, number] | undefined, known: boolean, words: string[] = []) => ({
  axis: name,
  grades: 80,
  not_rated: 0,
  values: words.map((word): [string, number] => [word, 9]),
  known,
  order: [],
  ...(scale && { scale }),
});
const pilots: Record<string, FileInspected> = {
  "two.csv": { ...looked, file: "two.csv", kind: "a tidy table", axes: [axis("omission", [0, 4], true), axis("tone", undefined, false, ["mild", "none"])] },
  "t.json": { ...looked, file: "t.json", kind: "counts of 40 items by 2 raters; categories 0, 1", is_counts: true, raters: [], items: 0, next: ["primum coefficients t.json"] },
};

let screen: Record<string, unknown>;
let asked: string[];
let planning: unknown;
let answer: { resolve: (planned: ItemsPlanned | StudyPlanned) => void; reject: (failure: unknown) => void };

beforeEach(() => {
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => {};
  asked = [];
  mockWindows("main");
  mockIPC(
    (command, payload) => {
      const { name, arguments: said } = (payload ?? {}) as { name?: string; arguments?: { file: string } };
      if (command === "call" && name === "inspect_file") return pilots[said!.file];
      asked.push(command);
      planning = said;
      if (command === "call") return new Promise((resolve, reject) => (answer = { resolve: (found) => resolve({ ...found, figures: [] }), reject }));
      if (command === "cancel") answer.reject({ kind: "cancelled", message: "Cancelled." });
      return null;
    },
    { shouldMockEvents: true },
  );
  document.body.replaceChildren();
  screen = mount(Plan, { target: document.body, props: { back: () => {} } });
  flushSync();
});

afterEach(async () => {
  await unmount(screen);
  // Listeners end a moment after their screen.
  await new Promise((resolve) => setTimeout(resolve, 10));
  clearMocks();
});

const one = <E extends HTMLElement>(css: string) => document.querySelector<E>(css);

test("quick work shows its sentence and no bar", async () => {
  one("#plan")!.click();
  await vi.waitFor(() => expect(asked).toContain("call"));
  answer.resolve(planned);
  await vi.waitFor(() => expect(one(".sentence")?.textContent).toBe("162 items have to be rated."));
  expect(one("#plan-result")!.textContent).toContain("162");
  expect(one("#plan-result")!.textContent).toContain("The categories were taken from the data.");
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(one("#long-work")).toBeNull();
});

test("long work shows how far it is, and can be cancelled without a word of blame", async () => {
  one("#plan")!.click();
  flushSync();
  expect(one("#long-work")).toBeNull();
  await vi.waitFor(() => expect(one("#long-work")).not.toBeNull());
  await emit("progress", { done: 3, total: 12, label: "Searching" });
  await vi.waitFor(() => expect(one("#long-work")!.textContent).toContain("Searching…"));
  expect(one<HTMLProgressElement>("#long-work progress")!.value).toBe(3);
  expect(one<HTMLButtonElement>("#plan")!.disabled).toBe(true);
  one("#cancel-work")!.click();
  await vi.waitFor(() => expect(one("#long-work")).toBeNull());
  expect(asked).toContain("cancel");
  expect(one("[role=alert]")).toBeNull();
  expect(one<HTMLButtonElement>("#plan")!.disabled).toBe(false);
});

test("what cannot be planned is said, and the fields stay", async () => {
  one("#plan")!.click();
  await vi.waitFor(() => expect(asked).toContain("call"));
  answer.reject({ kind: "refused", message: "An agreement of 2 is not possible." });
  await vi.waitFor(() => expect(one("[role=alert]")?.textContent).toContain("not possible"));
  expect(one<HTMLInputElement>("#plan-value")!.value).toBe("0.6");
});

test("a goal that cannot be is said at its field, and no command is asked", async () => {
  const width = one<HTMLInputElement>("#plan-width")!;
  width.value = "0";
  width.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  const group = width.closest("fieldset")!;
  expect(group.querySelector("[role=alert]")!.textContent).toBe("Give a number above 0.");
  one("#plan")!.click();
  await vi.waitFor(() => expect(one<HTMLButtonElement>("#plan")!.disabled).toBe(false));
  expect(asked).not.toContain("call");
});

const plan = { items: 120, harmful: null, half_width: 0.14, assured_half_width: 0.15, simulation_error: 0.01 };

test("another study has its own fields and a table of its own", async () => {
  const subject = one<HTMLSelectElement>("#plan-subject")!;
  subject.value = "raters";
  subject.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
  expect(one("#plan-disagreements")).toBeNull();
  one("#plan")!.click();
  await vi.waitFor(() => expect(asked).toContain("call"));
  const study: StudyPlanned = {
    sentence: "These numbers are needed.",
    tested: false,
    unit: "items",
    expected: 0.6,
    plans: [2, 3].map((raters) => ({ ...plan, raters, units: 240 / raters, probability: 0.81 })),
    curve: [],
  };
  answer.resolve(study);
  await vi.waitFor(() => expect(one(".sentence")?.textContent).toBe("These numbers are needed."));
  expect(one("#plan-raters")!.textContent).toMatch(/2\s*120.*3\s*80/s);
  subject.value = "miss_rate";
  subject.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
  expect(one("#plan-result"), "what was found is not for this question").toBeNull();
  expect(one<HTMLInputElement>("#plan-width")!.value, "in percentage points").toBe("10");
});

const choose = (css: string, value: string) => {
  const list = one<HTMLSelectElement | HTMLInputElement>(css)!;
  list.value = value;
  list.dispatchEvent(new Event(list instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
  flushSync();
};

test("a pilot is looked into, and its axis and the order of its words are asked for", async () => {
  one("input[name=source][value=pilot]")!.click();
  flushSync();
  choose("#plan-pilot", "two.csv");
  await vi.waitFor(() => expect(one("#plan-pilot-axis")).not.toBeNull());
  expect(one(".preview")!.textContent).toContain("2 raters: A, B");
  expect(one("#scale-tone"), "omission needs no scale").toBeNull();
  choose("#plan-pilot-axis", "tone");
  expect(one("#scale-tone")!.textContent).not.toContain("Leave tone out");
  one("#plan")!.click();
  await vi.waitFor(() => expect(one("[role=alert]")?.textContent).toContain("Put the words of tone in order first."));
  for (const word of ["none", "mild"]) {
    [...one("#scale-tone")!.querySelectorAll("button")].find((button) => button.textContent === word)!.click();
    flushSync();
  }
  one("#plan")!.click();
  await vi.waitFor(() => expect(asked).toContain("call"));
  const scales = [{ axis: "tone", lowest: 0, highest: 1, labels: ["none", "mild"] }];
  expect(planning).toMatchObject({ expected: { kind: "pilot", file: "two.csv", axis: "tone", read: { scales, map: [] } } });
  answer.resolve(planned);
});

test("counts are a pilot, and nothing is asked of them", async () => {
  one("input[name=source][value=pilot]")!.click();
  flushSync();
  choose("#plan-pilot", "t.json");
  await vi.waitFor(() => expect(one(".preview")?.textContent).toContain("counts of 40 items by 2 raters"));
  expect(one(".preview")!.classList.contains("wrong")).toBe(false);
  one("#plan")!.click();
  await vi.waitFor(() => expect(asked).toContain("call"));
  expect(planning).toMatchObject({ expected: { kind: "pilot", file: "t.json" } });
  answer.resolve(planned);
});
