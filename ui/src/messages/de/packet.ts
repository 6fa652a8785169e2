import type { en } from "../en";
import { locale } from "./locale";

export const packet: typeof en.packet = {
  locked: (change) => `Dieser Fall ist gesperrt. Um ihn zu ändern, drücken Sie ${change} und geben einen Grund an.`,
  referenceShown: "Die Referenzantwort ist jetzt sichtbar.",
  nothingToUndo: "Es gibt nichts rückgängig zu machen.",
  undone: (what) => `Rückgängig gemacht: ${what}.`,
  redone: (what) => `Wiederhergestellt: ${what}.`,
  inItem: (what, number) => `${what}, Fall ${locale.number(number)}`,
  inCalibration: (what, number) => `${what}, Kalibrierungsfall ${locale.number(number)}`,
  answers: (number) => locale.count(number, { one: "Angabe", other: "Angaben" }),
  gate: (axis) => `${axis}: Vorfrage`,
  action: (number) => `kritische Maßnahme ${locale.number(number)}`,
  error: "markierter Fehler",
  evidence: (number) => `Zitat zur kritischen Maßnahme ${locale.number(number)}`,
  responseClass: "Antwortklasse",
  omissionMechanism: "Mechanismus der Auslassung",
  firstInstruction: "erste umsetzbare Anweisung",
  note: "Notiz",
  flag: "Vormerkung",
  abstain: "Enthaltung",
  undo: "Rücknahme",
};
