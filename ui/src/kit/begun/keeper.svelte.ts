import { messageOf } from "../../words/failure";
import { Soon } from "./soon";

/** Keeps what is being written on the disk: soon after each change, piece by piece, the latest of each. */
export class Keeper<T> {
  /** Why what waits is not on the disk. */
  failure: string | null = $state(null);
  readonly #write: (piece: T) => Promise<unknown>;
  readonly #waiting = new Map<string, T>();
  readonly #soon = new Soon(() => void this.flush());
  #running: Promise<boolean> | null = null;

  constructor(write: (piece: T) => Promise<unknown>) {
    this.#write = write;
  }

  /** Keeps `piece` in the place of what was kept under `name` before. */
  keep(name: string, piece: T) {
    this.#waiting.set(name, piece);
    this.#soon.ask();
  }

  /** Writes no more of what is called `name`. */
  drop(name: string) {
    this.#waiting.delete(name);
  }

  /** Writes everything that waits; says whether it all is on the disk. */
  flush(): Promise<boolean> {
    this.#soon.cancel();
    this.#running ??= this.#work();
    return this.#running;
  }

  async #work(): Promise<boolean> {
    // Where nothing waits it would end before `flush` notes that it runs, and would run for ever.
    await null;
    try {
      for (let first = this.#first(); first; first = this.#first()) {
        const [name, piece] = first;
        await this.#write(piece);
        if (this.#waiting.get(name) === piece) this.#waiting.delete(name);
      }
      this.failure = null;
    } catch (error) {
      this.failure = messageOf(error);
    } finally {
      this.#running = null;
    }
    return this.failure === null;
  }

  #first(): [string, T] | undefined {
    return this.#waiting.entries().next().value;
  }
}
