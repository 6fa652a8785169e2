import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { emit } from "@tauri-apps/api/event";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ItemsPlanned } from "../src/contract/ItemsPlanned";
import type { PlanItems } from "../src/contract/PlanItems";
import { defaults, designEffect, request, total } from "../src/planning/request";
import Plan from "../src/screens/Plan.svelte";
import { coefficientName, percentage } from "../src/words/plan";

test("the defaults are a whole plan", () => {
  expect(request(defaults())).toEqual({
    coefficient: { kind: "kappa", weights: "quadratic" },
    expected: {
      kind: "shares",
      shares: [0.45, 0.25, 0.15, 0.1, 0.05],
      agreement: { kind: "coefficient", value: 0.6 },
      disagreements: "anywhere",
    },
    goal: { kind: "half_width", width: 0.15 },
    clusters: { kind: "scenarios", items: 1, correlation: 0.1 },
  });
});

test("only the fields that apply are asked for", () => {
  const form = { ...defaults(), coefficient: "alpha" as const, simulate: true, width: null };
  expect(request(form)).toEqual({ missing: "Fill in: half-width." });
  const plan = request({ ...form, goal: "power", agreement: "exact" }) as PlanItems;
  expect(plan.coefficient).toEqual({ kind: "alpha", distance: "ordinal" });
  expect(plan.goal).toEqual({ kind: "power", null: 0.4, power: 0.8 });
  expect(plan.expected).toMatchObject({ agreement: { kind: "exact", value: 0.7 } });
  expect(plan.method).toBeUndefined();
  expect(request({ ...defaults(), simulate: true })).toMatchObject({ method: "simulation" });
  const reverse = { ...defaults(), goal: "items" as const };
  expect(request(reverse)).toMatchObject({ goal: { kind: "items", items: 100, null: 0.4 } });
  expect((request({ ...reverse, null: null }) as PlanItems).goal).toEqual({ kind: "items", items: 100 });
});

test("a pilot takes the place of the shares", () => {
  const pilot = { ...defaults(), source: "pilot" as const, shares: [null, 1] };
  expect(request(pilot)).toEqual({ missing: "Choose the pilot’s file of counts." });
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

const planned: ItemsPlanned = {
  sentence: "162 items have to be rated.",
  items: 162,
  clusters: null,
  expected: 0.6,
  exact: 0.72,
  se: 0.0765,
  half_width: 0.15,
  power: null,
  design_effect: 1,
  method: "formula",
  table: [],
  curve: [81, 162, 324].map((items) => ({ items, half_width: 0.15 * Math.sqrt(162 / items), power: null })),
};

let screen: Record<string, unknown>;
let asked: string[];
let answer: { resolve: (planned: ItemsPlanned) => void; reject: (failure: unknown) => void };

beforeEach(() => {
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = () => {};
  asked = [];
  mockWindows("main");
  mockIPC(
    (command) => {
      asked.push(command);
      if (command === "call") return new Promise((resolve, reject) => (answer = { resolve, reject }));
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
