import type { AxisDispute } from "../contract/AxisDispute";
import type { Cause } from "../contract/Cause";
import { listed } from "../words/study";

/** Who decides, kept until the program ends. */
export const decider = $state({ name: "" });

/** A decision that is being made; begun from the one that stands, if there is one. */
export class Decision {
  /** Null means that the item is left without a grade; nothing is chosen while undefined. */
  grade: number | null | undefined = $state();
  cause: Cause | undefined = $state();
  note = $state("");

  constructor(readonly dispute: AxisDispute) {
    const { decision } = dispute;
    this.grade = decision?.grade;
    this.cause = decision?.cause;
    this.note = decision?.note ?? "";
  }

  /** What is still to be said, in words; empty when it can be recorded. */
  get missing(): string {
    const parts = [
      ...(this.grade === undefined ? ["a grade"] : []),
      ...(this.cause === undefined ? ["the cause"] : []),
      ...(decider.name.trim() === "" ? ["who decides"] : []),
    ];
    return listed(parts);
  }
}

const begun = new Map<string, Decision>();

/** The decision on a dispute as it was left, so that who looks at another loses nothing; kept until the program ends. */
export function decisionOn(study: string, item: string, dispute: AxisDispute): Decision {
  const name = nameOf(study, item, dispute.axis);
  const decision = begun.get(name) ?? new Decision(dispute);
  begun.set(name, decision);
  return decision;
}

/** For a decision that is in the study's file. */
export function forget(study: string, item: string, axis: string) {
  begun.delete(nameOf(study, item, axis));
}

function nameOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
