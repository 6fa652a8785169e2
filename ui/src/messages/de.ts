import type { Messages } from "./en";
import { form } from "./de/form";
import { keys } from "./de/keys";
import { kit } from "./de/kit";
import { library } from "./de/library";
import { locale } from "./de/locale";
import { packet } from "./de/packet";
import { rate } from "./de/rate";
import { remarks } from "./de/remarks";
import { review } from "./de/review";
import { words } from "./de/words";

export const de: Messages = { locale, form, keys, kit, library, packet, rate, remarks, review, words };
