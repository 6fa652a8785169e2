/** Long enough to join the letters of a word, short enough to lose none worth having. */
const PAUSE = 400;
/** A person who types without a pause is not to lose more; the disk has the rest of two seconds. */
const LONGEST = 1500;

/** Does something soon after it is asked for: once for what is asked for in a row, and never later than that. */
export class Soon {
  readonly #act: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When it was asked for first since it was done last. */
  #since: number | null = null;

  constructor(act: () => void) {
    this.#act = act;
  }

  ask() {
    clearTimeout(this.#timer);
    this.#since ??= Date.now();
    const left = this.#since + LONGEST - Date.now();
    this.#timer = setTimeout(() => {
      this.cancel();
      this.#act();
    }, Math.min(PAUSE, left));
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#since = null;
  }
}
