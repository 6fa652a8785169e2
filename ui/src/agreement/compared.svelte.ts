/** The files that are to be compared: what is in each, and which scales only the person knows. */

import { call } from "../bridge";
import type { AxisSeen } from "../contract/AxisSeen";
import type { DeclaredScale } from "../contract/DeclaredScale";
import type { FileInspected } from "../contract/FileInspected";
import type { Field } from "../kit/field";
import { messageOf } from "../words/failure";

/** What the columns of a table hold, as far as the person has said. */
export interface ColumnMap {
  /** By column: the field that it holds. */
  of: Record<string, string>;
  /** What several columns of grades are, where neither rater nor axis has a column of its own. */
  grades: "raters" | "axes" | null;
  missing: "columns" | "which" | null;
}

/** The same as the commands take it; nothing while something is missing. */
export function mapWords({ of, grades, missing }: ColumnMap): string[] {
  if (missing !== null) return [];
  const columns = (field: string) => Object.keys(of).filter((column) => of[column] === field);
  const words = ["item", "rater", "axis", "value", "scenario"].flatMap((field) => (columns(field).length > 0 ? [`${field}=${columns(field).join(",")}`] : []));
  if (grades === "raters") words.push("axis=:grade");
  if (grades === "axes") words.push("rater=:");
  return words;
}

/** A file to compare. */
export class ComparedFile {
  path = $state("");
  map: ColumnMap = $state({ of: {}, grades: null, missing: "columns" });
  /** What is in it, once that is known. */
  found: FileInspected | null = $state.raw(null);
  /** Why it cannot be looked into. */
  wrong: string | null = $state(null);

  constructor(path: string) {
    this.path = path;
  }

  get name(): string {
    return this.path.trim();
  }

  /** Takes a column to hold a field. */
  hold(column: string, field: string) {
    this.map.of[column] = field;
    this.#mapped();
  }

  /** Takes several columns of grades to be raters or axes. */
  take(grades: "raters" | "axes") {
    this.map.grades = grades;
    this.#mapped();
  }

  #mapped() {
    const held = Object.values(this.map.of);
    const count = (field: string) => held.filter((one) => one === field).length;
    const ambiguous = count("value") > 1 && count("rater") === 0 && count("axis") === 0;
    if (!ambiguous) this.map.grades = null;
    const whole = count("item") === 1 && count("value") > 0;
    this.map.missing = !whole ? "columns" : ambiguous && this.map.grades === null ? "which" : null;
    if (this.map.missing === null) void this.look();
  }

  /** What was looked into last, and as what. */
  #looked = "";

  /** Looks into the file if that is still to be done: a person may be faster than the pause after typing. */
  async looked() {
    if (this.#looked !== this.#asked) await this.look();
  }

  get #asked(): string {
    return JSON.stringify([this.name, mapWords(this.map)]);
  }

  /** Looks into the file, unless another has been named meanwhile. */
  async look() {
    const name = this.name;
    this.#looked = this.#asked;
    if (name !== this.found?.file) this.found = this.wrong = null;
    if (name === "") return;
    try {
      const found = await call("inspect_file", { file: name, map: mapWords(this.map) });
      if (name !== this.name) return;
      this.found = found;
      this.wrong = found.refused ?? null;
    } catch (error) {
      if (name === this.name) this.wrong = messageOf(error);
    }
  }
}

/** The scale of an axis that no file declares. */
export class AskedScale {
  lowest: Field = $state(null);
  highest: Field = $state(null);
  /** Its words, from the lowest grade on, as far as they are put in order. */
  order: string[] = $state([]);
  readonly words: string[];

  constructor(
    readonly axis: string,
    seen: AxisSeen[],
  ) {
    const ranges = seen.flatMap(({ scale }) => (scale ? [scale] : []));
    this.words = ranges.length === seen.length ? [] : [...new Set(seen.flatMap(({ values }) => values.map(([value]) => value).filter((value) => value !== "")))];
    const [steps] = seen.map(({ order }) => order).filter((order) => order.length > 0);
    if (steps) this.words = this.order = [...steps];
    if (this.words.length > 0) return;
    this.lowest = Math.min(...ranges.map(([lowest]) => lowest));
    this.highest = Math.max(...ranges.map(([, highest]) => highest));
  }

  /** What is missing before it can be used. */
  get missing(): string | null {
    if (this.words.length > 0) {
      return this.order.length < 2 ? `Put the words of ${this.axis} in order first.` : null;
    }
    const fits = this.lowest !== null && this.highest !== null && this.lowest !== this.highest;
    return fits ? null : `Give the lowest and the highest grade of ${this.axis}.`;
  }

  get declared(): DeclaredScale {
    const { axis, order } = this;
    if (this.words.length > 0) return { axis, lowest: 0, highest: order.length - 1, labels: [...order] };
    return { axis, lowest: this.lowest ?? 0, highest: this.highest ?? 0 };
  }
}

/** The scales to ask for: of every axis that no file knows, in the order of the files. What was `asked` before of
 * the same grades keeps its answer. */
export function askedScales(files: ComparedFile[], asked: Map<string, AskedScale>): AskedScale[] {
  const seen = new Map<string, AxisSeen[]>();
  for (const axis of files.flatMap(({ found }) => found?.axes ?? [])) {
    seen.set(axis.axis, [...(seen.get(axis.axis) ?? []), axis]);
  }
  const unknown = [...seen].filter(([, axes]) => !axes.some(({ known }) => known));
  return unknown.map(([axis, axes]) => {
    const key = JSON.stringify(axes);
    const before = asked.get(key) ?? new AskedScale(axis, axes);
    asked.set(key, before);
    return before;
  });
}
