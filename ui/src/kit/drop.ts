import { onMount } from "svelte";
import { onFileDrop } from "../bridge";

/** Takes the files dropped on the window while the screen is shown. `hover` is told whether files are above it. */
export function takeDropped(take: (paths: string[]) => void, hover?: (over: boolean) => void) {
  onMount(() => {
    const drop = onFileDrop(take, hover);
    return () => void drop.then((end) => end());
  });
}
