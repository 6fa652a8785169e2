/** What raters say of an item, one line per question and one cell per rater. */

import type { ChecklistGrade } from "../contract/ChecklistGrade";
import type { Code } from "../contract/Code";
import type { DisagreementView } from "../contract/DisagreementView";
import type { FirstInstruction } from "../contract/FirstInstruction";
import type { Rating } from "../contract/Rating";
import type { Span } from "../contract/Span";
import { piecesOf, quoteAt, quoteOr, type Piece } from "../text/shown";

export interface Cell {
  text: string;
  /** What is quoted for it. */
  quote?: Span;
  /** What is compared, where the text does not say all. */
  said?: string;
}

export interface Row {
  id: string;
  label: string;
  cells: Cell[];
  /** Whether those who answered do not all say the same. */
  differ: boolean;
}

const NONE = "–";
/** Enough to find the place by. */
const LONGEST = 40;

/** Every question to which somebody has an answer, the grades first. */
export function rowsOf({ rubric, scenario, response, voices }: DisagreementView): Row[] {
  const pieces = piecesOf(response.formatted);
  const row = (id: string, label: string, cell: (rating: Rating) => Cell): Row => {
    const cells = voices.map(({ rating }) => cell(rating));
    return { id, label, cells, differ: differ(cells) };
  };
  const axes = rubric.axes.map(({ id, label, levels }) => {
    const name = (grade: number | undefined) => levels.find((level) => level.grade === grade)?.label;
    return row(`axis-${id}`, label, ({ grades }) => ({ text: gradeWords(grades[id], name(grades[id])) }));
  });
  const gates = rubric.axes.flatMap(({ id, short, gate }) => {
    return gate ? [row(`gate-${id}`, `${short}: ${gate.question}`, ({ gates }) => ({ text: yesOrNo(gates[id]) }))] : [];
  });
  const actions = scenario.critical_actions.map((action, place) => {
    return row(`action-${place}`, `${place + 1}. ${action}`, ({ actions, evidence }) => {
      const text = named(rubric.checklist, actions[place]);
      return evidence[place] ? { text, quote: evidence[place] } : { text };
    });
  });
  const others = [
    row("errors", "Marked errors", ({ errors, abstain }) => ({
      text: errors.map(({ span, grade }) => `${grade}: “${quoteOr(response.text, pieces, span, LONGEST)}”`).join("; ") || NONE,
      // Long quotations are cut, and who marks no error says something too.
      said: abstain === null ? JSON.stringify(errors) : NONE,
    })),
    row("mechanism", "Omission mechanism", (rating) => ({ text: named(rubric.omission_mechanisms, rating.omission_mechanism) })),
    row("class", "Response class", (rating) => ({ text: named(rubric.response_classes, rating.response_class) })),
    row("instruction", "First instruction", (rating) => ({ text: instructionWords(rating.first_instruction, pieces) })),
    row("abstained", "Abstained", ({ abstain }) => ({ text: abstain ?? NONE })),
  ];
  const answered = ({ id, cells }: Row) => id.startsWith("axis-") || cells.some(({ text }) => text !== NONE);
  return [...axes, ...gates, ...actions, ...others].filter(answered);
}

function differ(cells: Cell[]): boolean {
  return new Set(cells.map(({ text, said }) => said ?? text).filter((text) => text !== NONE)).size > 1;
}

function gradeWords(grade: number | undefined, label: string | undefined): string {
  if (grade === undefined) return NONE;
  return label === undefined ? String(grade) : `${grade}, ${label}`;
}

function yesOrNo(answer: boolean | undefined): string {
  return answer === undefined ? NONE : answer ? "Yes" : "No";
}

function named(codes: (Code | ChecklistGrade)[], code: string | null | undefined): string {
  return codes.find((known) => known.code === code)?.label ?? code ?? NONE;
}

function instructionWords(instruction: FirstInstruction | null, pieces: Piece[]): string {
  if (instruction === null) return NONE;
  return instruction.kind === "absent" ? "There is none" : `“${quoteAt(pieces, instruction.position, LONGEST)}”`;
}
