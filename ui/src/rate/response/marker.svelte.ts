import type { Span } from "../../contract/Span";
import { positionOf, rangeAt, rangeOf, sentenceStarts, spanOf } from "../../text/position";

/** Marks the first actionable instruction: by a selection, or sentence by sentence with the keys. */
export class Marker {
  /** The element that shows the response. */
  root: HTMLElement | null = $state.raw(null);
  /** The critical action under the pointer, whose quotation is tinted. */
  pointed: number | null = $state(null);
  #stops: number[] = $state.raw([]);
  #at = $state(0);

  /** The sentence on offer while the keys choose one. */
  candidate: number | null = $derived(this.#stops[this.#at] ?? null);

  /** The place where the selection begins, if there is one in the response. */
  selected(): number | null {
    const selection = getSelection();
    if (!this.root || !selection || selection.isCollapsed) return null;
    const { startContainer, startOffset } = selection.getRangeAt(0);
    return this.root.contains(startContainer) ? positionOf(this.root, startContainer, startOffset) : null;
  }

  /** What is selected of the response `text`. */
  selectedSpan(text: string): Span | null {
    const selection = getSelection();
    if (!this.root || !selection || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return this.root.contains(range.startContainer) ? spanOf(this.root, range, text) : null;
  }

  /** Starts choosing a sentence, at the one marked before if any; says whether there is one to choose. */
  begin(from: number | null): boolean {
    if (!this.root) return false;
    this.#stops = sentenceStarts(this.root);
    this.#at = Math.max(0, this.#stops.findLastIndex((stop) => stop <= (from ?? 0)));
    this.#reveal();
    return this.candidate !== null;
  }

  step(by: 1 | -1) {
    this.#at = Math.max(0, Math.min(this.#at + by, this.#stops.length - 1));
    this.#reveal();
  }

  end() {
    this.#stops = [];
    this.#at = 0;
  }

  #reveal() {
    const range = this.root && this.candidate !== null ? rangeAt(this.root, this.candidate) : null;
    range?.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  }
}

/** Tints the sentence at a place, or a part; where the web view cannot, the quotation in the form remains. */
export function highlight(name: string, root: HTMLElement | null, where: number | Span | null) {
  if (typeof Highlight === "undefined") return;
  const range = root && where !== null ? (typeof where === "number" ? rangeAt(root, where) : rangeOf(root, where)) : null;
  if (range) CSS.highlights.set(name, new Highlight(range));
  else CSS.highlights.delete(name);
}
