import type { Status } from "../contract/Status";

/** An item is done or unfinished, everywhere on screen; the list says a little more. */
export const STATUS: Record<Status, string> = {
  untouched: "unfinished",
  started: "unfinished, begun",
  complete: "done",
  abstained: "done, abstained",
};
