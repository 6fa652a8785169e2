import { tick } from "svelte";

/** Scrolls to a result when it comes: the fields may fill the window, and what they gave must not hide below. */
export function reveal(block: ScrollLogicalPosition) {
  return (result: HTMLElement) => void tick().then(() => result.scrollIntoView({ block }));
}
