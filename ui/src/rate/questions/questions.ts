/** The questions of the rating form, in order, made from the rubric alone. */

import type { Axis } from "../../contract/Axis";
import type { Change } from "../../contract/Change";
import type { ChecklistGrade } from "../../contract/ChecklistGrade";
import type { Code } from "../../contract/Code";
import type { Rating } from "../../contract/Rating";
import type { Rubric } from "../../contract/Rubric";
import { mayAnswer, shownKey } from "../../kit/keys/chosen.svelte";
import { m } from "../../messages/language.svelte";

export interface Choice {
  value: string;
  /** What the rater types for it; the last is shown. */
  keys: string[];
  change: Change;
}

export interface Question {
  /** Also the name of its radio inputs. */
  id: string;
  choices: Choice[];
  /** Takes the answer back. */
  clear: Change;
  answer: (rating: Rating) => string | null;
}

/** On a gating question; no choice of another question may have it. */
const YES = "y";

/** `mechanism` says whether that is asked. */
export function questionsOf(rubric: Rubric, actions: number, mechanism: boolean): Question[] {
  const questions = rubric.axes.flatMap((axis) => (axis.gate ? [gateOf(axis), axisOf(axis)] : [axisOf(axis)]));
  if (rubric.checklist.length > 0) {
    for (let action = 0; action < actions; action++) questions.push(actionOf(rubric, action));
  }
  if (mechanism) questions.push(mechanismOf(rubric));
  if (rubric.response_classes.length > 0) questions.push(classOf(rubric));
  return questions;
}

/** The mechanism is asked where an action has less than full credit. */
export function asksMechanism(rubric: Rubric, rating: Rating): boolean {
  if (rubric.omission_mechanisms.length === 0) return false;
  return withholds(rubric, rating) || rating.omission_mechanism !== null || rubric.checklist.length === 0;
}

/** Whether an action has less than full credit. */
export function withholds(rubric: Rubric, rating: Rating): boolean {
  const credit = new Map(rubric.checklist.map((grade) => [grade.code, grade.credit]));
  return Object.values(rating.actions).some((code) => (credit.get(code) ?? 1) < 1);
}

/** The grade of an action with full credit, where the rubric has one alone. */
export function fullCredit({ checklist }: Rubric): ChecklistGrade | undefined {
  const full = checklist.filter(({ credit }) => credit >= 1);
  return full.length === 1 ? full[0] : undefined;
}

/** The changes by which every action that is still open has full credit. */
export function fillActions(rubric: Rubric, actions: number, rating: Rating): Change[] {
  const full = fullCredit(rubric);
  if (!full) return [];
  const open = Array.from({ length: actions }, (_, action) => action).filter((action) => rating.actions[action] === undefined);
  return open.map((action) => ({ part: "action", action, grade: full.code }));
}

/** The changes by which a response without text is rated by the rubric's convention. */
export function emptyConvention(rubric: Rubric, actions: number): Change[] {
  const changes: Change[] = [];
  for (const axis of rubric.axes) {
    const grade = rubric.empty_response[axis.id];
    if (axis.gate) changes.push({ part: "gate", axis: axis.id, answer: false });
    if (grade !== undefined) changes.push({ part: "grade", axis: axis.id, grade });
  }
  const lowest = [...rubric.checklist].sort((a, b) => a.credit - b.credit)[0];
  if (lowest) {
    for (let action = 0; action < actions; action++) changes.push({ part: "action", action, grade: lowest.code });
  }
  const empty = emptyClass(rubric);
  if (empty) changes.push({ part: "response_class", class: empty.code });
  return changes;
}

export function emptyClass(rubric: Rubric): Code | undefined {
  return rubric.response_classes.find((code) => code.code === "empty_or_filtered");
}

function gateOf({ id }: Axis): Question {
  const choice = (value: string, keys: string[], answer: boolean): Choice => {
    return { value, keys, change: { part: "gate", axis: id, answer } };
  };
  return {
    id: `gate-${id}`,
    choices: [choice("yes", mayAnswer(YES) ? ["1", YES] : ["1"], true), choice("no", ["0"], false)],
    clear: { part: "gate", axis: id, answer: null },
    answer: ({ gates }) => (gates[id] === undefined ? null : gates[id] ? "yes" : "no"),
  };
}

function axisOf({ id, levels }: Axis): Question {
  return {
    id: `axis-${id}`,
    choices: levels.map(({ grade }) => {
      return { value: String(grade), keys: [String(grade)], change: { part: "grade", axis: id, grade } };
    }),
    clear: { part: "grade", axis: id, grade: null },
    answer: ({ grades }) => (grades[id] === undefined ? null : String(grades[id])),
  };
}

function actionOf({ checklist }: Rubric, action: number): Question {
  return {
    id: `action-${action}`,
    choices: checklist.map(({ code }, place) => {
      return { value: code, keys: keysOf(code, place, checklist), change: { part: "action", action, grade: code } };
    }),
    clear: { part: "action", action, grade: null },
    answer: ({ actions }) => actions[action] ?? null,
  };
}

/** A digit, and the first letter where it is unmistakable and means nothing else on the screen. */
function keysOf(code: string, place: number, all: { code: string }[]): string[] {
  const letter = code.charAt(0).toLowerCase();
  const alone = all.filter((other) => other.code.toLowerCase().startsWith(letter)).length === 1;
  return alone && letter !== YES && mayAnswer(letter) ? [String(place + 1), letter] : [String(place + 1)];
}

/** The key that says Yes, as it is shown. */
export function shownYes(): string {
  return mayAnswer(YES) ? YES.toUpperCase() : "1";
}

/** What answers besides digits, as the help lists it. */
export function letterKeys({ axes, checklist }: Rubric): { keys: string[]; meaning: string }[] {
  const letters = checklist.map(({ code }, place) => keysOf(code, place, checklist).at(-1)!.toUpperCase());
  const labels = checklist.map(({ label }) => label).join(", ");
  const gate = m.keys.yesOrNo(shownKey("rate.unfinished"));
  return [
    ...(axes.some(({ gate }) => gate) ? [{ keys: [shownYes(), "0"], meaning: gate }] : []),
    ...(letters.length > 0 ? [{ keys: letters, meaning: m.keys.onAction(labels) }] : []),
  ];
}

function classOf({ response_classes }: Rubric): Question {
  return {
    id: "response-class",
    choices: response_classes.map(({ code }, place) => {
      return { value: code, keys: [String(place + 1)], change: { part: "response_class", class: code } };
    }),
    clear: { part: "response_class", class: null },
    answer: ({ response_class }) => response_class,
  };
}

function mechanismOf({ omission_mechanisms }: Rubric): Question {
  return {
    id: "omission-mechanism",
    choices: omission_mechanisms.map(({ code }, place) => {
      return { value: code, keys: [String(place + 1)], change: { part: "omission_mechanism", mechanism: code } };
    }),
    clear: { part: "omission_mechanism", mechanism: null },
    answer: ({ omission_mechanism }) => omission_mechanism,
  };
}
