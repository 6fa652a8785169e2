/**
 * Places in a response: Unicode scalar values from the start of its raw text. Elements that show a
 * piece of the text carry `data-start`, the place of its first character, and hold one text node.
 */

import type { Span } from "../contract/Span";
import { scalarCount, utf16Offset } from "./scalars";
import { sentenceAt, type Piece } from "./shown";

/**
 * Scalar values of `text` before a UTF-16 offset, which is how the document counts. An offset within a
 * pair of units counts as that of the pair's start, or of its end.
 */
export function scalarsBefore(text: string, offset: number, within: "start" | "end" = "start"): number {
  const split = isBetween(text.charCodeAt(offset - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(offset), 0xdc00, 0xdfff);
  return scalarCount(text.slice(0, split ? offset + (within === "end" ? 1 : -1) : offset));
}

function isBetween(unit: number, from: number, to: number): boolean {
  return from <= unit && unit <= to;
}

/** The place of a point of the document inside `root`, if a shown piece of text is there or follows. */
export function positionOf(root: HTMLElement, node: Node, offset: number): number | null {
  const leaf = parentLeaf(node);
  if (leaf && root.contains(leaf)) {
    return startOf(leaf) + (node.nodeType === Node.TEXT_NODE ? scalarsBefore(node.textContent ?? "", offset) : 0);
  }
  const point = document.createRange();
  point.setStart(node, offset);
  const following = leavesOf(root).find((leaf) => point.comparePoint(leaf, 0) >= 0);
  return following ? startOf(following) : null;
}

/** The part of the text that `range` selects inside `root`, without white space at its ends. */
export function spanOf(root: HTMLElement, range: Range, text: string): Span | null {
  const start = positionOf(root, range.startContainer, range.startOffset);
  const end = endOf(root, range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const words = [...text].slice(start, end).join("");
  const from = start + scalarCount(words) - scalarCount(words.trimStart());
  const to = from + scalarCount(words.trim());
  return from < to ? { start: from, end: to } : null;
}

/** The place after the last shown character before a point of the document. */
function endOf(root: HTMLElement, node: Node, offset: number): number | null {
  const leaf = parentLeaf(node);
  if (leaf && root.contains(leaf) && node.nodeType === Node.TEXT_NODE) {
    return startOf(leaf) + scalarsBefore(node.textContent ?? "", offset, "end");
  }
  const point = document.createRange();
  point.setStart(node, offset);
  const before = leavesOf(root).findLast((leaf) => point.comparePoint(leaf, 0) < 0);
  return before ? startOf(before) + scalarCount(before.textContent ?? "") : null;
}

/** The shown text of a part. */
export function rangeOf(root: HTMLElement, { start, end }: Span): Range | null {
  const leaves = leavesOf(root);
  // A part may begin in the markup before the first shown character.
  const first = leaves.findLast((leaf) => startOf(leaf) <= start) ?? leaves[0];
  const last = leaves.findLast((leaf) => startOf(leaf) < end);
  if (!first?.firstChild || !last?.firstChild) return null;
  const range = document.createRange();
  range.setStart(first.firstChild, utf16Offset(first.textContent ?? "", Math.max(0, start - startOf(first))));
  range.setEnd(last.firstChild, utf16Offset(last.textContent ?? "", end - startOf(last)));
  return range;
}

/** The part from `position` to the end of its sentence. */
export function sentenceSpan(root: HTMLElement, position: number): Span | null {
  return sentenceAt(piecesIn(root), position);
}

/** The shown text from `position` to the end of its sentence. */
export function rangeAt(root: HTMLElement, position: number): Range | null {
  const sentence = sentenceSpan(root, position);
  return sentence && rangeOf(root, sentence);
}

/**
 * Where the first line of a range is on screen, if the document has a layout. What is out of view in a long
 * text has none, so the portion it is in is laid out from now on.
 */
export function lineOf(range: Range): DOMRect | undefined {
  range.startContainer.parentElement?.closest(".portion")?.classList.remove("far");
  return range.getClientRects?.()[0];
}

/** The places where sentences begin. */
export function sentenceStarts(root: HTMLElement): number[] {
  const starts = new Set<number>();
  for (const block of blocksOf(root)) {
    const leaves = leavesOf(block);
    const words = leaves.map((leaf) => leaf.textContent ?? "");
    for (const place of placesIn(leaves, words, sentences(words.join("")))) starts.add(place);
  }
  return [...starts].sort((a, b) => a - b);
}

function sentences(text: string): number[] {
  const segments = new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text);
  return [...segments].filter(({ segment }) => segment.trim() !== "").map(({ index }) => index);
}

/** The places of ascending offsets into the joined `words` of `leaves`. */
function placesIn(leaves: HTMLElement[], words: string[], offsets: number[]): number[] {
  const places: number[] = [];
  let before = 0;
  for (const [number, leaf] of leaves.entries()) {
    let [from, place] = [0, startOf(leaf)];
    while (places.length < offsets.length && offsets[places.length]! < before + words[number]!.length) {
      const offset = offsets[places.length]! - before;
      place += scalarCount(words[number]!.slice(from, offset));
      from = offset;
      places.push(place);
    }
    before += words[number]!.length;
  }
  return places;
}

/** The innermost blocks: what holds text and no other block. */
function blocksOf(root: HTMLElement): HTMLElement[] {
  return [...new Set(leavesOf(root).map((leaf) => blockOf(root, leaf)))];
}

function blockOf(root: HTMLElement, leaf: HTMLElement): HTMLElement {
  return leaf.closest<HTMLElement>("[data-block]") ?? root;
}

function piecesIn(root: HTMLElement): Piece[] {
  return leavesOf(root).map((leaf) => ({ start: startOf(leaf), text: leaf.textContent ?? "", block: blockOf(root, leaf) }));
}

function leavesOf(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-start]")];
}

function parentLeaf(node: Node): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-start]") ?? null;
}

function startOf(leaf: HTMLElement): number {
  return Number(leaf.dataset.start);
}
