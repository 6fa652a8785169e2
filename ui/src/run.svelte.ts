import { onDestroy } from "svelte";
import { cancel } from "./bridge";
import { failureOf } from "./words/failure";

/** What a screen has the program do: whether that is still going on, and why it came to nothing. */
export class Run {
  busy = $state(false);
  notice: string | null = $state(null);
  /** In what the rubrics differ, where only the person can say whether to go on. */
  differing: string | null = $state(null);

  /** To be made where a screen is: what still goes on when the screen goes is cancelled. */
  constructor() {
    // Every other command would wait for an answer that nobody looks at.
    onDestroy(() => this.busy && void cancel());
  }

  /** What `work` gives, or null where it gave nothing: it says why, unless the person cancelled it. */
  async ask<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
    this.notice = this.differing = null;
    this.busy = true;
    try {
      return await work();
    } catch (error) {
      const { kind, message } = failureOf(error);
      if (kind === "different_rubrics") this.differing = message;
      else if (kind !== "cancelled") this.notice = message;
      return null;
    } finally {
      this.busy = false;
    }
  }
}
