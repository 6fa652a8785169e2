import type { HeldThreshold } from "../contract/HeldThreshold";
import type { JudgeAxis } from "../contract/JudgeAxis";
import type { JudgeBounds } from "../contract/JudgeBounds";
import type { Measure } from "../contract/Measure";
import type { Missed } from "../contract/Missed";
import type { Quantity } from "../contract/Quantity";
import type { Reference } from "../contract/Reference";
import type { Ungraded } from "../contract/Ungraded";
import { plain } from "../words/codes";
import { amount, count } from "../words/count";
import { exclusionWords } from "../words/exclusion";
import { firstFew, listed } from "../words/list";
import { COEFFICIENT, DIFFERENCE, SHARE, measureWords, methodWords, number, type Limits } from "../words/measure";

const sum = (counts: number[]) => counts.reduce((total, one) => total + one, 0);

/** A share in per cent; a decimal only where there are enough items to carry it. */
function percent(share: number, n: number): string {
  return (share * 100).toFixed(n < 200 ? 0 : 1);
}

/** "70 % [48, 86]", or that there is no interval. */
function shareWords(measure: Measure, n: number): string | null {
  if ("undefined" in measure) return null;
  const { estimate, interval } = measure;
  const share = `${percent(estimate, n)}\u202f%`;
  if ("undefined" in interval) return share;
  const [lo, hi] = [Math.max(interval.lo, 0), Math.min(interval.hi, 1)];
  return `${share} [${percent(lo, n)}, ${percent(hi, n)}]`;
}

/** How many of the shared items the reference puts above the lowest grade, and the judge at it. */
export function missedOf({ confusion }: Pick<JudgeAxis, "confusion">): { missed: number; above: number } {
  const rows = confusion.slice(1);
  return { missed: sum(rows.map((row) => row[0] ?? 0)), above: sum(rows.flat()) };
}

type Compared = Pick<JudgeAxis, "reference" | "reference_rule" | "reference_from">;

const RULES: Record<Reference, string> = { average: "average", median: "median", lower: "lowest grade", upper: "highest grade" };

/** How many humans the judge is compared with. */
const humansOf = ({ reference_from }: Compared) => reference_from.length;

/** Whether each of several humans counts equally. */
const isAverage = (axis: Compared) => humansOf(axis) > 1 && axis.reference_rule === "average";

/** Whom the judge is compared with: a human, or what represents several. */
export function referenceWords(axis: Compared): string {
  return humansOf(axis) === 1 ? axis.reference : `the ${RULES[axis.reference_rule]} of ${humansOf(axis)} humans`;
}

/** The finding to read first. */
export function missWords(axis: JudgeAxis): string {
  const best = axis.grade_names[0] ?? "";
  const rate = shareWords(axis.miss_rate, axis.miss_rate_n);
  const reference = referenceWords(axis);
  if (axis.agreement.n === 0) return "The judge and the humans graded no response in common.";
  if (rate === null) {
    const first = reference.charAt(0).toUpperCase() + reference.slice(1);
    return `${first} gives none of the ${axis.agreement.n} responses a worse grade than ${best}: there was nothing for the judge to miss.`;
  }
  if (axis.unweighted) return `Miss rate ${rate}, weighted by how the responses were drawn: of all responses that ${reference} grades worse than ${best}, this share is estimated to get ${best} from the judge.`;
  const { missed, above } = missedOf(axis);
  if (isAverage(axis)) return `The judge gave ${best} to ${rate} of the responses that the humans graded worse than ${best} (humans weighted equally).`;
  return `Miss rate ${rate}: the judge gives ${best} to ${amount(missed)} of the ${count(above, "response")} that ${reference} grades worse than ${best}.`;
}

/** How the interval of the first finding was made, or why there is none. */
export function missMethod(axis: JudgeAxis): string {
  const method = methodWords(measureWords(axis.miss_rate, SHARE));
  const { intervals, scenarios } = axis.agreement;
  const over = intervals === "scenarios" && scenarios !== undefined ? ` over ${scenarios} scenarios or pairs` : "";
  const level = "interval" in axis.miss_rate && "level" in axis.miss_rate.interval ? `${Number((axis.miss_rate.interval.level * 100).toFixed(1))}\u202f% interval: ` : "";
  return `${level}${method}${over}; n = ${axis.miss_rate_n}`;
}

function between(measure: Measure, limits: Limits): string {
  const { estimate, ends, interval } = measureWords(measure, limits);
  return ends === null ? estimate : `${estimate} [${interval}]`;
}

