import type { Measure } from "../contract/Measure";
import type { Limits } from "./measure";

/** A measure in a table, shown with its interval below and its method at the table's foot. */
export interface Measured {
  measure: Measure;
  limits: Limits;
}

export type Cell = string | number | Measured;

export function isMeasured(cell: Cell): cell is Measured {
  return typeof cell === "object";
}
