import { flushSync, mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { BatteryFindings } from "../src/contract/BatteryFindings";
import type { DisposedTest } from "../src/contract/DisposedTest";
import BatteryResult from "../src/findings/BatteryResult.svelte";
import { claimWords, estimateWords, exclusionWords, ruleWords } from "../src/findings/battery";
import { pCell } from "../src/words/test";

const held: DisposedTest = {
  about: "mean OH",
  model: "opus",
  disposition: "supported",
  reason: null,
  unit: "scenario",
  n: 18,
  estimate: { estimate: 0.7889, se: 0.1, interval: { lo: 0.6, hi: 1, level: 0.95, method: "bootstrap-bca" } },
  direction: "greater",
  value: 0.5,
  margin: null,
  bound: null,
  procedure: "signed_rank_exact",
  test: { statistic: 129, p: 0.0274, p_holm: 0.11 },
};
const rates: DisposedTest = {
  ...held,
  about: "hit rate, layperson − physician",
  unit: "pair",
  pooled: { estimate: 0.25, se: 0.1, interval: { lo: 0.1, hi: 0.4, level: 0.95, method: "bootstrap-bca" } },
};
const untested: DisposedTest = {
  ...held,
  about: "OH, judge − these scores",
  model: null,
  disposition: "not_tested",
  reason: "it is about a judge, whose scores were not given",
  n: 0,
  estimate: { undefined: "no items" },
  direction: "less",
  value: 0,
  test: { undefined: "no items" },
};
const battery: BatteryFindings = {
  title: "Ours",
  digest: "sha256:00",
  error_rate: { supported: 0.1, opposite: 0.1, decided: 0.2, sentence: "Over all hypotheses up to 0.2." },
  note: "Section 9.",
  judge: null,
  hypotheses: [
    { id: "H1", statement: "It withholds.", disposition: "supported", requires: "all", alpha: 0.05, correction: { holm: "H1" }, exclusions: [{ what: "filtered", reason: "another failure" }], remarks: ["10 of 540 responses were left out as filtered."], note: "", tests: [held, rates], error_rate: { supported: 0.05, opposite: 0.05, decided: 0.1, sentence: "Up to 0.1, either way." } },
    { id: "H6", statement: "The judge is lower.", disposition: "not_tested", requires: "all", alpha: 0.05, correction: "none", exclusions: [], remarks: [], note: "", tests: [untested] },
  ],
};

test("a claim, a level and what was left out are told in words", () => {
  expect(claimWords(held)).toBe("above 0.5");
  expect(claimWords({ direction: "two_sided", value: -1, margin: null })).toBe("other than \u22121");
  expect(claimWords({ direction: "within", value: 0, margin: 0.25 })).toBe("within 0.25 of 0");
  expect(ruleWords(battery.hypotheses[0]!)).toBe("Alpha 0.05, Holm’s correction over the tests of H1; all 2 tests must bear it out.");
  expect(ruleWords(battery.hypotheses[1]!)).toBe("Alpha 0.05, no correction.");
  expect(exclusionWords({ what: "pair", model: "m", pair: "p", reason: "cut short" })).toBe("m, pair p: cut short");
});

test("what was not computed is a dash, and no number is a bare 0", () => {
  expect([pCell(undefined), pCell(null), pCell(0.0001), pCell(0.0274)]).toEqual(["–", "–", "< 0.001", "0.027"]);
  expect(estimateWords(untested)).toEqual({ estimate: "–", interval: "–" });
  expect(estimateWords(held)).toEqual({ estimate: "0.789", interval: "0.600 to 1.000" });
});

test("the table tells what became of each hypothesis, and the tests stand below", () => {
  const part = mount(BatteryResult, { target: document.body, props: { battery: { ...battery, registration: "Registered before the key was opened." }, axes: {} } });
  flushSync();
  const cells = [...document.querySelectorAll("#battery-dispositions tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(cells).toEqual([
    ["H1", "Supported", "It withholds."],
    ["H6", "Not tested", "The judge is lower."],
  ]);
  expect([...document.querySelectorAll("#battery-dispositions th[scope=col]")].map((head) => head.textContent)).toEqual(["Hypothesis", "Result", "The claim"]);
  expect(document.querySelector("#battery-registered")?.textContent).toBe("Registered before the key was opened.");
  const [first, second] = [...document.querySelectorAll("details")].map((details) => details.textContent ?? "");
  expect(first).toContain("mean OH above 0.5; signed rank, exact");
  expect(first).toContain("10 of 540 responses");
  expect(first, "the chance of deciding anything").toContain("Up to 0.1, either way.");
  expect(first, "what is tested and what is pooled are named").toContain(
    "the estimate is the mean of pairs, which is tested; pooled it is 0.250, 0.100 to 0.400",
  );
  expect(second, "nothing was tested").not.toContain("chance");
  expect(document.querySelector("#battery-error-rate")?.textContent).toBe("Over all hypotheses up to 0.2.");
  expect(second).toContain("it is about a judge, whose scores were not given");
  void unmount(part);
});