/** The judge's agreement beside that of humans with each other. */
export function ceilingWords({ human_ceiling: ceiling }: Pick<JudgeAxis, "human_ceiling">): string {
  if ("undefined" in ceiling) return `How well humans agree with each other cannot be said: ${ceiling.undefined}.`;
  const { humans, judge, difference } = ceiling.kappa_quadratic;
  const values = `quadratic weighted kappa ${between(judge, COEFFICIENT)}, beside ${between(humans, COEFFICIENT)} of humans with each other on the same ${count(ceiling.n, "response")}`;
  if (!("estimate" in difference)) return `The judge with the humans: ${values}. No difference: ${difference.undefined}.`;
  const less = `difference ${between(difference, DIFFERENCE)}`;
  if ("undefined" in difference.interval) return `The judge with the humans: ${values}; ${less}, without an interval: ${difference.interval.undefined}.`;
  const { lo, hi } = difference.interval;
  if (hi < 0) return `It agrees less with the humans than they do with each other: ${values}; ${less}.`;
  if (lo > 0) return `It agrees more with the humans than they do with each other: ${values}; ${less}.`;
  return `These data leave open whether it agrees as well as humans do: ${values}; ${less}.`;
}

/** What does not count, and what the humans say of it. */
export function countWords(axis: JudgeAxis): string[] {
  const excluded = Object.entries(axis.excluded).map(([reason, items]) => `${items} (${exclusionWords(reason)})`);
  const beside = [
    ...(axis.unrated > 0 ? [`${count(axis.unrated, "response")} graded by the judge alone (${firstFew(axis.unrated_items)})`] : []),
    ...(axis.unjudged > 0 ? [`${count(axis.unjudged, "response")} of the humans not in the judge’s file (${firstFew(axis.unjudged_items)})`] : []),
  ];
  const from = axis.reference_from.flatMap((items, place) => (items > 0 ? [`${count(items, "response")} by ${count(place + 1, "human")}`] : []));
  return [
    `${axis.agreement.n} of ${axis.shared} shared responses count.${excluded.length > 0 ? ` Left out: ${excluded.join(", ")}.` : ""}`,
    ...(beside.length > 0 ? [`${beside.join("; ")}.`] : []),
    ...(isAverage(axis) ? ["Each human counts equally: agreement is with one drawn at random for each response."] : []),
    ...(axis.reference_from.length > 1 ? [`Graded: ${from.join(", ")}.`] : []),
  ];
}

/** What humans say of the responses that the judge did not grade: where those are the worst, it looks better than it is. */
export function ungradedWords({ reason, items, reference }: Ungraded, axis: Compared & Pick<JudgeAxis, "grade_names">): string {
  const graded = reference.flatMap((known, place) => (known > 0 ? [{ known, grade: axis.grade_names[place]! }] : []));
  return `Not graded by the judge: ${items} (${exclusionWords(reason)}); ${gradedWords(graded, items, humansOf(axis) === 2)}`;
}

/** Where humans differ, each of their grades has a share of the response. */
function gradedWords(graded: { known: number; grade: string }[], items: number, byTwo: boolean): string {
  if (graded.length === 0) return "no human graded them";
  if (graded.every(({ known }) => Number.isInteger(known))) return `humans grade ${listed(graded.map(({ known, grade }) => `${known} as ${grade}`))}`;
  if (byTwo && items === 1) return `one human gave it ${graded[0]!.grade}, the other ${graded[1]!.grade}`;
  return `the humans’ grades: shares ${graded.map(({ known, grade }) => `${amount(known)} at ${grade}`).join(", ")}`;
}

/** What the responses without a grade could change. */
export function boundsWords({ items, share, miss_rate, bias }: JudgeBounds): string {
  const rate = miss_rate ? `the miss rate would lie between ${number(miss_rate.lo)} and ${number(miss_rate.hi)}, ` : "";
  return `${count(items, "shared response")} (${(share * 100).toFixed(0)}\u202f%) without a grade: whatever grades they had, ${rate}the bias between ${number(bias.lo)} and ${number(bias.hi)}`;
}

const QUANTITIES: Partial<Record<Quantity, string>> = {
  kappa_quadratic: "kappa, quadratic weights",
  kappa_linear: "kappa, linear weights",
  kappa: "kappa, unweighted",
  exact: "exact agreement",
  within_1: "agreement within one step",
  ac1: "AC1",
  ac2: "AC2",
  difference: "kappa minus human–human agreement",
};

/** A threshold as a claim: "miss rate at most 0.2". */
export function claimWords({ quantity, grade_range, relation, value }: HeldThreshold): string {
  const name = QUANTITIES[quantity] ?? plain(quantity);
  return `${name}${grade_range === undefined ? "" : ` at ${grade_range}`} ${plain(relation)} ${value}`;
}

export function metWords(met: boolean | null): string {
  return met === null ? "undefined" : met ? "met" : "not met";
}

/** What a grade is called. */
export function nameOf({ categories, grade_names }: Pick<JudgeAxis, "categories" | "grade_names">, grade: number): string {
  return grade_names[categories.indexOf(grade)] ?? String(grade);
}

/** "Dr. A 3, Dr. B no grade". */
export function gradesOf(axis: JudgeAxis, { humans }: Pick<Missed, "humans">): string {
  return Object.entries(humans).map(([name, grade]) => `${name} ${grade === null ? "no grade" : nameOf(axis, grade)}`).join(", ");
}
