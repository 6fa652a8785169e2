import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import AgreementResult from "../src/agreement/AgreementResult.svelte";
import AxisResult from "../src/agreement/AxisResult.svelte";
import PanelResult from "../src/agreement/PanelResult.svelte";
import type { AgreementReport } from "../src/contract/AgreementReport";
import type { AxisAgreement } from "../src/contract/AxisAgreement";
import type { PanelAxis } from "../src/contract/PanelAxis";
import MeasureTable from "../src/kit/tables/MeasureTable.svelte";
import { COEFFICIENT } from "../src/words/measure";

const words = () => document.body.textContent!.replace(/\s+/g, " ");

test("a reason that lines of a table share is said once, beneath", async () => {
  const few = { undefined: "1 cluster is too few" };
  const without = { estimate: 0.5, se: null, interval: { undefined: "one item" } };
  const rows = [few, few, without].map((measure, place) => ({ name: `Line ${place}`, measure, limits: COEFFICIENT }));
  const table = mount(MeasureTable, { target: document.body, props: { rows } });
  expect(words().match(/1 cluster is too few/g)).toHaveLength(1);
  expect(words()).toContain("a: 1 cluster is too few.");
  expect(words().match(/see a below/g)).toHaveLength(2);
  expect(words()).toContain("no interval: one item");
  await unmount(table);
});

test("an axis that nobody graded twice has a sentence in the place of its tables", async () => {
  const none = { undefined: "no items" };
  const axis = { label: "Omission harm", shared: 4, only_first: 0, only_second: 0, excluded: {}, n: 0, kappa_quadratic: none, maximum_kappa: none, findings: [] };
  const pair = { id: "omission", axis: axis as unknown as AxisAgreement, strata: [], counts: undefined, first: "A", second: "B" };
  const two = mount(AxisResult, { target: document.body, props: pair });
  expect(words()).toContain("No item has a grade of both raters on this axis");
  expect(document.querySelector("table")).toBeNull();
  await unmount(two);
  const panel = { label: "Omission harm", items: 4, pairable: 0, unpaired: ["a", "b", "c", "d"], categories: [], grade_names: [], raters: [], pairs: [] } as unknown as PanelAxis;
  const all = mount(PanelResult, { target: document.body, props: { id: "omission", axis: panel, raters: ["A", "B", "C"] } });
  expect(words()).toContain("No item has the grades of two raters on this axis");
  expect(words()).toContain("By one rater only: a, b, c and 1 more.");
  expect(words()).not.toContain("undefined");
  await unmount(all);
});

test("items of one file alone are named, the first few of many", async () => {
  const only = { only_first: ["i3", "i4", "i5", "i6", "i7"], only_second: ["k9"] };
  const report = { first: "Ann", second: "Ben", ...only, cautions: [], axes: {}, strata: [] } as unknown as AgreementReport;
  const shown = mount(AgreementResult, { target: document.body, props: { report, figures: [] } });
  expect(words()).toContain("Only in the first file: i3, i4, i5 and 2 more.");
  expect(words()).toContain("Only in the second file: k9.");
  await unmount(shown);
});
