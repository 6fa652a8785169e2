/** What is said to who goes on without the reason that is asked for. */
export const REASON_NEEDED = "Give a reason first; a few words are enough.";
