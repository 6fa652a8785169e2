import type { ItemId } from "../contract/ItemId";
import type { RecordVisit } from "../contract/RecordVisit";

/** Of two events that are further apart, nothing between them counts: the person was away, or the computer asleep. */
export const LONGEST_READING_MS = 120_000;

/** So much of a long visit is kept at a time, and what is left of it so soon. */
export const PART_MS = 30_000;

/** A shorter visit is paging through; so short a rest of a longer one is not missed. */
export const SHORTEST_MS = 500;

/**
 * How long the person is active at the item in view. The time between two events counts whole where it may be
 * reading, and not at all where it is longer. `now` is a clock that only runs on, whatever the date is set to.
 */
export class ActiveTime {
  #now: () => number;
  #keep: (visit: RecordVisit) => void;
  #item: ItemId | null = null;
  /** When the last event was; none while the time does not count. */
  #last: number | null = null;
  /** What is not kept yet. */
  #active = 0;
  /** Whether a part of the visit is kept. */
  #continued = false;

  constructor(now: () => number, keep: (visit: RecordVisit) => void) {
    this.#now = now;
    this.#keep = keep;
  }

  /** Takes it that `item`, if any, is in view; it does not count while the person is `away` from it. */
  show(item: ItemId | null, away: boolean) {
    this.#count();
    if (item !== this.#item) {
      this.keep();
      [this.#item, this.#active, this.#continued] = [item, 0, false];
    }
    if (away) this.keep();
    this.#last = item === null || away ? null : this.#now();
  }

  /** Takes note of an event. */
  touch() {
    this.#count();
    if (this.#active >= PART_MS) this.keep();
  }

  /** Has what counts so far kept, unless it is too little. */
  keep() {
    const active_ms = Math.round(this.#active);
    if (this.#item === null || active_ms < SHORTEST_MS) return;
    this.#keep({ item: this.#item, active_ms, continued: this.#continued });
    [this.#active, this.#continued] = [0, true];
  }

  #count() {
    if (this.#last === null) return;
    const now = this.#now();
    const between = now - this.#last;
    if (between > 0 && between <= LONGEST_READING_MS) this.#active += between;
    this.#last = now;
  }
}
