import type { Equality } from "../contract/Equality";
import type { Test } from "../contract/Test";

/** A p-value as it is printed in papers. */
export function pWords(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}

/** A hypothesis test in a few words. */
export function testWords(test: Test): string {
  if ("undefined" in test) return `not tested: ${test.undefined}`;
  const df = test.df === undefined ? "" : `(${test.df})`;
  const holm = test.p_holm === null || test.p_holm === undefined || test.p_holm === test.p ? "" : `, ${pWords(test.p_holm)} after Holm’s correction`;
  return `χ²${df} = ${test.statistic.toFixed(2)}, ${pWords(test.p)}${holm}`;
}

const PERMUTED = {
  clusters: "whole scenarios or pairs",
  "within clusters": "items within scenarios or pairs",
  items: "items",
} as const;

/** Whether kappa is the same in all groups, in a few words. */
export function equalityWords(test: Equality): string {
  if ("undefined" in test) return `not tested: ${test.undefined}`;
  const { p, p_holm, replicates, permuted } = test;
  const holm = p_holm === p ? "" : `, ${pWords(p_holm)} after Holm’s correction`;
  return `${pWords(p)}${holm} (permutation test: ${replicates.toLocaleString("en")} random shuffles of ${PERMUTED[permuted]} between the groups)`;
}

/** A p-value as a table has it. */
export function pCell(p: number | null | undefined): string {
  if (p === null || p === undefined) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}
