/** How a person's wish to stop reaches what is being done. */

import { cancel } from "../bridge";

let times = 0;

/** How often that was wished: what looks into files first asks whether it was meanwhile. */
export const timesStopped = () => times;

/** Cancels what the program is doing. */
export function stop(): Promise<void> {
  times += 1;
  return cancel();
}
