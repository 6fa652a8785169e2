/** Words that the lead author marks in a text. Places are Unicode scalar values, as in every decision. */

import type { Digest } from "../../contract/Digest";
import type { Leak } from "../../contract/Leak";
import type { LeakDecision } from "../../contract/LeakDecision";
import type { LeakPlace } from "../../contract/LeakPlace";
import type { Span } from "../../contract/Span";
import { portions } from "../../text/portions";
import { scalarCount } from "../../text/scalars";
import { MASKED } from "../../contract/constants";

/** The longest selection that is looked for elsewhere, in scalar values. */
export const LONGEST = 200;

/** Words that are in more texts than this are looked for only when asked: each place has its sentence. */
export const MANY = 400;

/** A piece of a text, as it is shown. */
export interface Piece {
  /** The place of its first character. */
  start: number;
  text: string;
  masked: boolean;
  /** What raters read in the place of a mask that ends here. */
  instead: string | null;
  /** Whether the scan found it and nothing is decided. */
  open: boolean;
}

/** The text's portions in pieces: what is masked, what is still to be decided, and what lies between. */
export function pieces(text: string, digest: Digest, decisions: LeakDecision[], open: Leak[]): Piece[][] {
  const masks = masksOf(digest, decisions);
  const finds = open.filter(({ id }) => id.text === digest).map(({ id }) => id);
  const characters = [...text];
  const starts = portions(text).map(({ start }) => start);
  const cuts = [...starts, characters.length, ...[...masks, ...finds].flatMap(({ start, end }) => [start, end])];
  const places = [...new Set(cuts)].filter((cut) => cut <= characters.length).sort((a, b) => a - b);
  const all = places.slice(0, -1).map((start, place) => {
    const end = places[place + 1]!;
    const covers = (span: Span) => span.start <= start && end <= span.end;
    const mask = masks.find(covers);
    return {
      start,
      text: characters.slice(start, end).join(""),
      masked: mask !== undefined,
      instead: mask?.end === end ? mask.instead : null,
      open: mask === undefined && finds.some(covers),
    };
  });
  return starts.map((start, place) => all.filter((piece) => start <= piece.start && piece.start < (starts[place + 1] ?? Infinity)));
}

/** The masks of a text in order; those that share a character are one, in the words of the first. */
function masksOf(digest: Digest, decisions: LeakDecision[]): (Span & { instead: string })[] {
  const masks = decisions.flatMap(({ leak, action }) =>
    leak.text === digest && action.do === "mask"
      ? [{ start: leak.start, end: leak.end, instead: action.replacement ?? MASKED }]
      : [],
  );
  masks.sort((a, b) => a.start - b.start || a.end - b.end);
  const joined: typeof masks = [];
  for (const mask of masks) {
    const last = joined.at(-1);
    if (last && mask.start < last.end) last.end = Math.max(last.end, mask.end);
    else joined.push({ ...mask });
  }
  return joined;
}

/** Every word of a text, in order. */
export function wordsOf(text: string): Span[] {
  const words: Span[] = [];
  let place = 0;
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const end = place + scalarCount(segment);
    if (isWordLike) words.push({ start: place, end });
    place = end;
  }
  return words;
}

/** The word after or before a part; without one, the first or last. */
export function step(words: Span[], from: Span | null, by: 1 | -1): Span | null {
  if (from === null) return words.at(by === 1 ? 0 : -1) ?? null;
  const next = by === 1 ? words.find(({ start }) => start >= from.end) : words.findLast(({ end }) => end <= from.start);
  return next ?? null;
}

/** The part with one word more at its end, or one less. */
export function extend(words: Span[], from: Span, by: 1 | -1): Span {
  const ends = words.map(({ end }) => end).filter((end) => (by === 1 ? end > from.end : end > from.start && end < from.end));
  return { start: from.start, end: (by === 1 ? ends[0] : ends.at(-1)) ?? from.end };
}

/** A part of a text as what the lead author marks, in its sentence. */
export function leakOf(text: string, digest: Digest, place: LeakPlace, span: Span): Leak {
  const characters = [...text];
  const matched = characters.slice(span.start, span.end).join("");
  let start = 0;
  let [from, to] = [0, 0];
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)) {
    const end = start + scalarCount(segment);
    if (start <= span.start) from = start;
    to = end;
    if (end >= span.end) break;
    start = end;
  }
  const before = characters.slice(from, span.start).join("");
  const lead = scalarCount(before) - scalarCount(before.trimStart());
  const sentence = characters.slice(from + lead, span.end).join("") + characters.slice(span.end, to).join("").trimEnd();
  return {
    id: { text: digest, kind: "by_hand", start: span.start, end: span.end },
    place,
    certainty: "certain",
    matched,
    sentence,
    offset: span.start - from - lead,
    reason: "The lead author marked it.",
  };
}
