import type { en } from "../en";
import { key, strong } from "../making";
import { locale } from "./locale";

const items = (number: number) => locale.count(number, { one: "Fall", other: "Fälle" });
const calibrationItems = (number: number) => locale.count(number, { one: "Kalibrierungsfall", other: "Kalibrierungsfälle" });

export const rate: typeof en.rate = {
  items,
  calibrationItems,
  thenItems: (calibration, number) => `${calibrationItems(calibration)}, danach ${items(number)}`,
  whoYouAre: (rater) => [
    "Die Studienleitung führt Sie in dieser Studie als ",
    strong(rater),
    ". Bitte geben Sie Ihren Namen so an, wie er im Bericht erscheinen soll. Er steht neben dieser Bezeichnung in der Datei, die Sie exportieren; die anderen Bewertenden sehen ihn nicht.",
  ],
  yourName: "Ihr Name",
  start: "Bewertung beginnen",
  back: "Zurück",
  savedAsYouGo:
    "Jede Angabe wird sofort auf diesem Computer gespeichert. Sie können das Fenster jederzeit schließen und später dort weitermachen, wo Sie aufgehört haben. Primum misst auch, wie lange Sie an jedem Fall arbeiten; die Studienleitung erhält diese Zeiten mit Ihren Bewertungen.",
  instructionsFrom: "Anleitung der Studienleitung",
  toCalibration: "Zu den Kalibrierungsfällen",
  toFirst: "Zum ersten Fall",
  findAgain: (help) => ["Diese Anleitung finden Sie jederzeit wieder in der Hilfe, mit ", key(help), "."],

  packets: "Pakete",
  itemsOf: "Fälle",
  previousItem: "Vorheriger Fall",
  nextItem: "Nächster Fall",
  item: "Fall",
  calibration: "Kalibrierung",
  of: (total) => `von ${locale.number(total)}`,
  place: (number, total) => `Fall ${locale.number(number)} von ${locale.number(total)}`,
  calibrationPlace: (number, total) => `Kalibrierungsfall ${locale.number(number)} von ${locale.number(total)}`,
  takeBreak: "Sie bewerten seit 50 Minuten. Eine kurze Pause hilft.",
  done: (done, total) => `${locale.number(done)} von ${locale.number(total)} fertig`,
  left: (time) => `noch ${time}`,
  whyLeft: (median, items) => `Bisher fertig: ${locale.number(items)}, im Median ${median} pro Fall. Pausen zählen nicht.`,
  packet: "Paket",
  undo: "Rückgängig",
  redo: "Wiederherstellen",
  display: "Darstellung",
  displayAbout: "Schriftgröße, Spalten, Wortlaut der Stufen, Sprache",
  agreement: "Übereinstimmung",
  help: "Hilfe",
  review: "Prüfen",
  andReturn: "und abgeben",
  itemsDone: "Bewertete Fälle",
  saved: "Gespeichert",
  saving: "Speichert…",
  notSaved: "Nicht gespeichert",
  savedAt: (time) => `Gespeichert um ${time}`,
  answersStay: "Ihre Angaben bleiben auf diesem Bildschirm; andere Fälle lassen sich erst öffnen, wenn sie gespeichert sind.",
  tryAgain: "Erneut versuchen",
  closeUnsaved: "Ohne Speichern schließen",

  status: { untouched: "offen", started: "begonnen", complete: "fertig", abstained: "fertig, Enthaltung" },
  contradictory: "widersprüchlich",
  flagged: "vorgemerkt",
  noted: "Notiz",
  changed: "nach der Sperre geändert",
  ofCalibration: "Kalibrierung",
  show: "Anzeigen",
  filters: { all: "Alle", unfinished: "Offene", flagged: "Vorgemerkte" },
  noItem: { all: "Kein Fall.", unfinished: "Kein Fall ist offen.", flagged: "Kein Fall ist vorgemerkt." },
  some: (number, total) => `${locale.number(number)} von ${locale.number(total)}`,

  turnTip: "Fallbeschreibung zur Seite legen oder neben der Antwort zeigen",
  fold: "Zur Seite",
  caseWidth: "Breite der Fallbeschreibung",
  scoresWidth: "Breite der Bewertung",
  resize: "Zum Ändern ziehen; Doppelklick stellt die übliche Breite her",
  words: (number) => locale.count(number, { one: "Wort", other: "Wörter" }),
  filled: (number, label) => `${locale.count(number, { one: "Maßnahme", other: "Maßnahmen" })}: ${label}.`,

  abstainTitle: "Enthaltung bei diesem Fall",
  abstainAbout: "Eine Enthaltung ist besser als eine geratene Bewertung. Der Fall gilt dann als fertig und geht nicht in die Übereinstimmung ein.",
  abstainWhy: "Warum Sie diesen Fall nicht angemessen beurteilen können",
  abstain: "Sich enthalten",
  changeTitle: (number) => `Fall ${locale.number(number)} nach der Sperre ändern`,
  changeAbout:
    "Ihre ersten Angaben bleiben in der Datei. Jede Änderung an diesem Fall wird daneben festgehalten, mit dieser Begründung und der Uhrzeit.",
  changeWhy: "Warum Sie diesen Fall ändern",
  change: "Fall ändern",

  calibrationDone: "Kalibrierung fertig, nun die Studie",
  nowStudy: "Nun die Studie",
  calibrationOpen: (number) =>
    `${locale.count(number, { one: "Kalibrierungsfall ist", other: "Kalibrierungsfälle sind" })} nicht vollständig bewertet. Sie können ${locale.form(number, { one: "ihn", other: "sie" })} so lassen oder jetzt zurückgehen.`,
  nowCounts: (number) =>
    `Ab hier zählen Ihre Bewertungen: ${items(number)}. Gemeinsame Stufen werden nicht mehr gezeigt. Die Kalibrierungsfälle und die Erläuterungen dazu finden Sie jederzeit in der Liste der Fälle.`,
  beginStudy: "Studie beginnen",
  stay: "Hier bleiben",

  helpTitle: "Hilfe",
  instructions: "Anleitung zu dieser Studie",
  rules: "Regeln des Bewertungsschemas",

  find: "In Anfrage, Referenz und Antwort suchen",
  findHere: "In diesen Texten suchen",
  notFound: "Nicht in diesen Texten",
  found: (place, total) => `${locale.number(place)} von ${locale.number(total)}`,
  foundFirst: (place, most) => `${locale.number(place)} der ersten ${locale.number(most)}`,
  previousPlace: "Vorherige Stelle",
  previousTip: "Vorherige (Shift Enter)",
  nextPlace: "Nächste Stelle",
  nextTip: "Nächste (Enter)",
};
