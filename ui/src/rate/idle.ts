/** What is said of a key that does nothing where it was pressed. */

import { shownKey } from "../kit/keys/chosen.svelte";
import type { Bound } from "../kit/keys/table";
import { m } from "../messages/language.svelte";

const IDLE: { [action in Bound<"rate">]?: (key: string) => string } = {
  clear: () => m.form.nothingToClear,
  empty: (key) => m.form.notEmpty(key),
  rest: () => m.form.noneOpen,
  next: () => m.form.last,
  previous: () => m.form.first,
  unfinished: () => m.form.noneUnfinished,
  redo: () => m.form.nothingToRedo,
  quote: () => m.form.noTextToQuote,
  mark: () => m.form.noTextToMark,
  change: (key) => m.form.notLocked(key),
  enter: () => m.form.enterWhenDone(shownKey("rate.unfinished")),
};

export function idleWords(action: Bound<"rate">): (() => string) | null {
  const words = IDLE[action];
  return words ? () => words(shownKey(action === "help" ? "everywhere.help" : `rate.${action}`)) : null;
}

export function abstainedWords(): string {
  return m.form.abstainedKey(shownKey("rate.abstain"));
}

export function nextNotNo(): string {
  return m.form.nextNotNo(shownKey("rate.unfinished"));
}
