import { call } from "../../bridge";
import type { KeepBegunText } from "../../contract/KeepBegunText";
import { Keeper } from "./keeper.svelte";

/** Texts that were begun of one packet or study, by what each is for: on the disk until they are given. */
export class BegunTexts {
  readonly keeper = new Keeper((text: KeepBegunText) => call("keep_begun_text", text));
  readonly #of: string;
  #texts: { [name: string]: string } = $state.raw({});

  constructor(of: string) {
    this.#of = of;
  }

  /** Has again what was begun before the program was started. What was typed since stays. */
  async recall() {
    const { texts } = await call("list_begun_texts", { of: this.#of });
    this.#texts = { ...texts, ...this.#texts };
  }

  /** Whether any text was begun. */
  get any(): boolean {
    return Object.values(this.#texts).some((text) => text !== "");
  }

  get(name: string): string {
    return this.#texts[name] ?? "";
  }

  /** Keeps a text; an empty one is forgotten. */
  set(name: string, text: string) {
    if (text === this.get(name)) return;
    this.#texts = { ...this.#texts, [name]: text };
    this.keeper.keep(name, { of: this.#of, name, text });
  }
}
