/** What is said of a key that does nothing where it was pressed. */

import type { Action } from "./keys";

export const IDLE: { [action in Action]?: string } = {
  clear: "There is no answer here to take back.",
  empty: "E is for an empty or filtered response; this one has text.",
  rest: "No action is open.",
  next: "This is the last item.",
  previous: "This is the first item.",
  unfinished: "No other item is unfinished.",
  redo: "Nothing to redo.",
  quote: "This response has no text to quote.",
  mark: "This response has no text to mark.",
  change: "C is for a locked item; you can change this one directly.",
  enter: "Enter goes on when every question is answered; N goes on now.",
};

export const CHOOSING = "Choose a sentence with ↑ and ↓; Enter takes it, Escape leaves.";

export const ABSTAINED = "You abstained from this item. Press A to withdraw that.";

export const NEXT_NOT_NO = "N goes on to the next item; 0 is No.";
