// Generated from crates/commands/src/contract/constants.rs. Do not edit.

/** What a mask writes where no other words are given. */
export const MASKED = "[masked]";

/** The fewest characters of a passphrase. */
export const SHORTEST_PASSPHRASE = 12;

/** What the label of a rater may be, as it names a file. */
export const LABEL = /^[\p{Alphabetic}\p{N}\-_ ]+$/u;

/** The most characters of a label. */
export const LONGEST_LABEL = 50;
