/** Which of a table's columns is which. */

import type { TablePreview } from "../contract/TablePreview";

/** Sent for what no column holds, so that a column of our own name is not taken for it. */
const NO_COLUMN = "";

/** Begins what all responses have, in the place of a column. */
export const ONE_FOR_ALL = ":";

/** What the lists show: our fields, each with its column, or an empty text. */
export function shownColumns(preview: TablePreview, chosen: Record<string, string>): Record<string, string> {
  const fields = [...preview.required, ...preview.optional];
  const column = (field: string) => {
    const given = chosen[field] ?? preview.suggested[field] ?? "";
    return preview.columns.includes(given) || given.startsWith(ONE_FOR_ALL) ? given : "";
  };
  return Object.fromEntries(fields.map((field) => [field, column(field)]));
}

/** What is sent for the lists as they stand. */
export function chosenColumns(shown: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(shown).map(([field, column]) => [field, column || NO_COLUMN]));
}

/** What is wrong with the lists, or nothing. */
export function columnFault(preview: TablePreview, shown: Record<string, string>): string | null {
  const missing = preview.required.filter((field) => (shown[field] ?? "").trim().replace(ONE_FOR_ALL, "") === "");
  if (missing.length > 0) {
    return `Say which column holds the ${missing.map((field) => COLUMN_NAMES[field] ?? field).join(", the ")}.`;
  }
  const used = Object.values(shown).filter((column) => column !== "" && !column.startsWith(ONE_FOR_ALL));
  const twice = used.find((column, place) => used.indexOf(column) !== place);
  return twice === undefined ? null : `“${twice}” is chosen twice; each column can hold one thing.`;
}

/** Our fields, as named on screen. */
export const COLUMN_NAMES: Record<string, string> = {
  scenario_id: "scenario",
  model_id: "model",
  response: "response",
  rep_id: "repetition",
  content_filtered: "filter mark",
  output_tokens: "output tokens",
};
