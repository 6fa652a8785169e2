import { plain } from "./codes";

const WORDS: Record<string, string> = {
  parse_failure: "the judge’s answer could not be read",
  abstained: "a rater abstained",
  not_rated: "not rated on this axis",
};

/** Why an item does not count, in words. */
export function exclusionWords(reason: string): string {
  return WORDS[reason] ?? plain(reason);
}
