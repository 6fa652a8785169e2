/** What raters point at in a response, where they may point at the same words. */

import type { Rating } from "../contract/Rating";
import type { Span } from "../contract/Span";

/** A part of a response, and the places of the voices that quote all of it. */
export interface Quoted {
  span: Span;
  voices: number[];
}

/** The parts that a rater quotes, or marks as errors. */
export function quotesOf({ evidence, errors }: Rating): Span[] {
  return [...Object.values(evidence), ...errors.map(({ span }) => span)];
}

/** Cuts the quotations of several voices into parts that do not overlap, in the order of the text. */
export function quoted(quotes: Span[][]): Quoted[] {
  const edges = new Set(quotes.flat().flatMap(({ start, end }) => [start, end]));
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((end, place) => {
    const start = cuts[place]!;
    const covers = (span: Span) => span.start <= start && end <= span.end;
    const voices = quotes.flatMap((spans, voice) => (spans.some(covers) ? [voice] : []));
    return voices.length > 0 ? [{ span: { start, end }, voices }] : [];
  });
}

/** Colours are as many as this; a later voice shares one. */
export const COLOURS = 5;

/** The number of a voice's colour, from 1. */
export function colour(voice: number): number {
  return (voice % COLOURS) + 1;
}
