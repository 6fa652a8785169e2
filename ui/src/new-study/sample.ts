import type { MarginKind } from "../contract/MarginKind";

export const MARGIN: Record<MarginKind, string> = {
  model: "Model",
  category: "Category",
  framing: "Framing",
  score: "Automated score",
  filtered: "Filtered",
  pair: "Pairs",
  repeat: "Repeats",
};

/** A number of a design: whole, or with one decimal. */
export function about(value: number | null): string {
  if (value === null) return "";
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
