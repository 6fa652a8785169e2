import { Locale } from "../making";

export const locale = new Locale("de");
