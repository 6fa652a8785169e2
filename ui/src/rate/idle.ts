/** What is said of a key that does nothing where it was pressed. */

import type { Action } from "./keys";

export const IDLE: { [action in Action]?: string } = {
  clear: "There is no answer here to take back.",
  empty: "E is for an empty or filtered response; this one has text.",
  next: "This is the last item.",
  previous: "This is the first item.",
  unfinished: "No other item is unfinished.",
  redo: "Nothing to redo.",
  mark: "This response has no text to mark.",
  change: "C is for a locked item; you can change this one directly.",
  enter: "Enter goes on when every question is answered; N goes on now.",
};

export const LOCKED = "This item is locked. To change it, press C and give a reason.";

export const CHOOSING = "Choose a sentence with ↑ and ↓; Enter marks it, Escape leaves.";

export const ABSTAINED = "You abstained from this item. Press A to withdraw that.";

export const NEXT_NOT_NO = "N goes on to the next item; 0 is No.";

/** "7 is not an answer to this question. Press Y or 0." The keys are those that answer the question, if there is one. */
export function noAnswerWords(pressed: string, keys: string[]): string {
  if (keys.length === 0) return `${pressed.toUpperCase()} answers nothing here. Press ↑ to go to a question.`;
  return `${pressed.toUpperCase()} is not an answer to this question. Press ${keysWords(keys.map((key) => key.toUpperCase()))}.`;
}

/** "0 to 4", or "H, P or M". */
function keysWords(keys: string[]): string {
  const row = keys.length > 2 && keys.every((key, place) => Number(key) === Number(keys[0]) + place);
  if (row) return `${keys[0]} to ${keys.at(-1)}`;
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(keys);
}
