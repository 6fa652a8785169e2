/** How the person wants the screens to look, and which keys they chose: kept on this computer. */

import { call } from "../bridge";
import type { Preferences as Chosen } from "../contract/Preferences";
import { language } from "../messages/language.svelte";
import { messageOf } from "../words/failure";
import { Soon } from "./begun/soon";

/** The sizes of text on offer, in percent of the usual one. */
export const TEXT_SIZES = [80, 90, 100, 110, 125, 150, 175, 200];

export const USUAL: Chosen = { text_size: 100, case_folded: false, all_anchors: false, case_width: null, scores_width: null, language: null, keys: {} };

class Preferences {
  chosen: Chosen = $state.raw(USUAL);
  /** Why they could not be read or kept. */
  failure: string | null = $state(null);
  /** Whether what was kept could not be read: it then stays as it is. */
  #unread = false;
  /** A width is dragged step by step. */
  readonly #keeping = new Soon(() => void this.#attempt(() => call("keep_preferences", { preferences: this.chosen })));

  /** Takes what was kept. */
  async recall() {
    this.#unread = true;
    await this.#attempt(async () => {
      this.#take(await call("show_preferences", {}));
      this.#unread = false;
    });
  }

  choose(change: Partial<Chosen>) {
    this.#take({ ...this.chosen, ...change });
    if (!this.#unread) this.#keeping.ask();
  }

  /** Takes the next size of text on offer, or the one before. */
  resize(by: 1 | -1) {
    const { text_size } = this.chosen;
    const next = by > 0 ? TEXT_SIZES.find((size) => size > text_size) : TEXT_SIZES.findLast((size) => size < text_size);
    if (next !== undefined) this.choose({ text_size: next });
  }

  /** The size of the text and its language are on the page before any screen measures itself. */
  #take(chosen: Chosen) {
    document.documentElement.style.setProperty("--text-size", String(chosen.text_size / 100));
    language.choose(chosen.language);
    this.chosen = chosen;
  }

  async #attempt(work: () => Promise<unknown>) {
    try {
      await work();
    } catch (error) {
      this.failure = messageOf(error);
    }
  }
}

export const preferences = new Preferences();
