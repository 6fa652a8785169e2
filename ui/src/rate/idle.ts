/** What is said of a key that does nothing where it was pressed. */

import { shownKey } from "../kit/keys/chosen.svelte";
import type { Bound } from "../kit/keys/table";
import { m } from "../messages/language.svelte";
import type { Packet } from "../packet/packet.svelte";
import type { Form } from "./questions/form.svelte";
import { shownYes } from "./questions/questions";

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
  error: () => m.form.noTextToMark,
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

/** Keys that go on from a gating question, where a person may mean the answer that begins with their letter. */
export class Onward {
  readonly #packet: Packet;
  readonly #form: Form;
  readonly #told = new Set<() => string>();

  constructor(packet: Packet, form: Form) {
    this.#packet = packet;
    this.#form = form;
  }

  /** Goes to the next unfinished item; false where there is none. */
  item(): false | void {
    if (!this.#packet.othersOpen) return false;
    const mistaken = this.#mistaken(nextNotNo);
    const gone = this.#packet.nextUnfinished();
    if (mistaken) void gone.then(() => (this.#packet.announcement = nextNotNo));
  }

  /** Goes to the next question, by a key. */
  question(key: string) {
    const mistaken = key === m.form.yes.charAt(0).toLowerCase() && this.#mistaken(nextNotYes);
    this.#form.step(1);
    if (mistaken) this.#packet.announcement = nextNotYes;
  }

  /** Each is said once. */
  #mistaken(words: () => string): boolean {
    if (!this.#form.atOpenGate || this.#told.has(words)) return false;
    this.#told.add(words);
    return true;
  }
}

function nextNotNo(): string {
  return m.form.nextNotNo(shownKey("rate.unfinished"));
}

function nextNotYes(): string {
  return m.form.nextNotYes(shownKey("rate.down"), shownYes());
}
