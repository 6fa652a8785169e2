import { locale } from "./locale";

/** The trail of changes of an open packet. */
export const packet = {
  locked: (change: string) => `This item is locked. To change it, press ${change} and give a reason.`,
  referenceShown: "The reference answer is shown now.",
  nothingToUndo: "There is nothing to undo.",
  undone: (what: string) => `Undone: ${what}.`,
  redone: (what: string) => `Redone: ${what}.`,
  inItem: (what: string, number: number) => `${what}, item ${locale.number(number)}`,
  inCalibration: (what: string, number: number) => `${what}, calibration item ${locale.number(number)}`,
  answers: (number: number) => locale.count(number, { one: "answer", other: "answers" }),
  gate: (axis: string) => `${axis}: gating question`,
  action: (number: number) => `critical action ${locale.number(number)}`,
  error: "marked error",
  evidence: (number: number) => `quotation for critical action ${locale.number(number)}`,
  responseClass: "response class",
  omissionMechanism: "omission mechanism",
  firstInstruction: "first actionable instruction",
  note: "note",
  flag: "flag",
  abstain: "abstention",
  undo: "undo",
};
