import type { TableOf } from "./TableOf";
export type SaveColumns = { file: string, holds: TableOf, map: Array<string>, };
