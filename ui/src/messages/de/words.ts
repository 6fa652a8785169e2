import type { en } from "../en";
import { locale } from "./locale";

export const words: typeof en.words = {
  reasonNeeded: "Bitte geben Sie zuerst einen Grund an; wenige Worte genügen.",
  blank: "Die Antwort ist leer.",
  filtered: "Der Anbieter hat diese Antwort gefiltert: Es gibt keinen Text.",
  cutOff: "Der Filter des Anbieters hat diese Antwort abgebrochen; dies ist der verbliebene Text.",
  answersNothing: (key) => `${key} bewirkt hier nichts. Mit ↑ gelangen Sie zu einer Frage.`,
  noAnswer: (key, keys) => `${key} ist keine Antwort auf diese Frage. Drücken Sie ${keys}.`,
  to: (first, last) => `${first} bis ${last}`,
  seconds: (seconds) => `${seconds} s`,
  minutes: (minutes) => `${minutes} min`,
  minutesSeconds: (minutes, seconds) => `${minutes} min ${seconds} s`,
  hours: (hours) => `${locale.number(hours)} h`,
  hoursMinutes: (hours, minutes) => `${locale.number(hours)} h ${minutes} min`,
  aboutMinutes: (minutes) => `etwa ${minutes} min`,
  aboutHours: (hours) => `etwa ${locale.number(hours)} h`,
};
