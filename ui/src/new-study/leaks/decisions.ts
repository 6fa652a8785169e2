/** What is decided about leaks. The commands say the same; here it is said at once. */

import type { Certainty } from "../../contract/Certainty";
import type { Leak } from "../../contract/Leak";
import type { LeakAction } from "../../contract/LeakAction";
import type { LeakDecision } from "../../contract/LeakDecision";
import type { LeakId } from "../../contract/LeakId";
import type { LeakKind } from "../../contract/LeakKind";

/** A leak's name: a text that occurs twice is decided once. */
export function nameOf({ text, kind, start, end }: LeakId): string {
  return `${text} ${kind} ${start} ${end}`;
}

/** What the text of a decision is kept by while it is being written. */
export function begunName(what: "replacement" | "reason", leak: LeakId): string {
  return `${what} ${nameOf(leak)}`;
}

/** The decisions, and for each leak whether it is settled. */
export class Settled {
  readonly #actions = new Map<string, LeakAction>();
  readonly #masks = new Map<string, LeakId[]>();

  constructor(decisions: LeakDecision[]) {
    for (const { leak, action } of decisions) {
      this.#actions.set(nameOf(leak), action);
      if (action.do === "mask") this.#masks.set(leak.text, [...(this.#masks.get(leak.text) ?? []), leak]);
    }
  }

  /** What is decided about this very leak. */
  action(leak: LeakId): LeakAction | null {
    return this.#actions.get(nameOf(leak)) ?? null;
  }

  /** Whether another leak's mask covers these words. */
  covered(leak: LeakId): boolean {
    const covers = (mask: LeakId) => mask.start <= leak.start && leak.end <= mask.end && nameOf(mask) !== nameOf(leak);
    return this.#masks.get(leak.text)?.some(covers) ?? false;
  }

  /** Whether raters read something else in the place of these words. */
  masked(leak: LeakId): boolean {
    return this.action(leak)?.do === "mask" || this.covered(leak);
  }

  open(leak: LeakId): boolean {
    return this.action(leak) === null && !this.covered(leak);
  }
}

/** `decisions`, and what is newly decided in the place of what was decided about the same leaks. */
export function decided(decisions: LeakDecision[], leaks: Leak[], action: LeakAction): LeakDecision[] {
  const latest = new Map(leaks.map((leak) => [nameOf(leak.id), { leak: leak.id, action }]));
  return [...decisions.filter(({ leak }) => !latest.has(nameOf(leak))), ...latest.values()];
}

/** `decisions` without what is decided about `leak`. */
export function undone(decisions: LeakDecision[], leak: LeakId): LeakDecision[] {
  return decisions.filter((decision) => nameOf(decision.leak) !== nameOf(leak));
}

/** A text that occurs twice is decided once: each leak once. */
export function distinct(leaks: Leak[]): Leak[] {
  return [...new Map(leaks.map((leak) => [nameOf(leak.id), leak])).values()];
}

/** The open leaks by their words, in lower case. */
export function openByWords(leaks: Leak[], settled: Settled): Map<string, Leak[]> {
  const words = new Map<string, Leak[]>();
  for (const leak of leaks) {
    if (!settled.open(leak.id)) continue;
    const alike = words.get(leak.matched.toLowerCase());
    if (alike) alike.push(leak);
    else words.set(leak.matched.toLowerCase(), [leak]);
  }
  return words;
}

/** Leaks that are as sure, and give away the same thing. */
export interface LeakGroup {
  certainty: Certainty;
  kind: LeakKind;
  leaks: Leak[];
}

/** The leaks in groups, the surest first. */
export function grouped(leaks: Leak[]): LeakGroup[] {
  const groups = new Map<string, LeakGroup>();
  for (const leak of leaks) {
    const { certainty, id } = leak;
    const group = groups.get(`${certainty} ${id.kind}`) ?? { certainty, kind: id.kind, leaks: [] };
    group.leaks.push(leak);
    groups.set(`${certainty} ${id.kind}`, group);
  }
  const rank = { certain: 0, likely: 1, possible: 2 };
  return [...groups.values()].sort((a, b) => rank[a.certainty] - rank[b.certainty]);
}

/** A leak's sentence, in three: before the words, the words, and after them. */
export function inSentence({ sentence, offset, matched }: Leak): [string, string, string] {
  // Places are in Unicode scalar values.
  const characters = [...sentence];
  const end = offset + [...matched].length;
  return [characters.slice(0, offset).join(""), characters.slice(offset, end).join(""), characters.slice(end).join("")];
}
