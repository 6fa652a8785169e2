import type { Measure } from "../contract/Measure";
import { measureWords, type Limits } from "../words/measure";

/** A measure in a table, shown with its interval below and its method at the table's foot. */
export interface Measured {
  measure: Measure;
  limits: Limits;
}

/** What is not there, and why; the reason stands at the table's foot. */
export interface Absent {
  absent: string;
}

export type Cell = string | number | Measured | Absent;

export function isMeasured(cell: Cell): cell is Measured {
  return typeof cell === "object" && "measure" in cell;
}

/** What a table's foot says of a cell. That an interval was cut is said once, of the whole table. */
export function noteOf(cell: Cell): string | null {
  if (typeof cell !== "object") return null;
  return "absent" in cell ? cell.absent : measureWords(cell.measure, cell.limits).method;
}

export function isCut({ measure, limits }: Measured): boolean {
  return measureWords(measure, limits).cut !== "";
}
