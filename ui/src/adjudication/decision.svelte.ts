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
