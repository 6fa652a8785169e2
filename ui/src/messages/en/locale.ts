import { Locale } from "../making";

/** With the day before the month, which is written as a word. */
export const locale = new Locale("en-GB");
