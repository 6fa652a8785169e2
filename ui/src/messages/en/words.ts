import { locale } from "./locale";

/** What several screens say. */
export const words = {
  reasonNeeded: "Give a reason first; a few words are enough.",
  blank: "The response is blank.",
  filtered: "The provider filtered this response: there is no text.",
  cutOff: "The provider’s filter cut this response off; this is what was left.",
  answersNothing: (key: string) => `${key} answers nothing here. Press ↑ to go to a question.`,
  noAnswer: (key: string, keys: string) => `${key} is not an answer to this question. Press ${keys}.`,
  to: (first: string, last: string) => `${first} to ${last}`,
  seconds: (seconds: number) => `${seconds} s`,
  minutes: (minutes: number) => `${minutes} min`,
  minutesSeconds: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
  hours: (hours: number) => `${locale.number(hours)} h`,
  hoursMinutes: (hours: number, minutes: number) => `${locale.number(hours)} h ${minutes} min`,
  aboutMinutes: (minutes: number) => `about ${minutes} min`,
  /** Of a number of hours that may end in a half. */
  aboutHours: (hours: number) => `about ${locale.number(Math.floor(hours))}${hours % 1 === 0 ? "" : "½"} h`,
};
