/** Which key each command has: its usual one, or the one that a person gave it. */

import { m } from "../../messages/language.svelte";
import { preferences } from "../preferences.svelte";
import { refusal, shownPattern } from "./pattern";
import { COMMANDS, commandOf, together, type CommandId, type Listed } from "./table";

type Keys = ReadonlyMap<CommandId, string>;

const USUAL_KEYS: Keys = new Map(COMMANDS.flatMap(({ id, key }) => (key === undefined ? [] : [[id, key]])));

/** The keys in the preferences. By itself, so that no other preference that changes gives all commands their keys again. */
const kept = $derived(preferences.chosen.keys);

const keys: Keys = $derived(keysWith(kept));

/** The letters that commands of a screen have, or usually have: no answer is given by them. */
const letters: ReadonlySet<string> = $derived(new Set([...lettersOf(USUAL_KEYS), ...lettersOf(keys)]));

/** What became of a wish for a key. */
export type Wish = { is: "granted" } | { is: "refused"; why: string } | { is: "taken"; by: Listed; swap: Keys | null };

/** The key of its own that a command has; none where only others do it. */
export function keyOf(id: CommandId): string | undefined {
  return keys.get(id);
}

/** Every key that a command has, as written. */
export function patternsOf({ id, also = [] }: Listed): string[] {
  const own = keys.get(id);
  return own === undefined ? [...also] : [own, ...also];
}

/** The key of a command as a button or a sentence shows it. */
export function shownKey(id: CommandId): string {
  return shownPattern(patternsOf(commandOf(id))[0]!);
}

/** Whether a letter may give an answer on the rating screen. */
export function mayAnswer(letter: string): boolean {
  return !letters.has(letter);
}

export function isUsual(id: CommandId): boolean {
  return keys.get(id) === USUAL_KEYS.get(id);
}

/** Gives a command the key, unless no command may have it, it is one of the screen's `answers`, or another command has it. */
export function wish(id: CommandId, pattern: string, answers: readonly string[] = []): Wish {
  const usual = USUAL_KEYS.get(id) === pattern;
  const why = usual ? null : refusal(pattern);
  if (why !== null) return { is: "refused", why };
  const shown = shownPattern(pattern);
  if (!usual && answers.includes(shown)) return { is: "refused", why: m.keys.isAnswer(shown) };
  const by = holder(commandOf(id), pattern, keys);
  if (by) return { is: "taken", by, swap: swapped(id, pattern, by) };
  give(new Map([...keys, [id, pattern]]));
  return { is: "granted" };
}

/** Gives commands these keys. What another version of the program knows stays. */
export function give(given: Keys) {
  const unknown = Object.entries(preferences.chosen.keys).filter(([id]) => !COMMANDS.some((command) => command.id === id));
  const changed = [...given].filter(([id, key]) => key !== USUAL_KEYS.get(id));
  preferences.choose({ keys: Object.fromEntries([...unknown, ...changed]) });
}

/** Gives every command of every screen its usual key. */
export function giveUsual() {
  give(USUAL_KEYS);
}

/** The usual key of a command that has one. */
export function usualKey(id: CommandId): string {
  return USUAL_KEYS.get(id)!;
}

/** The usual keys with the chosen ones in their place, except those that no command may have or that another one has. */
function keysWith(chosen: { [id: string]: string }): Keys {
  const may = ([id, key]: [CommandId, string]) => USUAL_KEYS.has(id) && refusal(key) === null;
  const given = new Map((Object.entries(chosen) as [CommandId, string][]).filter(may));
  for (;;) {
    const keys = new Map([...USUAL_KEYS, ...given]);
    const wrong = [...given].find(([id, key]) => holder(commandOf(id), key, keys));
    if (!wrong) return keys;
    given.delete(wrong[0]);
  }
}

/** The other command that has the key, where both are heard. */
function holder(command: Listed, pattern: string, keys: Keys): Listed | undefined {
  const has = ({ id, also = [] }: Listed) => keys.get(id) === pattern || also.includes(pattern);
  return COMMANDS.find((other) => other.id !== command.id && together(command, other) && has(other));
}

/** The keys after two commands have exchanged theirs; nothing where they cannot. */
function swapped(id: CommandId, pattern: string, other: Listed): Keys | null {
  const left = keys.get(id)!;
  if (keys.get(other.id) !== pattern || (refusal(left) !== null && usualKey(other.id) !== left)) return null;
  const swap = new Map([...keys, [id, pattern] as const, [other.id, left] as const]);
  const clash = holder(commandOf(id), pattern, swap) ?? holder(other, left, swap);
  return clash ? null : swap;
}

function lettersOf(keys: Keys): string[] {
  const heard = COMMANDS.filter(({ place }) => place === "rate" || place === "everywhere");
  return heard.map(({ id }) => keys.get(id) ?? "").filter((key) => /^[a-z]$/.test(key));
}
