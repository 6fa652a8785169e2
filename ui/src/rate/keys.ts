/** Every key of the rating screen, once: what binds it and what the help says of it. */

import type { KeyBindingMap } from "tinykeys";
import { guarded } from "../kit/keys";

export type Action =
  | "down" | "up" | "clear" | "empty"
  | "next" | "previous" | "unfinished" | "list"
  | "undo" | "redo" | "note" | "flag" | "abstain" | "mark" | "noInstruction" | "quote"
  | "find" | "more" | "less" | "rest" | "anchors" | "turn"
  | "raw" | "scrollDown" | "scrollUp" | "return" | "change" | "help" | "enter" | "escape";

interface Key {
  action: Action;
  patterns: string[];
  shown: string;
  meaning: string;
  /** Goes on while the key is held. Nothing that changes a rating does. */
  repeats?: true;
}

interface Group {
  title: string;
  keys: (Key | { shown: string; meaning: string })[];
}

export const KEYS: Group[] = [
  {
    title: "Answer",
    keys: [
      { shown: "0–9", meaning: "The grade or the choice with that number" },
      { action: "down", patterns: ["ArrowDown", "j"], shown: "↓  J", meaning: "Next question", repeats: true },
      { action: "up", patterns: ["ArrowUp", "k"], shown: "↑  K", meaning: "Previous question", repeats: true },
      { action: "rest", patterns: ["Shift+h"], shown: "Shift H", meaning: "Give every action that is still open full credit" },
      { action: "clear", patterns: ["Backspace", "Delete"], shown: "Backspace", meaning: "Take the answer back" },
      { action: "empty", patterns: ["e"], shown: "E", meaning: "Apply the convention for an empty or filtered response" },
    ],
  },
  {
    title: "Mark and remark",
    keys: [
      { action: "mark", patterns: ["i"], shown: "I", meaning: "Mark the selection as first actionable instruction; without a selection, choose a sentence with ↑ ↓ and Enter" },
      { action: "noInstruction", patterns: ["Shift+i"], shown: "Shift I", meaning: "There is no actionable instruction" },
      { action: "quote", patterns: ["q"], shown: "Q", meaning: "Quote the selection as evidence for the critical action at the cursor; without a selection, choose sentences with ↑ ↓, more with Shift, and Enter" },
      { action: "note", patterns: ["t"], shown: "T", meaning: "Write a note; Escape leaves it" },
      { action: "flag", patterns: ["f"], shown: "F", meaning: "Flag the item, or lower the flag" },
      { action: "abstain", patterns: ["a"], shown: "A", meaning: "Abstain, with a reason, or withdraw it" },
      { action: "undo", patterns: ["u", "$mod+z"], shown: "U  Ctrl Z", meaning: "Undo the last change, wherever it was" },
      { action: "redo", patterns: ["$mod+Shift+z", "$mod+y"], shown: "Ctrl Y", meaning: "Redo" },
    ],
  },
  {
    title: "Move and read",
    keys: [
      { action: "unfinished", patterns: ["n"], shown: "N", meaning: "Next unfinished item" },
      { action: "next", patterns: ["]", "ArrowRight", "PageDown"], shown: "]  →  Page Down", meaning: "Next item", repeats: true },
      { action: "previous", patterns: ["[", "ArrowLeft", "PageUp"], shown: "[  ←  Page Up", meaning: "Previous item", repeats: true },
      { action: "list", patterns: ["l"], shown: "L", meaning: "List of items" },
      { action: "scrollDown", patterns: ["Space"], shown: "Space", meaning: "Scroll the response", repeats: true },
      { action: "scrollUp", patterns: ["Shift+Space"], shown: "Shift Space", meaning: "Scroll the response back", repeats: true },
      { action: "find", patterns: ["$mod+f"], shown: "Ctrl F", meaning: "Find words in prompt, reference, risks and response" },
      { action: "turn", patterns: ["v"], shown: "V", meaning: "Show the case beside the response, or put it away" },
      { action: "anchors", patterns: ["g"], shown: "G", meaning: "Show the wording of every grade, or only of the chosen one" },
      { action: "raw", patterns: ["r"], shown: "R", meaning: "Raw or formatted text" },
      { action: "return", patterns: ["$mod+e"], shown: "Ctrl E", meaning: "Review and return: look over, lock, export" },
      { action: "change", patterns: ["c"], shown: "C", meaning: "Change a locked item, with a reason" },
      { action: "help", patterns: ["Shift+?", "?"], shown: "?", meaning: "Instructions and these keys" },
    ],
  },
];

/** Keys that confirm or leave what is under way; the screen says so where it applies. */
const UNLISTED: Key[] = [
  { action: "more", patterns: ["Shift+ArrowDown"], shown: "Shift ↓", meaning: "One sentence more", repeats: true },
  { action: "less", patterns: ["Shift+ArrowUp"], shown: "Shift ↑", meaning: "One sentence less", repeats: true },
  { action: "enter", patterns: ["Enter"], shown: "Enter", meaning: "Confirm" },
  { action: "escape", patterns: ["Escape"], shown: "Escape", meaning: "Leave" },
];

/** The bindings for tinykeys. An action that returns false leaves the key to the web view. */
export function bindings(act: (action: Action) => boolean, press: (key: string) => boolean): KeyBindingMap {
  const map: KeyBindingMap = {};
  const listed = KEYS.flatMap(({ keys }) => keys).filter((key): key is Key => "action" in key);
  for (const { action, patterns, repeats } of [...listed, ...UNLISTED]) {
    for (const pattern of patterns) map[pattern] = guarded(() => act(action), repeats);
  }
  const answer = guarded((event) => press(event.key.toLowerCase()));
  map["([0-9])"] = answer;
  // Some keyboards, the French among them, have the digits on the shifted keys.
  map["Shift+([0-9])"] = answer;
  // No choice takes a letter that means something on the screen.
  for (const letter of "abcdefghijklmnopqrstuvwxyz") map[letter] ??= answer;
  return map;
}
