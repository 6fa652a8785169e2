import { expect, test } from "vitest";
import { measureWords, number, percent, sharedLevel } from "../src/words/measure";

const interval = { lo: -0.0004, hi: 0.7551, level: 0.95, method: "wilson" };

test("a measure shows three decimals, a true minus sign and its method", () => {
  expect(measureWords({ estimate: 0.5161, se: 0.11, interval })).toEqual({
    estimate: "0.516",
    se: "0.110",
    interval: "0.000 to 0.755",
    method: "Wilson score",
  });
  expect(number(-0.25)).toBe("\u22120.250");
});

test("a number without an interval says why", () => {
  const words = measureWords({ estimate: 1, se: null, interval: { undefined: "one item" } });
  expect(words).toEqual({ estimate: "1.000", se: "–", interval: "–", method: "no interval: one item" });
});

test("no number says why, and never is NaN or 0", () => {
  const words = measureWords({ undefined: "both raters gave every item the same grade" });
  expect(words.estimate).toBe("undefined");
  expect(words.method).toBe("both raters gave every item the same grade");
});

test("the level of the intervals is the measures’ own", () => {
  expect(sharedLevel([{ undefined: "none" }, { estimate: 1, se: null, interval }])).toBe(0.95);
  expect(sharedLevel([{ undefined: "none" }])).toBeNull();
  expect(percent(0.95)).toBe("95\u202f%");
});
