/** After so long without a pause a break is suggested. */
export const LONG_WORK_MS = 50 * 60_000;

/** So long without an event is a pause. */
export const PAUSE_MS = 5 * 60_000;

/** How long a person works without a pause. */
export class LongWork {
  /** Whether a break would help now. */
  due = false;
  #clocks: (() => number)[];
  #begun: number | null = null;
  #last: number[] = [];
  #told = false;

  /** `now` only runs on; `wall` runs on in a computer that sleeps, which `now` may not do. */
  constructor(now: () => number, wall: () => number) {
    this.#clocks = [now, wall];
  }

  /** Takes note of an event. A stretch of work that has lasted long is told of once. */
  touch() {
    const times = this.#clocks.map((clock) => clock());
    const now = times[0]!;
    const paused = times.some((time, place) => time - (this.#last[place] ?? time) >= PAUSE_MS);
    this.#last = times;
    if (this.#begun === null || paused) [this.#begun, this.#told, this.due] = [now, false, false];
    if (this.#told || now - this.#begun < LONG_WORK_MS) return;
    this.#told = this.due = true;
  }
}
