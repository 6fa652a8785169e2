import type { Change } from "../contract/Change";
import type { ItemId } from "../contract/ItemId";
import { failureOf } from "../words/failure";

/** Something to write to disk, in its turn. */
export interface Job {
  item: ItemId | null;
  /** What it will have changed; the screen shows it meanwhile. */
  changes: Change[];
  /** Resolves when it is on disk, with what is then to be shown. */
  run: () => Promise<(() => void) | void>;
}

/**
 * Writes changes in the order in which they were made, one at a time. What the disk does not take
 * stays first in the queue, so nothing is lost and nothing overtakes.
 */
export class Saver {
  jobs: Job[] = $state.raw([]);
  /** Why the first job is still waiting. */
  failure: string | null = $state(null);
  /** Whether something was refused since the queue last began to move. Moving on to another item settles it. */
  refused = $state(false);
  #running: Promise<boolean> | null = null;
  #refused: (message: string, job: Job, first: boolean) => void;

  /** `refused` is told of each job, and whether it is the first that is refused in one go. */
  constructor(refused: (message: string, job: Job, first: boolean) => void) {
    this.#refused = refused;
  }

  add(job: Job) {
    this.jobs = [...this.jobs, job];
    if (this.failure === null) void this.flush();
  }

  /** Writes everything that waits; says whether it all is on disk. */
  flush(): Promise<boolean> {
    if (this.jobs.length === 0) return Promise.resolve(true);
    this.#running ??= this.#work();
    return this.#running;
  }

  async #work(): Promise<boolean> {
    this.failure = null;
    this.refused = false;
    try {
      for (let job = this.jobs[0]; job; job = this.jobs[0]) {
        const end = await this.#done(job);
        if (!end) return false;
        // Together, so that the screen changes once.
        end();
        this.jobs = this.jobs.slice(1);
      }
      return !this.refused;
    } finally {
      this.#running = null;
    }
  }

  /** What is to be done once the job need not be tried again, if so. What was refused would be refused again. */
  async #done(job: Job): Promise<(() => void) | null> {
    try {
      return (await job.run()) ?? (() => {});
    } catch (error) {
      const { kind, message } = failureOf(error);
      if (kind !== "not_saved") return () => this.#refuse(message, job);
      this.failure = message;
      return null;
    }
  }

  #refuse(message: string, job: Job) {
    this.#refused(message, job, !this.refused);
    this.refused = true;
  }
}
