import { expect, test } from "vitest";
import type { Interval } from "../src/contract/Interval";
import { COEFFICIENT, SHARE, estimateWords, measureWords, methodWords, number, percent, sharedLevel } from "../src/words/measure";
import { equalityWords } from "../src/words/test";

const interval: Interval = { lo: -0.0004, hi: 0.7551, level: 0.95, method: "wilson" };

test("a measure shows three decimals, a true minus sign and its method", () => {
  expect(measureWords({ estimate: 0.5161, se: 0.11, interval: { ...interval, lo: 0.0004 } }, SHARE)).toEqual({
    estimate: "0.516",
    se: "0.110",
    interval: "0.000 to 0.755",
    ends: ["0.000", "0.755"],
    method: "Wilson score",
    cut: "",
    plain: "",
  });
  expect(number(-0.25)).toBe("\u22120.250");
});

test("an interval that reaches beyond what is possible is cut, and says so", () => {
  const words = measureWords({ estimate: 0.66, se: 0.3, interval: { ...interval, hi: 1.28, method: "normal" } }, COEFFICIENT);
  expect(words.interval).toBe("0.000 to 1.000");
  expect([words.method, words.cut]).toEqual(["standard error, normal distribution", "cut at 1.000"]);
  expect(methodWords(words)).toBe("standard error, normal distribution; cut at 1.000");
});

test("an estimate has its interval in brackets, where it has one", () => {
  expect(estimateWords({ estimate: 0.66, se: 0.3, interval: { ...interval, hi: 1.28 } }, COEFFICIENT)).toBe("0.660 [0.000, 1.000]");
  expect(estimateWords({ estimate: 1, se: null, interval: { undefined: "one item" } }, COEFFICIENT)).toBe("1.000");
});

test("a number without an interval says why", () => {
  const words = measureWords({ estimate: 1, se: null, interval: { undefined: "one item" } }, COEFFICIENT);
  expect(words).toEqual({ estimate: "1.000", se: "–", interval: "–", ends: null, method: "no interval: one item", cut: "", plain: "" });
});

test("the plain jackknife is beside the default interval, apart from its method", () => {
  const plain = { lo: -0.2, hi: 1.3 };
  const words = measureWords({ estimate: 0.5, se: 0.1, interval: { ...interval, method: "augmented-jackknife", plain } }, SHARE);
  expect(methodWords(words)).toBe("augmented jackknife; cut at 0.000");
  expect(words.plain).toBe("plain jackknife 0.000 to 1.000");
});

test("no number says why, and never is NaN or 0", () => {
  const words = measureWords({ undefined: "both raters gave every item the same grade" }, COEFFICIENT);
  expect(words.estimate).toBe("undefined");
  expect(words.method).toBe("both raters gave every item the same grade");
});

test("the level of the intervals is the measures’ own", () => {
  expect(sharedLevel([{ undefined: "none" }, { estimate: 1, se: null, interval }])).toBe(0.95);
  expect(sharedLevel([{ undefined: "none" }])).toBeNull();
  expect(percent(0.95)).toBe("95\u202f%");
});

test("whether kappa is the same in all groups is told with what was exchanged", () => {
  const made = { statistic: 7.2, p: 0.03, p_holm: 0.03, method: "permutation", replicates: 9999, seed: 1, permuted: "clusters", without_kappa: 0 } as const;
  expect(equalityWords(made)).toBe("p = 0.030 (permutation test: 9,999 random shuffles of whole scenarios or pairs between the groups)");
  expect(equalityWords({ ...made, p_holm: 0.06, permuted: "items" })).toBe("p = 0.030, p = 0.060 after Holm’s correction (permutation test: 9,999 random shuffles of items between the groups)");
  expect(equalityWords({ undefined: "one level" })).toBe("not tested: one level");
});
