import { onClose } from "../../bridge";

/** `flush`; but a person who leaves again has been told that the disk does not take it, and may. */
export function unlessTold(flush: () => Promise<boolean>): () => Promise<boolean> {
  let told = false;
  return async () => {
    const leave = told || (await flush());
    told = !leave;
    return leave;
  };
}

/**
 * Has what was begun written before the window closes. Where the disk does not take it the window stays, and
 * says so. Returns what ends it.
 */
export function keepBeforeClosing(flush: () => Promise<boolean>): () => void {
  const close = onClose(unlessTold(flush));
  return () => void close.then((end) => end());
}
