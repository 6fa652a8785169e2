import { call } from "../bridge";
import type { ItemId } from "../contract/ItemId";
import type { Pace } from "../contract/Pace";
import type { RecordVisit } from "../contract/RecordVisit";
import { failureOf } from "../words/failure";
import { ActiveTime, PART_MS } from "./active";
import { LongWork } from "./long-work";

/** What shows that somebody is there. */
const EVENTS = ["keydown", "pointerdown", "pointermove", "wheel", "scroll"];

/** How long the person works, whatever screen is between. */
const work = new LongWork(() => performance.now(), () => Date.now());

/** How long items take: what is measured, and its way to disk. What fails here never disturbs who rates. */
export class Timing {
  pace: Pace = $state.raw({ items: 0, median_ms: null, left_ms: null, active_ms: 0 });
  /** Whether a break is suggested. */
  breakDue = $state(false);
  #active = new ActiveTime(() => performance.now(), (visit) => this.#keep(visit));
  #item: ItemId | null = null;
  #elsewhere = false;
  /** What is not on disk, in order. */
  #waiting: RecordVisit[] = [];
  #writing: Promise<void> | null = null;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  /** Takes it that `item`, if it is timed, is in view; `elsewhere` is who reads something else on the screen. */
  show(item: ItemId | null, elsewhere: boolean) {
    [this.#item, this.#elsewhere] = [item, elsewhere];
    this.#look();
  }

  /** Measures until what it returns is called. */
  listen(): () => void {
    const touch = () => {
      this.#active.touch();
      work.touch();
      this.breakDue = work.due;
    };
    const look = () => this.#look();
    // Scrolling does not bubble.
    for (const event of EVENTS) window.addEventListener(event, touch, { capture: true, passive: true });
    document.addEventListener("visibilitychange", look);
    // Nothing may happen for long after what counts.
    const timer = setInterval(() => this.#active.keep(), PART_MS);
    return () => {
      clearInterval(timer);
      for (const event of EVENTS) window.removeEventListener(event, touch, { capture: true });
      document.removeEventListener("visibilitychange", look);
      this.#active.show(null, false);
    };
  }

  /** Goes on without a break. */
  dismissBreak() {
    this.breakDue = work.due = false;
  }

  /** Has what was measured written; always true, as nothing waits for it. */
  async settle(): Promise<boolean> {
    this.#active.touch();
    this.#active.keep();
    await this.#write();
    return true;
  }

  #look() {
    this.#active.show(this.#item, this.#elsewhere || document.hidden);
  }

  #keep(visit: RecordVisit) {
    this.#waiting.push(visit);
    void this.#write();
  }

  #write(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    this.#writing ??= this.#writeAll();
    return this.#writing;
  }

  /** What the disk does not take is tried again with the next; what is refused would be refused again. */
  async #writeAll() {
    try {
      for (let visit = this.#waiting[0]; visit; visit = this.#waiting[0]) {
        if (!(await this.#written(visit))) return;
        this.#waiting.shift();
      }
    } finally {
      this.#writing = null;
    }
  }

  /** Whether the visit need not be tried again. */
  async #written(visit: RecordVisit): Promise<boolean> {
    try {
      this.pace = await call("record_visit", visit);
      return true;
    } catch (error) {
      return failureOf(error).kind !== "not_saved";
    }
  }
}
