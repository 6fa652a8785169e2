import { form } from "./en/form";
import { keys } from "./en/keys";
import { kit } from "./en/kit";
import { library } from "./en/library";
import { locale } from "./en/locale";
import { packet } from "./en/packet";
import { rate } from "./en/rate";
import { remarks } from "./en/remarks";
import { review } from "./en/review";
import { words } from "./en/words";

/** What the interface says in English, by the part of the program that says it. Other languages have the same shape. */
export const en = { locale, form, keys, kit, library, packet, rate, remarks, review, words };

export type Messages = typeof en;
