import type { TableOf } from "./TableOf";
export type PreviewTexts = { file: string, holds: TableOf, map?: Array<string>, };
