/** How many words a text has, as it is told to a person. */
export function wordsIn(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== "").length;
}
