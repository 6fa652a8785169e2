/** What every file of tests begins and ends with. */

import { afterAll, vi } from "vitest";

// What is waited for on a busy machine takes longer than vitest's one second; what never comes still fails.
const { waitFor } = vi;
vi.waitFor = (callback, options = 10_000) => waitFor(callback, options);

// The document is shared by all files; what is left in it, as an open dialog, and what the program remembers are not.
afterAll(() => {
  document.body.replaceChildren();
  vi.resetModules();
});
