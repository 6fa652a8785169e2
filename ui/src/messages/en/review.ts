import { strong } from "../making";
import { locale } from "./locale";

const items = (number: number) => locale.count(number, { one: "item", other: "items" });

/** Reviewing, locking and exporting. */
export const review = {
  title: "Review and return",
  unsavedAnswers: "Your last answers are not saved yet, so they cannot be checked. Close this to see why.",
  unsavedNotes: (number: number) => `Not saved: ${locale.count(number, { one: "note", other: "notes" })}.`,
  unsavedNotesWhat: "Open the item, and save the note or clear it, before you lock or export.",
  openItem: (number: number) => `Open item ${locale.number(number)}`,
  openCalibration: (number: number) => `Open calibration item ${locale.number(number)}`,
  checking: "Checking your answers…",

  thisSitting: "This sitting:",
  finishedIn: (number: number, time: string) => `${items(number)} finished in ${time}`,
  median: (time: string) => `, median ${time} per item`,
  inAll: "In all:",
  timeAbout: "The time for each item goes to your lead author with your ratings. Time away is not counted.",

  remarks: "Still to check",
  /** After a number that stands out, as the next two. */
  unfinishedOf: (total: number) => `of ${items(total)} unfinished`,
  withContradictions: "with contradictory answers",
  abstained: "abstained",
  nothingLeft: "Every item is done, and nothing in your answers contradicts itself.",
  notStarted: "Not started.",
  stillOpen: "Still to answer:",

  /** What a rater attests who locks the ratings. It is written into the file, word for word. */
  statement: "I rated these items by myself, from the texts shown, without knowing where a response came from.",
  quotation: (words: string) => `“${words}”`,
  attest: "Attest and lock",
  locked: "Locked",
  lockedAbout: "Your ratings are locked. A later change needs a reason and stays visible.",
  aboutToLock: (left: string[]) => `You are about to lock with ${locale.all(left)}.`,
  itemsUnfinished: (number: number) => `${items(number)} unfinished`,
  itemsContradictory: (number: number) => `${items(number)} with contradictory answers`,
  afterwards: "Afterwards each change needs a reason and stays visible.",
  sure: "I know that locking cannot be undone.",
  notYet: "Not yet",
  lock: "Lock my ratings…",

  whereRatings: "Where the ratings go",
  whereInterim: "Where the interim file goes",
  export: "Export",
  exportInterim: "Export an interim file",
  exportAbout: "Each export holds every record, later changes with their reasons.",
  interimAbout: ["Until you lock, this exports an ", strong("interim file"), ", marked as such: a backup, not your return."],
  folder: "Folder",
  choose: "Choose…",
  written: "Written.",
  doneLocked: (done: number, total: number) => `${locale.number(done)} of ${items(total)} done, locked.`,
  doneNotLocked: (done: number, total: number) => `${locale.number(done)} of ${items(total)} done, not locked.`,
  ratingsFile: "Ratings, for your lead author",
  interimFile: "Interim file, a backup for yourself",
  table: "Table, for a spreadsheet",
  interimTable: "Interim table, for a spreadsheet",
  send: "Send the .json file to your lead author.",
  lockFirst: "Lock your ratings before you return them.",
};
