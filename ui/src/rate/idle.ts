/** What is said of a key that does nothing where it was pressed. */

import { shownKey } from "../kit/keys/chosen.svelte";
import type { Bound } from "../kit/keys/table";

const IDLE: { [action in Bound<"rate">]?: (key: string) => string } = {
  clear: () => "There is no answer here to take back.",
  empty: (key) => `${key} is for an empty or filtered response; this one has text.`,
  rest: () => "No action is open.",
  next: () => "This is the last item.",
  previous: () => "This is the first item.",
  unfinished: () => "No other item is unfinished.",
  redo: () => "Nothing to redo.",
  quote: () => "This response has no text to quote.",
  mark: () => "This response has no text to mark.",
  change: (key) => `${key} is for a locked item; you can change this one directly.`,
  enter: () => `Enter goes on when every question is answered; ${shownKey("rate.unfinished")} goes on now.`,
};

export function idleWords(action: Bound<"rate">): string | null {
  return IDLE[action]?.(shownKey(action === "help" ? "everywhere.help" : `rate.${action}`)) ?? null;
}

export const CHOOSING = "Choose a sentence with ↑ and ↓; Enter takes it, Escape leaves.";

export function abstainedWords(): string {
  return `You abstained from this item. Press ${shownKey("rate.abstain")} to withdraw that.`;
}

export function nextNotNo(): string {
  return `${shownKey("rate.unfinished")} goes on to the next item; 0 is No.`;
}
