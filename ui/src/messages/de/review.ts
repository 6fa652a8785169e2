import type { en } from "../en";
import { strong } from "../making";
import { locale } from "./locale";

const items = (number: number) => locale.count(number, { one: "Fall", other: "Fälle" });
/** After "von" and "mit". */
const itemsOf = (number: number) => locale.count(number, { one: "Fall", other: "Fällen" });

export const review: typeof en.review = {
  title: "Prüfen und abgeben",
  unsavedAnswers: "Ihre letzten Angaben sind noch nicht gespeichert und lassen sich daher nicht prüfen. Den Grund sehen Sie, wenn Sie dies schließen.",
  unsavedNotes: (number) => `Nicht gespeichert: ${locale.count(number, { one: "Notiz", other: "Notizen" })}.`,
  unsavedNotesWhat: "Öffnen Sie den Fall und speichern oder leeren Sie die Notiz, bevor Sie sperren oder exportieren.",
  openItem: (number) => `Fall ${locale.number(number)} öffnen`,
  openCalibration: (number) => `Kalibrierungsfall ${locale.number(number)} öffnen`,
  checking: "Ihre Angaben werden geprüft…",

  thisSitting: "Diese Sitzung:",
  finishedIn: (number, time) => `${items(number)} in ${time} fertig`,
  median: (time) => `, im Median ${time} pro Fall`,
  inAll: "Insgesamt:",
  timeAbout: "Die Zeit pro Fall geht mit Ihren Bewertungen an die Studienleitung. Abwesenheit zählt nicht.",

  remarks: "Noch zu prüfen",
  unfinishedOf: (total) => `von ${itemsOf(total)} offen`,
  withContradictions: "mit Widersprüchen",
  abstained: "mit Enthaltung",
  nothingLeft: "Alle Fälle sind fertig, und nichts in Ihren Angaben widerspricht sich.",
  notStarted: "Nicht begonnen.",
  stillOpen: "Noch offen:",

  statement: "Ich habe diese Fälle selbst und allein bewertet, anhand der gezeigten Texte und ohne zu wissen, woher eine Antwort stammt.",
  quotation: (words) => `„${words}“`,
  attest: "Bestätigen und sperren",
  locked: "Gesperrt",
  lockedAbout: "Ihre Bewertungen sind gesperrt. Spätere Änderungen brauchen eine Begründung und bleiben sichtbar.",
  aboutToLock: (left) => `Sie sind im Begriff, mit ${locale.all(left)} zu sperren.`,
  itemsUnfinished: (number) => locale.count(number, { one: "offenem Fall", other: "offenen Fällen" }),
  itemsContradictory: (number) => `${itemsOf(number)} mit Widersprüchen`,
  afterwards: "Danach braucht jede Änderung eine Begründung und bleibt sichtbar.",
  sure: "Mir ist bekannt, dass sich das Sperren nicht rückgängig machen lässt.",
  notYet: "Noch nicht",
  lock: "Bewertungen sperren…",

  whereRatings: "Ordner für die Bewertungen",
  whereInterim: "Ordner für den Zwischenstand",
  export: "Exportieren",
  exportInterim: "Zwischenstand exportieren",
  exportAbout: "Jeder Export enthält alle Einträge, spätere Änderungen samt Begründung.",
  interimAbout: ["Solange Sie nicht sperren, wird ein ", strong("Zwischenstand"), " exportiert und so bezeichnet: eine Sicherung, nicht Ihre Abgabe."],
  folder: "Ordner",
  choose: "Auswählen…",
  written: "Geschrieben.",
  doneLocked: (done, total) => `${locale.number(done)} von ${itemsOf(total)} fertig, gesperrt.`,
  doneNotLocked: (done, total) => `${locale.number(done)} von ${itemsOf(total)} fertig, nicht gesperrt.`,
  ratingsFile: "Bewertungen, für die Studienleitung",
  interimFile: "Zwischenstand, als Sicherung für Sie",
  table: "Tabelle, für die Tabellenkalkulation",
  interimTable: "Tabelle des Zwischenstands, für die Tabellenkalkulation",
  send: "Senden Sie die .json-Datei an die Studienleitung.",
  lockFirst: "Sperren Sie Ihre Bewertungen, bevor Sie sie abgeben.",
};
