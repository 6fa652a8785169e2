import type { TableOf } from "./TableOf";
export type ReadColumns = { file: string, holds: TableOf, };
