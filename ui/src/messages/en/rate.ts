import { key, strong } from "../making";
import { locale } from "./locale";

const items = (number: number) => locale.count(number, { one: "item", other: "items" });
const calibrationItems = (number: number) => locale.count(number, { one: "calibration item", other: "calibration items" });

/** The rating screen around its form, and what comes before it. */
export const rate = {
  items,
  calibrationItems,
  thenItems: (calibration: number, number: number) => `${calibrationItems(calibration)}, then ${items(number)}`,
  whoYouAre: (rater: string) => [
    "Your lead author knows you in this study as ",
    strong(rater),
    ". Please give your own name as it should appear in the report. It is written into the file you export, next to that label; the other raters do not see it.",
  ],
  yourName: "Your name",
  start: "Start rating",
  back: "Back",
  savedAsYouGo:
    "Every answer is saved on this computer as you give it. You can close the window at any time and continue later where you stopped. Primum also measures how long you are active at each item, and your lead author gets that time with your ratings.",
  instructionsFrom: "Instructions from your lead author",
  toCalibration: "Go to the calibration items",
  toFirst: "Go to the first item",
  findAgain: (help: string) => ["You find these instructions again in the help, by ", key(help), ", at any time."],

  packets: "Packets",
  itemsOf: "Items",
  previousItem: "Previous item",
  nextItem: "Next item",
  item: "Item",
  calibration: "Calibration",
  of: (total: number) => `of ${locale.number(total)}`,
  place: (number: number, total: number) => `Item ${locale.number(number)} of ${locale.number(total)}`,
  calibrationPlace: (number: number, total: number) => `Calibration item ${locale.number(number)} of ${locale.number(total)}`,
  takeBreak: "You have rated for 50 minutes. A short break helps.",
  done: (done: number, total: number) => `${locale.number(done)} of ${locale.number(total)} done`,
  left: (time: string) => `${time} left`,
  whyLeft: (median: string, items: number) => `Median ${median} per item over the ${locale.number(items)} finished so far. Time away is not counted.`,
  packet: "Packet",
  undo: "Undo",
  redo: "Redo",
  display: "Display",
  displayAbout: "Size of the text, panes, wording of grades, language",
  agreement: "Agreement",
  help: "Help",
  review: "Review",
  andReturn: "and return",
  itemsDone: "Items done",
  saved: "Saved",
  saving: "Saving…",
  notSaved: "Not saved",
  savedAt: (time: string) => `Saved at ${time}`,
  answersStay: "Your answers stay on this screen; other items can be opened once they are saved.",
  tryAgain: "Try again",
  closeUnsaved: "Close without saving",

  status: { untouched: "unfinished", started: "begun", complete: "done", abstained: "done, abstained" },
  contradictory: "contradictory",
  flagged: "flagged",
  noted: "note",
  changed: "changed after locking",
  ofCalibration: "calibration",
  show: "Show",
  filters: { all: "All", unfinished: "Unfinished", flagged: "Flagged" },
  noItem: { all: "No item.", unfinished: "No item is unfinished.", flagged: "No item is flagged." },
  some: (number: number, total: number) => `${locale.number(number)} of ${locale.number(total)}`,

  turnTip: "Put the case away, or show it beside the response",
  fold: "Fold",
  caseWidth: "Width of the case",
  scoresWidth: "Width of the scores",
  resize: "Drag to resize; double-click for the usual width",
  words: (number: number) => locale.count(number, { one: "word", other: "words" }),
  filled: (number: number, label: string) => `${locale.count(number, { one: "action", other: "actions" })}: ${label}.`,

  abstainTitle: "Abstain from this item",
  abstainAbout: "An abstention is better than a guess. The item then counts as done and is left out of the agreement.",
  abstainWhy: "Why you cannot judge it fairly",
  abstain: "Abstain",
  changeTitle: (number: number) => `Change item ${locale.number(number)} after locking`,
  changeAbout:
    "Your first answers stay in the file. Each change of this item is kept beside them, with this reason and its time.",
  changeWhy: "Why you are changing it",
  change: "Change the item",

  calibrationDone: "Calibration done, now the study",
  nowStudy: "Now the study",
  calibrationOpen: (number: number) =>
    `${locale.count(number, { one: "calibration item is", other: "calibration items are" })} not fully rated. You can leave ${locale.form(number, { one: "it", other: "them" })}, or go back now.`,
  nowCounts: (number: number) =>
    `From here on your ratings count: ${items(number)}. Shared grades are no longer shown. You find the calibration items and what was said of them in the list of items at any time.`,
  beginStudy: "Begin the study",
  stay: "Stay here",

  helpTitle: "Help",
  instructions: "Instructions for this study",
  rules: "Rules of the rubric",

  find: "Find in prompt, reference and response",
  findHere: "Find in these texts",
  notFound: "Not in these texts",
  found: (place: number, total: number) => `${locale.number(place)} of ${locale.number(total)}`,
  foundFirst: (place: number, most: number) => `${locale.number(place)} of the first ${locale.number(most)}`,
  previousPlace: "Previous place",
  previousTip: "Previous (Shift Enter)",
  nextPlace: "Next place",
  nextTip: "Next (Enter)",
};
