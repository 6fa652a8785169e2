import { scalarCount } from "./scalars";

/** The longest portion, in UTF-16 units. Laying out what changes direction often takes the square of its length. */
const LONGEST = 2000;

/** A part of a text that is laid out by itself. */
export interface Portion {
  /** The place of its first character. */
  start: number;
  text: string;
}

/** A text in portions: each ends with a line, or where that is too long with a word, or else within one. */
export function portions(text: string): Portion[] {
  const all: Portion[] = [];
  let start = 0;
  for (let from = 0; from < text.length; from += all.at(-1)!.text.length) {
    const portion = firstPortion(text.slice(from, from + LONGEST + 1));
    all.push({ start, text: portion });
    start += scalarCount(portion);
  }
  return all;
}

function firstPortion(text: string): string {
  if (text.length <= LONGEST) return text;
  const end = text.lastIndexOf("\n", LONGEST - 1) + 1 || text.lastIndexOf(" ", LONGEST - 1) + 1 || LONGEST;
  const splitsPair = /[\uD800-\uDBFF]/.test(text[end - 1]!);
  return text.slice(0, splitsPair ? end - 1 : end);
}
