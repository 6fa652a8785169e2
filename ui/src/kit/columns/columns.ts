/** What the columns of a file hold, as a person has chosen, and how that is said to the program. */

import type { ChosenColumns } from "../../contract/ChosenColumns";
import type { FieldSeen } from "../../contract/FieldSeen";
import { FIELD_NAMES } from "../../words/columns";
import { listed } from "../../words/list";

export const NOTHING_CHOSEN: ChosenColumns = { held: [], constants: {} };

/** What is chosen where each field is in the column that is suggested for it. */
export function suggestedColumns(suggested: Record<string, string>, columns: string[]): ChosenColumns {
  const field = new Map(Object.entries(suggested).map(([field, column]) => [column, field]));
  const held = columns.flatMap((column) => (field.has(column) ? [{ column, field: field.get(column)! }] : []));
  return { held, constants: {} };
}

/** The field that a column holds, or an empty text. */
export function heldBy(chosen: ChosenColumns, column: string): string {
  return chosen.held.find((one) => one.column === column)?.field ?? "";
}

/** The same, where `column` holds `field`, or nothing. A field of one column loses the one it had. */
export function withColumn(
  chosen: ChosenColumns,
  column: string,
  field: FieldSeen | null,
  { columns, suggested = {} }: { columns: string[]; suggested?: Record<string, string> },
): ChosenColumns {
  const stays = (one: { column: string; field: string }) => one.column !== column && (field?.several || one.field !== field?.name);
  const kept = chosen.held.filter(stays);
  const held = field ? [...kept, { column, field: field.name }] : kept;
  return withNone({ held: held.toSorted((a, b) => columns.indexOf(a.column) - columns.indexOf(b.column)), constants: chosen.constants }, suggested);
}

/** The same, where it is said of every suggested field that has no column that none holds it: else the program would
 * look for one. */
function withNone({ held, constants }: ChosenColumns, suggested: Record<string, string>): ChosenColumns {
  const holds = new Set(held.map((one) => one.field));
  const none = Object.keys(suggested).filter((name) => !(name in constants));
  const all = [...Object.entries(constants), ...none.map((name) => [name, ""] as const)];
  return { held, constants: Object.fromEntries(all.filter(([name]) => !holds.has(name))) };
}

/** The same, where every row has `text` in `field`. */
export function withConstant(chosen: ChosenColumns, field: string, text: string): ChosenColumns {
  return { held: chosen.held.filter((one) => one.field !== field), constants: { ...chosen.constants, [field]: text } };
}

/** What is chosen, as the commands and `--map` take it. */
export function mapLines({ held, constants }: ChosenColumns): string[] {
  const fields = [...new Set(held.map(({ field }) => field))];
  const columns = (field: string) => held.filter((one) => one.field === field).map(({ column }) => quoted(column));
  return [...fields.map((field) => `${field}=${columns(field).join(",")}`), ...Object.entries(constants).map(([field, text]) => `${field}=:${text}`)];
}

/** A name on one line, in quotation marks where it would be read as something else. */
function quoted(column: string): string {
  const name = column.trim().replace(/[ \r\n]+/g, " ");
  return /[,"]|^:/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** The fields that a file must have and that nothing is chosen for. */
export function missingFields(chosen: ChosenColumns, fields: FieldSeen[]): FieldSeen[] {
  const has = ({ name }: FieldSeen) => chosen.held.some(({ field }) => field === name) || (chosen.constants[name] ?? "").trim() !== "";
  return fields.filter((field) => field.required && !has(field));
}

/** What is said of them, or nothing. */
export function missingWords(chosen: ChosenColumns, fields: FieldSeen[]): string | null {
  const missing = missingFields(chosen, fields).map(({ name }) => `the ${FIELD_NAMES[name] ?? name}`);
  return missing.length > 0 ? `Say which column holds ${listed(missing)}.` : null;
}

/** Saved columns as they are called in this table, and those that it does not have. */
export function fitting(saved: ChosenColumns, columns: string[], suggested: Record<string, string> = {}): { chosen: ChosenColumns; strangers: string[] } {
  const plain = (name: string) => name.replace(/[ _\n\r-]/g, "").toLowerCase();
  const here = new Map(columns.map((column) => [plain(column), column]));
  const held = saved.held.flatMap(({ column, field }) => (here.has(plain(column)) ? [{ column: here.get(plain(column))!, field }] : []));
  const strangers = saved.held.map(({ column }) => column).filter((column) => !here.has(plain(column)));
  return { chosen: withNone({ held, constants: saved.constants }, suggested), strangers };
}
