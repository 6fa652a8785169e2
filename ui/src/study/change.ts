import type { BegunTexts } from "../kit/begun/texts.svelte";

/** Who changes a running study and why, kept as it is typed. */
export class Change {
  readonly #begun: BegunTexts;
  readonly #what: string;

  /** `what` says which change it is. */
  constructor(begun: BegunTexts, what: string) {
    this.#begun = begun;
    this.#what = what;
  }

  /** One person for every change. */
  get by(): string {
    return this.#begun.get("who changes the study");
  }

  set by(text: string) {
    this.#begun.set("who changes the study", text);
  }

  get reason(): string {
    return this.#begun.get(`why ${this.#what}`);
  }

  set reason(text: string) {
    this.#begun.set(`why ${this.#what}`, text);
  }

  get complete(): boolean {
    return this.by.trim() !== "" && this.reason.trim() !== "";
  }

  /** As a command takes it. */
  get told(): { by: string; reason: string } {
    return { by: this.by.trim(), reason: this.reason.trim() };
  }
}
