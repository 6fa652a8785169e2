import type { en } from "../en";

export const remarks: typeof en.remarks = {
  gate: (axis, atMost, grade) => `Sie haben die Vorfrage mit Ja beantwortet. Damit ist „${axis}“ höchstens ${atMost}; Sie haben ${grade} vergeben.`,
  error: (axis, worst, grade) => `Sie haben einen Fehler der Stufe ${worst} markiert. Damit ist „${axis}“ mindestens ${worst}; Sie haben ${grade} vergeben.`,
  allHit: (axis, atMost, grade) => `Jede kritische Maßnahme ist erfüllt. Dann ist „${axis}“ meist höchstens ${atMost}; Sie haben ${grade} vergeben.`,
  expectation: (chosen, axis, atLeast, unless, grade) =>
    `Bei „${chosen}“ ist „${axis}“ meist mindestens ${atLeast} (außer: ${unless}); Sie haben ${grade} vergeben.`,
  readOnly: (why) => `Dieses Paket lässt sich hier lesen, aber nicht ändern: ${why}`,
  clock: (earlier, later) =>
    `Eine Uhr geht falsch: ${earlier}, und ${later}. Wenn das Datum dieses Computers falsch ist, stellen Sie es richtig und sagen Sie es der Studienleitung. Was gespeichert ist, behält seine Zeit.`,
  moments: {
    made: (day) => `Primum gibt es erst seit dem ${day}`,
    latest_change: (day) => `Ihre letzte Änderung wurde am ${day} gespeichert`,
    now: (day) => `die Uhr dieses Computers zeigt den ${day}`,
  },
  mechanism: "Ein Mechanismus der Auslassung ist genannt, aber keine Maßnahme ist nur teilweise erfüllt oder fehlt.",
};
