import { onClose } from "../bridge";

/**
 * Has what was begun written before the window closes. Where the disk does not take it the window stays, and
 * says so; who closes it once more has been told. Returns what ends it.
 */
export function keepBeforeClosing(flush: () => Promise<boolean>): () => void {
  let told = false;
  const close = onClose(async () => {
    const close = told || (await flush());
    told = !close;
    return close;
  });
  return () => void close.then((end) => end());
}
