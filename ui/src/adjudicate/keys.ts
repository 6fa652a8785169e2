/** The keys of a decision; the screen shows each where it applies. */

import type { KeyBindingMap } from "tinykeys";
import type { Cause } from "../contract/Cause";
import { guarded } from "../kit/keys";
import { CAUSES } from "./causes";

export interface Hands {
  /** Comes before whatever a key does. */
  begin: () => void;
  grade: (grade: number) => void;
  noGrade: () => void;
  cause: (cause: Cause) => void;
  note: () => void;
  by: () => void;
  decide: () => void;
  step: (by: 1 | -1) => void;
  scroll: (by: 1 | -1) => void;
  leave: () => void;
}

export function bindings(hands: Hands): KeyBindingMap {
  const does = (act: () => void, repeats = false) => guarded(() => (hands.begin(), act(), true), repeats);
  const digit = guarded((event) => (hands.begin(), hands.grade(Number(event.key)), true));
  const map: KeyBindingMap = {
    "([0-9])": digit,
    // Some keyboards, the French among them, have the digits on the shifted keys.
    "Shift+([0-9])": digit,
    x: does(hands.noGrade),
    t: does(hands.note),
    b: does(hands.by),
    Enter: does(hands.decide),
    Escape: does(hands.leave),
    "]": does(() => hands.step(1), true),
    "[": does(() => hands.step(-1), true),
    Space: does(() => hands.scroll(1), true),
    "Shift+Space": does(() => hands.scroll(-1), true),
  };
  for (const { cause, key } of CAUSES) map[key] = does(() => hands.cause(cause));
  return map;
}
