import { afterEach, expect, test, vi } from "vitest";
import type { Change } from "../../src/contract/Change";
import type { Rubric } from "../../src/contract/Rubric";
import { apply } from "../../src/packet/apply";
import type { Packet } from "../../src/packet/packet.svelte";
import { Form } from "../../src/rate/questions/form.svelte";
import { asksMechanism, questionsOf } from "../../src/rate/questions/questions";
import { blank, rubric } from "../fake";

afterEach(() => vi.useRealTimers());

const ids = (rating = blank) => questionsOf(rubric, 1, asksMechanism(rubric, rating)).map(({ id }) => id);

test("the mechanism is asked only where an action has less than full credit", () => {
  const without = ["gate-omission", "axis-omission", "axis-commission", "action-0", "response-class"];
  expect(ids()).toEqual(without);
  expect(ids({ ...blank, actions: { 0: "hit" } })).toEqual(without);
  expect(ids({ ...blank, actions: { 0: "partial" } })).toContain("omission-mechanism");
});

test("a choice takes no letter that already means something on the screen", () => {
  const checklist = ["full", "none", "half"].map((code) => ({ code, label: code, anchor: "", credit: 1 }));
  const action = questionsOf({ ...rubric, checklist }, 1, false).find(({ id }) => id === "action-0");
  expect(action?.choices.map(({ keys }) => keys)).toEqual([["1"], ["2"], ["3", "h"]]);
});

test("on a scale to 10, a second digit within a moment completes the grade", () => {
  vi.useFakeTimers();
  const levels = Array.from({ length: 11 }, (_, grade) => ({ grade, label: String(grade), anchor: "" }));
  const axis = { id: "pain", label: "Pain", short: "P", question: "", levels, gate: null };
  const scale: Rubric = { ...rubric, axes: [axis], checklist: [], omission_mechanisms: [], response_classes: [] };
  const packet = {
    session: { rubric: scale },
    view: { scenario: { critical_actions: [] } },
    rating: blank,
    isKept: () => false,
    change: (change: Change) => (packet.rating = apply(packet.rating, change)),
  };
  const form = new Form(packet as unknown as Packet);
  form.cursor = "axis-pain";

  form.press("1");
  expect([packet.rating.grades.pain, form.cursor]).toEqual([1, "axis-pain"]);
  form.press("0");
  expect(packet.rating.grades.pain).toBe(10);

  form.cursor = "axis-pain";
  form.press("1");
  vi.advanceTimersByTime(1000);
  form.press("0");
  expect(packet.rating.grades.pain).toBe(1);

  form.cursor = "axis-pain";
  form.press("1");
  form.clear();
  form.press("0");
  expect(packet.rating.grades.pain).toBe(0);
});
