import { onDestroy } from "svelte";
import { stop, timesStopped } from "./kit/stop";
import { failureOf } from "./words/failure";

/** Those that wait for an answer, in the order in which they asked: the program does one thing at a time. */
const waiting = new Set<Run>();

/** Cancels what is being waited for, as its screen is about to go and the next one would wait for it. */
export function cancelWaiting() {
  if (waiting.size > 0) void stop();
}

/** What a screen has the program do: whether that is still going on, and why it came to nothing. */
export class Run {
  busy = $state(false);
  notice: string | null = $state(null);
  /** In what the rubrics differ, where only the person can say whether to go on. */
  differing: string | null = $state(null);

  /** To be made where a screen is: what still goes on when the screen goes is cancelled. */
  constructor() {
    // Every other command would wait for an answer that nobody looks at. What another screen waits for goes on.
    onDestroy(() => {
      const [first] = waiting;
      if (first === this) void stop();
    });
  }

  /** Looks at what the work needs, and says whether the person still wants it. */
  async after(looking: Promise<unknown>): Promise<boolean> {
    const before = timesStopped();
    await looking;
    return timesStopped() === before;
  }

  /** What `work` gives, or null where it gave nothing: it says why, unless the person cancelled it. */
  async ask<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
    this.notice = this.differing = null;
    this.busy = true;
    waiting.add(this);
    try {
      return await work();
    } catch (error) {
      const { kind, message } = failureOf(error);
      if (kind === "different_rubrics") this.differing = message;
      else if (kind !== "cancelled") this.notice = message;
      return null;
    } finally {
      this.busy = false;
      waiting.delete(this);
    }
  }
}
