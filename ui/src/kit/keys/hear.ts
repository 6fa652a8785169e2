/** Hears the keys of screens, and leaves them to a field, a dialog or an element that needs them. */

import { USUAL, preferences } from "../preferences.svelte";
import { patternsOf } from "./chosen.svelte";
import { isHeld, patternOf } from "./pattern";
import { COMMANDS, type Action, type Bound, type Command, type Listed, type Screen } from "./table";

/** A key that is no command's may be an answer: a digit, or a letter by itself. */
const ANSWER = /^[0-9a-z]$/;

/** What the commands of every screen do, but for the help, which each has for itself. */
const TEXT_SIZE: Record<Exclude<Action<"everywhere">, "help">, () => void> = {
  larger: () => preferences.resize(1),
  smaller: () => preferences.resize(-1),
  usualSize: () => preferences.choose({ text_size: USUAL.text_size }),
};

/** The place of the key that was pressed last, if it acted. While it is held it writes nothing, even where it led to a field. */
let acted: string | null = null;

/**
 * Hears the keys of a screen; `act` and `answer` say whether the key means something, and otherwise leave it to the web
 * view. Returns what ends it.
 */
export function hearScreen<S extends Screen>(screen: S, act: (action: Bound<S>, key: string) => boolean, answer = (_key: string) => false): () => void {
  const hear = (event: KeyboardEvent) => {
    const pattern = patternOf(event);
    // These act by themselves, and before.
    if (isHeld(event) || textSizeFor(pattern)) return;
    const command = commandFor(screen, pattern);
    guard(event, pattern, command, () => (command ? act(command.action as Bound<S>, pattern) : ANSWER.test(pattern) && answer(pattern)));
  };
  window.addEventListener("keydown", hear);
  return () => window.removeEventListener("keydown", hear);
}

/** What a key does on a screen, for an element that hears keys by itself. While it is held, only what goes on does. */
export function pressed<S extends Screen>(screen: S, event: KeyboardEvent): Bound<S> | null {
  const command = commandFor(screen, patternOf(event));
  return command && (!event.repeat || command.repeats) ? (command.action as Bound<S>) : null;
}

/** Hears Ctrl and +, −, 0 on every screen, as a browser does. Returns what ends it. */
export function hearTextSize(): () => void {
  const hear = (event: KeyboardEvent) => {
    const pattern = patternOf(event);
    const command = textSizeFor(pattern);
    if (command) guard(event, pattern, command, () => (TEXT_SIZE[command.action as keyof typeof TEXT_SIZE](), true));
  };
  // Dialogs keep their keys from the screen below.
  window.addEventListener("keydown", hear, { capture: true });
  return () => window.removeEventListener("keydown", hear, { capture: true });
}

/** Whether a dialog or a text field has the keys. */
export function keysTaken(): boolean {
  const focus = document.activeElement;
  return document.querySelector("dialog[open]") !== null || (focus instanceof HTMLElement && isTextField(focus));
}

function commandFor(screen: Screen, pattern: string): Listed | undefined {
  return COMMANDS.find((one) => (one.place === screen || one.id === "everywhere.help") && patternsOf(one).includes(pattern));
}

function textSizeFor(pattern: string): Listed | undefined {
  return COMMANDS.find((one) => one.place === "everywhere" && one.action in TEXT_SIZE && patternsOf(one).includes(pattern));
}

/** A held key would answer one question after the other. */
function guard(event: KeyboardEvent, pattern: string, command: Command | undefined, act: () => boolean) {
  if (!event.repeat || command?.repeats) acted = mayAct(event, pattern, command?.reach) && act() ? event.code : null;
  if (event.code === acted) event.preventDefault();
}

/** Keys never act while someone types, while a dialog is open, or where an element needs them. */
function mayAct(event: KeyboardEvent, pattern: string, reach: Command["reach"]): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  // With AltGr, which types signs, some systems say that Ctrl is held.
  const held = pattern.startsWith("$mod+");
  if (target?.closest("[data-takes-keys]")) return false;
  if (document.querySelector("dialog[open]")) return reach === "dialogs" && held;
  if (target && isTextField(target)) return reach !== undefined && held;
  if (event.key === " " || event.key === "Enter") return !target?.closest("button, summary, a, input:focus-visible");
  // Someone who came to a radio button with Tab moves in its group with the arrows, as everywhere.
  if (event.key.startsWith("Arrow")) return !target?.matches("input[type=radio]:focus-visible");
  return true;
}

function isTextField(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input:not([type=radio], [type=checkbox], [type=button])");
}
