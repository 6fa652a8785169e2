/** Hears the keys of screens, and leaves them to a field, a dialog or an element that needs them. */

import { USUAL, preferences } from "../preferences.svelte";
import { patternsOf } from "./chosen.svelte";
import { patternOf } from "./pattern";
import { COMMANDS, type Action, type Bound, type Command, type Listed, type Screen } from "./table";

/** A key that is no command's may be an answer: a digit, or a letter by itself. */
const ANSWER = /^[0-9a-z]$/;

/** What the commands of every screen do, but for the help, which each has for itself. */
const TEXT_SIZE: Record<Exclude<Action<"everywhere">, "help">, () => void> = {
  larger: () => preferences.resize(1),
  smaller: () => preferences.resize(-1),
  usualSize: () => preferences.choose({ text_size: USUAL.text_size }),
};

/** The key that acted last. Held, it does not write into the field to which it led. */
let acted: string | null = null;

/**
 * Hears the keys of a screen; `act` and `answer` say whether the key means something, and otherwise leave it to the web
 * view. Returns what ends it.
 */
export function hearScreen<S extends Screen>(screen: S, act: (action: Bound<S>) => boolean, answer = (_key: string) => false): () => void {
  const hear = (event: KeyboardEvent) => {
    const command = commandFor(screen, event);
    const key = patternOf(event);
    if (command) guard(event, command, () => act(command.action as Bound<S>));
    else if (ANSWER.test(key)) guard(event, {}, () => answer(key));
  };
  window.addEventListener("keydown", hear);
  return () => window.removeEventListener("keydown", hear);
}

/** What a key does on a screen, for an element that hears keys by itself. */
export function pressed<S extends Screen>(screen: S, event: KeyboardEvent): Bound<S> | null {
  return (commandFor(screen, event)?.action as Bound<S> | undefined) ?? null;
}

/** Hears Ctrl and +, −, 0 on every screen, as a browser does. Returns what ends it. */
export function hearTextSize(): () => void {
  const hear = (event: KeyboardEvent) => {
    const command = COMMANDS.find((one) => one.place === "everywhere" && one.action in TEXT_SIZE && has(one, event));
    if (command) guard(event, command, () => (TEXT_SIZE[command.action as keyof typeof TEXT_SIZE](), true));
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

function commandFor(screen: Screen, event: KeyboardEvent): Listed | undefined {
  return COMMANDS.find((one) => (one.place === screen || one.id === "everywhere.help") && has(one, event));
}

function has(command: Listed, event: KeyboardEvent): boolean {
  return patternsOf(command).includes(patternOf(event));
}

/** A held key would answer one question after the other. */
function guard(event: KeyboardEvent, { repeats, reach }: Pick<Command, "repeats" | "reach">, act: () => boolean) {
  if (!event.repeat || repeats) acted = mayAct(event, reach) && act() ? event.code : null;
  if (event.code === acted) event.preventDefault();
}

/** Keys never act while someone types, while a dialog is open, or where an element needs them. */
function mayAct(event: KeyboardEvent, reach: Command["reach"]): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const held = event.ctrlKey || event.metaKey;
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
