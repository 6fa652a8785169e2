import type { Span } from "../../contract/Span";
import { lineOf, positionOf, rangeAt, rangeOf, sentenceSpan, sentenceStarts, spanOf } from "../../text/position";

/** What sentences are chosen for with the keys: the first instruction, evidence for an action, or an error. */
export type Purpose = { kind: "instruction" } | { kind: "evidence"; action: number } | { kind: "error" };

/**
 * Where words come from: a person selected them, chose them as sentences with the keys, or marked them as an
 * error before. Only words that were selected wait for something else when the question is left.
 */
export type Origin = "selected" | "sentences" | "marked";

/** What the next digit says of words: which action they support, or how grave an error they are. */
interface Question {
  words: Span;
  of: "action" | "grade";
  from: Origin;
}

/** Words of the response: those selected last, or whole sentences chosen with the keys. */
export class Marker {
  /** The element that shows the response. */
  root: HTMLElement | null = $state.raw(null);
  /** The critical action under the pointer, whose quotation is tinted. */
  pointed: number | null = $state(null);
  /** The words selected last: they wait here while the cursor moves, so that words or action may come first. */
  kept: Span | null = $state.raw(null);
  #question: Question | null = $state.raw(null);
  /** What is asked of the kept words. Other words, or none, end the question. */
  asks: Question["of"] | null = $derived(this.#question !== null && this.#question.words === this.kept ? this.#question.of : null);
  /** What a sentence is being chosen for. */
  purpose: Purpose | null = $state.raw(null);
  #stops: number[] = $state.raw([]);
  /** The sentence at which the choice began, and the one it has come to. */
  #from = $state(0);
  #at = $state(0);

  /** The sentence on offer while the keys choose one. */
  candidate: number | null = $derived(this.#stops[Math.min(this.#from, this.#at)] ?? null);
  /** The sentences on offer. */
  chosen: Span | null = $derived.by(() => {
    const last = this.#stops[Math.max(this.#from, this.#at)];
    if (!this.root || this.candidate === null || last === undefined) return null;
    const [first, end] = [sentenceSpan(this.root, this.candidate), sentenceSpan(this.root, last)];
    return first && end && { start: first.start, end: end.end };
  });

  /** Keeps what is selected of the response `text`, if anything is. */
  keep(text: string) {
    const words = this.#selectedSpan(text);
    if (words === null) return;
    // The same words, reported again, are not other words.
    if (!isSame(words, this.kept)) this.kept = words;
    else if (this.#question !== null && this.#question.from !== "selected") this.#question = { ...this.#question, from: "selected" };
  }

  /** Asks something of words, which are kept. */
  ask(of: Question["of"], words: Span, from: Origin) {
    this.kept = words;
    this.#question = { words, of, from };
  }

  /** Ends the question; words that were selected wait. What it returns asks it again, where the end was for nothing. */
  endQuestion(): () => void {
    const [question, kept] = [this.#question, this.kept];
    if (this.asks !== null && question?.from !== "selected") this.kept = null;
    this.#question = null;
    return () => {
      this.kept = kept;
      this.#question = question;
    };
  }

  /** The marked error that is asked about, if one is. */
  get asksOf(): Span | null {
    return this.asks !== null && this.#question?.from === "marked" ? this.kept : null;
  }

  /** Lets go of the words, as they were used or are no longer meant. */
  drop() {
    this.kept = null;
    if (this.#selected() !== null) getSelection()?.removeAllRanges();
  }

  /** The place where the words begin, if there are any. */
  begins(): number | null {
    return this.#selected() ?? this.kept?.start ?? null;
  }

  /** A place at the beginning of what is in view of the response, where the web view tells it. */
  inView(): number | null {
    const pane = this.root?.parentElement;
    if (!this.root || !pane || pane.scrollTop === 0 || !("caretRangeFromPoint" in document)) return null;
    const point = document.caretRangeFromPoint(this.root.getBoundingClientRect().left + 1, pane.getBoundingClientRect().top + 1);
    const place = point && this.root.contains(point.startContainer) ? positionOf(this.root, point.startContainer, point.startOffset) : null;
    // The sentence that begins above is not read from its beginning.
    return place === null ? null : (sentenceStarts(this.root).find((start) => start >= place) ?? place);
  }

  /** Starts choosing a sentence, at the one at `from` if any; says whether there is one to choose. */
  begin(purpose: Purpose, from: number | null): boolean {
    if (!this.root) return false;
    this.#stops = sentenceStarts(this.root);
    this.#from = this.#at = Math.max(0, this.#stops.findLastIndex((stop) => stop <= (from ?? 0)));
    this.purpose = this.candidate === null ? null : purpose;
    this.#reveal();
    return this.candidate !== null;
  }

  step(by: 1 | -1) {
    this.extend(by);
    this.#from = this.#at;
  }

  /** Takes one sentence more, or one less. */
  extend(by: 1 | -1) {
    this.#at = Math.max(0, Math.min(this.#at + by, this.#stops.length - 1));
    this.#reveal();
  }

  end() {
    this.#stops = [];
    this.#from = this.#at = 0;
    this.purpose = null;
  }

  #selection(): Range | null {
    const selection = getSelection();
    if (!this.root || !selection || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return this.root.contains(range.startContainer) ? range : null;
  }

  #selected(): number | null {
    const range = this.#selection();
    return range && positionOf(this.root!, range.startContainer, range.startOffset);
  }

  #selectedSpan(text: string): Span | null {
    const range = this.#selection();
    return range && spanOf(this.root!, range, text);
  }

  #reveal() {
    const at = this.#stops[this.#at];
    const range = this.root && at !== undefined ? rangeAt(this.root, at) : null;
    const line = range && lineOf(range);
    const pane = this.root?.parentElement;
    if (!line || !pane) return;
    // A long text is one element: what is brought into view is the sentence's first line, with one more around it.
    const { top, bottom } = pane.getBoundingClientRect();
    const [above, below] = [top + line.height - line.top, line.bottom + line.height - bottom];
    if (above > 0) pane.scrollTop -= above;
    else if (below > 0) pane.scrollTop += below;
  }
}

export function isSame(one: Span | null, other: Span | null): boolean {
  return one?.start === other?.start && one?.end === other?.end;
}

/** What is tinted, by the name of the tint. */
const tinted = new Map<string, { root: HTMLElement | null; where: string }>();

/**
 * Tints sentences at places, or parts; where the web view cannot, the quotations in the form remain. What is tinted
 * already stays as it is: with another tint the whole text is drawn again.
 */
export function highlight(name: string, root: HTMLElement | null, ...places: (number | Span | null)[]) {
  if (typeof Highlight === "undefined") return;
  const where = places.filter((one) => one !== null);
  const [before, now] = [tinted.get(name), { root, where: JSON.stringify(where) }];
  tinted.set(name, now);
  if (before?.root === root && before.where === now.where && CSS.highlights.has(name) === where.length > 0) return;
  const ranges = where.flatMap((one) => (root ? ((typeof one === "number" ? rangeAt(root, one) : rangeOf(root, one)) ?? []) : []));
  if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}
