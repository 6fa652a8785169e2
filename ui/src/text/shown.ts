/** What is shown of a text: its pieces, without the marks that format them. Places are as in `position.ts`. */

import type { Block } from "../contract/Block";
import type { Inline } from "../contract/Inline";
import type { Span } from "../contract/Span";
import { scalarCount, utf16Offset } from "./scalars";

/** A piece of a text, shown as it is there. */
export interface Piece {
  /** The place of its first character. */
  start: number;
  text: string;
  /** What it is in: a sentence goes on from piece to piece, but not into another block. */
  block: object;
}

/** The pieces of a text that is shown as it was written. */
export function rawPieces(text: string): Piece[] {
  return [{ start: 0, text, block: {} }];
}

export function piecesOf(blocks: Block[]): Piece[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case "paragraph":
      case "heading":
        return inlinePieces(block.content);
      case "list":
        return block.items.flatMap(piecesOf);
      case "quote":
        return piecesOf(block.blocks);
      case "code":
        return [{ start: block.start, text: block.text, block }];
      case "table":
        return [block.head, ...block.rows].flat().flatMap((cell) => inlinePieces(cell));
      case "plain":
        return rawPieces(block.text);
      case "rule":
        return [];
    }
  });
}

function inlinePieces(content: Inline[], block: object = content): Piece[] {
  const pieces: Piece[] = [];
  for (const node of content) {
    if (node.kind === "break") {
      const last = pieces.at(-1);
      if (last) pieces.push({ start: endOf(last), text: " ", block });
    } else if (node.kind === "text" || node.kind === "code") pieces.push({ start: node.start, text: node.text, block });
    else pieces.push(...inlinePieces(node.content, block));
  }
  return pieces;
}

/** The part from `position`, or from what is shown next, to the end of its sentence. */
export function sentenceAt(pieces: Piece[], position: number): Span | null {
  const within = pieces.findLastIndex(({ start }) => start <= position);
  const place = within >= 0 && position < endOf(pieces[within]!) ? within : within + 1;
  const first = pieces[place];
  if (!first) return null;
  const start = Math.max(position, first.start);
  const from = utf16Offset(first.text, start - first.start);
  const others = pieces.slice(place + 1);
  const stop = others.findIndex(({ block }) => block !== first.block);
  const sentence = [first, ...(stop < 0 ? others : others.slice(0, stop))];
  const length = firstSentence(sentence.map(({ text }) => text).join("").slice(from));
  return length === 0 ? null : { start, end: placeAfter(sentence, from + length) };
}

/** The length of the first sentence of a text, without white space at its end. */
function firstSentence(text: string): number {
  let words = "";
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)) {
    words += segment;
    if (segment.trim() !== "") break;
  }
  return words.trimEnd().length;
}

/** The place after so many UTF-16 units of the joined pieces. */
function placeAfter(pieces: Piece[], units: number): number {
  let left = units;
  for (const { start, text } of pieces) {
    if (left <= text.length) return start + scalarCount(text.slice(0, left));
    left -= text.length;
  }
  return endOf(pieces.at(-1)!);
}

/** A part as it is read, at most `length` scalar values of it. */
export function quote(pieces: Piece[], { start, end }: Span, length: number): string {
  let words = "";
  let block: object | null = null;
  for (const piece of pieces) {
    if (piece.start >= end || endOf(piece) <= start) continue;
    if (block !== null && block !== piece.block) words += " ";
    block = piece.block;
    words += piece.text.slice(utf16Offset(piece.text, start - piece.start), utf16Offset(piece.text, end - piece.start));
  }
  const scalars = [...words.replace(/\s+/g, " ").trim()];
  return scalars.length > length ? `${scalars.slice(0, length).join("").trimEnd()}…` : scalars.join("");
}

/** A part as it is read; as it was written, where nothing of it is shown. */
export function quoteOr(raw: string, pieces: Piece[], part: Span, length: number): string {
  return quote(pieces, part, length) || quote(rawPieces(raw), part, length);
}

/** The sentence at a place as it is read. */
export function quoteAt(pieces: Piece[], position: number, length: number): string {
  const sentence = sentenceAt(pieces, position);
  return sentence ? quote(pieces, sentence, length) : "";
}

function endOf({ start, text }: Piece): number {
  return start + scalarCount(text);
}
