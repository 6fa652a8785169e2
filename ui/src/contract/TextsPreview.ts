import type { ColumnSeen } from "./ColumnSeen";
import type { FieldSeen } from "./FieldSeen";
import type { TextsFound } from "./TextsFound";
export type TextsPreview = { kind: string, columns: Array<ColumnSeen>, fields: Array<FieldSeen>, suggested: { [key in string]: string }, found?: TextsFound, wrong?: string, };
