import type { Cause } from "../contract/Cause";

/** A cause of disagreement: its name on screen, and when to choose it. */
export const CAUSES: { cause: Cause; label: string; meaning: string }[] = [
  { cause: "misread", label: "Misread", meaning: "One of them overlooked or misunderstood something in the response." },
  { cause: "rubric_unclear", label: "Rubric unclear", meaning: "The rubric allows both grades, or neither. It goes on the list for the next version." },
  { cause: "clinical_disagreement", label: "Clinical disagreement", meaning: "They judge the medicine differently." },
  { cause: "slip", label: "Slip", meaning: "A wrong key, or the wrong item." },
];
