import type { Status } from "../contract/Status";

/** An item is done or unfinished, everywhere on screen; the list tells also what is begun or abstained from. */
export const STATUS: Record<Status, string> = {
  untouched: "unfinished",
  started: "begun",
  complete: "done",
  abstained: "done, abstained",
};
