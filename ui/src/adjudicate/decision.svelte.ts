import { call } from "../bridge";
import type { AxisDispute } from "../contract/AxisDispute";
import type { BegunDecision } from "../contract/BegunDecision";
import type { Cause } from "../contract/Cause";
import { Keeper } from "../kit/begun/keeper.svelte";
import { listed } from "../words/list";

/** Who decides, kept until the program ends. */
export const decider = $state({ name: "" });

/** What is said of a decision, recorded or begun. */
type Said = Pick<Partial<BegunDecision>, "grade" | "cause" | "note">;

/** A decision that is being made; begun from what was said before, if anything was. */
export class Decision {
  /** Null means that the item is left without a grade; nothing is chosen while undefined. */
  grade: number | null | undefined = $state();
  cause: Cause | undefined = $state();
  note = $state("");

  constructor(
    readonly dispute: AxisDispute,
    said: Said | undefined = dispute.decision,
  ) {
    this.grade = said?.grade;
    this.cause = said?.cause;
    this.note = said?.note ?? "";
  }

  /** What is still to be said, in words; empty when it can be recorded. */
  get missing(): string {
    const parts = [
      ...(this.grade === undefined ? ["a grade"] : []),
      ...(this.cause === undefined ? ["the cause"] : []),
      ...(decider.name.trim() === "" ? ["who decided"] : []),
    ];
    return listed(parts);
  }

  /** What is said so far of it as the decision on `item`. */
  on(item: string): BegunDecision {
    const { grade, cause, note, dispute } = this;
    return { item, axis: dispute.axis, ...(grade !== undefined && { grade }), ...(cause && { cause }), note, by: decider.name };
  }
}

/** Decisions that were begun, each as it is on the disk or on its way there. */
export const keeper = new Keeper((begun: { study: string; decision: BegunDecision }) => call("keep_begun_decision", begun));

const begun = new Map<string, Decision>();
/** What is on the disk of each decision, or what it was begun from. */
const kept = new Map<string, BegunDecision>();

/** Has again what was begun of a study's decisions before the program was started. */
export async function recall(study: string) {
  const { decisions } = await call("list_begun_decisions", { study });
  for (const decision of decisions) kept.set(nameOf(study, decision.item, decision.axis), decision);
  decider.name ||= decisions.findLast(({ by }) => by !== "")?.by ?? "";
}

/** The decision on a dispute as it was left, so that who looks at another, or closes the window, loses nothing. */
export function decisionOn(study: string, item: string, dispute: AxisDispute): Decision {
  const name = nameOf(study, item, dispute.axis);
  const decision = begun.get(name) ?? new Decision(dispute, kept.get(name));
  if (!kept.has(name)) kept.set(name, decision.on(item));
  begun.set(name, decision);
  return decision;
}

/** Keeps what is said of a decision, where that is not what is kept. */
export function keep(study: string, item: string, decision: Decision) {
  const name = nameOf(study, item, decision.dispute.axis);
  const said = decision.on(item);
  if (!begun.has(name) || JSON.stringify(said) === JSON.stringify(kept.get(name))) return;
  kept.set(name, said);
  keeper.keep(name, { study, decision: said });
}

/** Whether anything is said of a decision that is not recorded. */
export function isBegun(study: string, item: string, axis: string): boolean {
  const said = kept.get(nameOf(study, item, axis));
  return said !== undefined && (said.grade !== undefined || said.cause !== undefined || said.note !== "");
}

/** For a decision that is in the study's file. */
export function forget(study: string, item: string, axis: string) {
  const name = nameOf(study, item, axis);
  begun.delete(name);
  kept.delete(name);
  keeper.drop(name);
}

function nameOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
