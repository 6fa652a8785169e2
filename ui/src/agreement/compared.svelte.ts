/** The files that are to be compared: what is in each, and which scales only the person knows. */

import { call } from "../bridge";
import type { AxisSeen } from "../contract/AxisSeen";
import type { DeclaredScale } from "../contract/DeclaredScale";
import type { FileInspected } from "../contract/FileInspected";
import type { Field } from "../kit/field";
import { messageOf } from "../words/failure";

/** A file to compare. */
export class ComparedFile {
  path = $state("");
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

  /** Looks into the file, unless another has been named meanwhile. */
  async look() {
    const name = this.name;
    this.found = this.wrong = null;
    if (name === "") return;
    try {
      const found = await call("inspect_file", { file: name });
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
    this.words = ranges.length === seen.length ? [] : [...new Set(seen.flatMap(({ values }) => values.map(([value]) => value)))];
    if (this.words.length > 0) return;
    this.lowest = Math.min(...ranges.map(([lowest]) => lowest));
    this.highest = Math.max(...ranges.map(([, highest]) => highest));
  }

  /** What is missing before it can be used. */
  get missing(): string | null {
    if (this.words.length > 0) {
      return this.order.length < 2 ? `Put the words of ${this.axis} in order first.` : null;
    }
    const fits = this.lowest !== null && this.highest !== null && this.lowest < this.highest;
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
