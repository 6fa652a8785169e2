/** Files of grades that are to be compared: what is in each, and which scales only the person knows. */

import { call } from "../../bridge";
import type { AxisSeen } from "../../contract/AxisSeen";
import type { ChosenColumns } from "../../contract/ChosenColumns";
import type { DeclaredScale } from "../../contract/DeclaredScale";
import type { FieldSeen } from "../../contract/FieldSeen";
import type { FileInspected } from "../../contract/FileInspected";
import { mapLines, missingFields, NOTHING_CHOSEN } from "../columns/columns";
import type { Field } from "../field";
import { messageOf } from "../../words/failure";

/** A file of grades. */
export class GradeFile {
  /** What its columns hold, as far as the person has said. */
  chosen: ChosenColumns = $state.raw(NOTHING_CHOSEN);
  /** What is in it, once that is known. */
  found: FileInspected | null = $state.raw(null);
  /** Why it cannot be looked into. */
  wrong: string | null = $state(null);
  /** Whether its grades are recognised without a word about its columns. */
  recognised = $state(false);

  constructor(readonly path: string) {}

  /** Takes what its columns hold. */
  choose(chosen: ChosenColumns) {
    this.chosen = chosen;
    if (this.missing === null) void this.look();
  }

  /** Takes several columns of grades to be raters or axes. */
  take(grades: "raters" | "axes") {
    const { held } = this.chosen;
    this.choose({ held, constants: grades === "raters" ? { axis: "grade" } : { rater: "" } });
  }

  /** What several columns of grades are, where neither rater nor axis has a column of its own. */
  get grades(): "raters" | "axes" | null {
    const { constants } = this.chosen;
    return "axis" in constants ? "raters" : "rater" in constants ? "axes" : null;
  }

  /** What its columns may hold. Of a recognised file nothing has to be said. */
  get fields(): FieldSeen[] {
    const fields = this.found?.fields ?? [];
    return this.recognised ? fields.map((field) => ({ ...field, required: false })) : fields;
  }

  /** What the person still has to say before its columns can be read. */
  get missing(): "columns" | "which" | null {
    const { held } = this.chosen;
    const count = (field: string) => held.filter((one) => one.field === field).length;
    if (missingFields(this.chosen, this.fields).length > 0) return "columns";
    const ambiguous = count("value") > 1 && count("rater") === 0 && count("axis") === 0;
    return ambiguous && this.grades === null ? "which" : null;
  }

  /** The same as the commands take it; nothing while something is missing. */
  get map(): string[] {
    return this.missing === null ? mapLines(this.chosen) : [];
  }

  /** As what it was looked into last, and the answer. */
  #looked: { as: string; done: Promise<void> } | null = null;

  /** Looks into the file, unless that was done. */
  look(): Promise<void> {
    const as = JSON.stringify(this.map);
    if (this.#looked?.as !== as) this.#looked = { as, done: this.#look() };
    return this.#looked.done;
  }

  async #look() {
    try {
      const { map } = this;
      this.found = await call("inspect_file", { file: this.path, map });
      this.wrong = this.found.refused ?? null;
      if (map.length === 0) this.recognised = this.wrong === null;
    } catch (error) {
      this.wrong = messageOf(error);
    }
  }
}

/** The scale of an axis that no file declares. */
export class AskedScale {
  lowest: Field = $state(null);
  highest: Field = $state(null);
  /** Its words, from the lowest grade on, as far as they are put in order. */
  order: string[] = $state([]);
  /** Whether nothing is compared on it. */
  leftOut = $state(false);
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
    if (this.leftOut) return null;
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
export function askedScales(files: GradeFile[], asked: Map<string, AskedScale>): AskedScale[] {
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

/** A path is typed letter by letter. */
const PAUSE = 300;

/** The files of a screen, which a person names in its fields. */
export class GradeFiles {
  readonly #paths: () => string[];
  readonly #known = new Map<string, GradeFile>();
  readonly #asked = new Map<string, AskedScale>();

  readonly all: GradeFile[] = $derived.by(() => this.#paths().flatMap((path) => this.of(path) ?? []));
  readonly scales: AskedScale[] = $derived.by(() => askedScales(this.all, this.#asked));
  /** What the person still has to say. */
  readonly missing: string | null = $derived.by(() => {
    if (this.#compared?.length === 0) return "Every axis is left out.";
    return this.scales.map((scale) => scale.missing).find((words) => words !== null) ?? null;
  });

  /** Looks into the files at `paths` as they are named. */
  constructor(paths: () => string[]) {
    this.#paths = paths;
    $effect(() => {
      const waiting = this.all.map((file) => setTimeout(() => void file.look(), PAUSE));
      return () => waiting.forEach(clearTimeout);
    });
  }

  /** The file at a path, as far as one is named. */
  of(path: string): GradeFile | null {
    const name = path.trim();
    if (name === "") return null;
    const file = this.#known.get(name) ?? new GradeFile(name);
    this.#known.set(name, file);
    return file;
  }

  /** Waits until every file was looked into: a person may be faster than the pause after typing. */
  async looked() {
    await Promise.all(this.all.map((file) => file.look()));
  }

  /** The axes that are compared, where some are left out. */
  get #compared(): string[] | null {
    const out = this.scales.filter((scale) => scale.leftOut).map((scale) => scale.axis);
    if (out.length === 0) return null;
    const all = this.all.flatMap(({ found }) => found?.axes ?? []).map(({ axis }) => axis);
    return [...new Set(all)].filter((axis) => !out.includes(axis));
  }

  /** What was said of the files, as the commands take it. */
  get said(): { scales: DeclaredScale[]; map: string[]; axes: string[] } {
    const scales = this.scales.filter((scale) => !scale.leftOut).map((scale) => scale.declared);
    return { scales, map: this.all.flatMap(({ path, map }) => map.map((line) => `${path}:${line}`)), axes: this.#compared ?? [] };
  }
}
