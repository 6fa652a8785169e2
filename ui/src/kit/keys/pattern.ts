/** How a key is written, "Shift+h" or "$mod+e": alike where it is heard, where it is chosen and where it is kept. */

import { m } from "../../messages/language.svelte";

/** What is held while a key is pressed. */
type Held = "$mod" | "Control" | "Meta" | "Alt" | "Shift";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

const SIGNS: { [key: string]: string } = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", "-": "−" };

/** How the key that was pressed is written. */
export function patternOf(event: KeyboardEvent): string {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const key = event.key === " " ? "Space" : isOne(event.key) ? event.key.toLowerCase() : event.key;
  // With AltGr, and with Option on a Mac, other signs are typed.
  const typing = event.getModifierState("AltGraph") || (MAC && altKey && isOne(key));
  const [mod, other] = MAC ? [metaKey, ctrlKey] : [ctrlKey && !typing, metaKey];
  const held = [
    mod && "$mod",
    other && (MAC ? "Control" : "Meta"),
    altKey && !typing && "Alt",
    // Which signs and digits need Shift depends on the keyboard.
    shiftKey && (!isOne(key) || isLetter(key)) && "Shift",
  ];
  return [...held.filter((name) => name !== false), key].join("+");
}

/** How a key is shown: "Shift H", "Ctrl E", "↓". */
export function shownPattern(pattern: string): string {
  const { held, key } = parts(pattern);
  const names: { [key: string]: string } = m.keys.shown;
  const upper = key.toUpperCase();
  return [...held.map(shownHeld), SIGNS[key] ?? names[key] ?? (isOne(upper) ? upper : key)].join(" ");
}

/** The command key on a Mac and Ctrl elsewhere; the other of the two belongs to the system. */
function shownHeld(name: Held): string {
  if (name !== "$mod") return m.keys.shown[name];
  return MAC ? "⌘" : m.keys.shown.Control;
}

/** Why no command may have the key, or not written like this; nothing where one may. */
export function refusal(pattern: string): string | null {
  const { held, key } = parts(pattern);
  const shown = shownPattern(pattern);
  if (held.some((name) => name !== "$mod" && name !== "Shift")) return m.keys.systems(shown);
  if (held.length === 0 && /^\d$/.test(key)) return m.keys.isGrade(key);
  if (/^\$mod\+[acvx]$/.test(pattern)) return m.keys.edits(shown);
  if (isLetter(key) && !/\p{Script=Latin}/u.test(key)) return m.keys.notLatin(shown);
  if (key === "Dead" || key === "Unidentified") return m.keys.silent;
  if (/^(Enter|Escape|Tab|Home|End|Page(Up|Down)|Arrow(Up|Down|Left|Right))$/.test(key)) return m.keys.moves(shown);
  return isWritten(held, key) ? null : m.keys.unusable(shown);
}

/** Whether it is a key that can be seen or named, written as `patternOf` writes it: otherwise it would never be heard. */
function isWritten(held: string[], key: string): boolean {
  if (!["", "$mod", "Shift", "$mod+Shift"].includes(held.join("+"))) return false;
  if (!isOne(key)) return /^(Space|F([1-9]|1[0-2]))$/.test(key);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(key) && key === key.toLowerCase() && (isLetter(key) || !held.includes("Shift"));
}

/** Whether it is only held while another key is pressed. */
export function isHeld(event: KeyboardEvent): boolean {
  return ["Shift", "Control", "Alt", "Meta", "AltGraph", "OS", "Fn", "CapsLock", "NumLock"].includes(event.key);
}

function parts(pattern: string): { held: Held[]; key: string } {
  const held = /^(?:(?:\$mod|Control|Meta|Alt|Shift)\+(?=.))*/.exec(pattern)![0];
  return { held: held.split("+").filter((name) => name !== "") as Held[], key: pattern.slice(held.length) };
}

function isOne(key: string): boolean {
  return [...key].length === 1;
}

function isLetter(key: string): boolean {
  return isOne(key) && /\p{L}/u.test(key);
}
