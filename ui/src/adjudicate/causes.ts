import type { Cause } from "../contract/Cause";

/** A cause of disagreement: its name on screen, when to choose it, and its key. */
export const CAUSES: { cause: Cause; label: string; meaning: string; key: string }[] = [
  { cause: "misread", label: "Misread", meaning: "One of them overlooked or misunderstood something in the response.", key: "m" },
  { cause: "rubric_unclear", label: "Rubric unclear", meaning: "The rubric allows both grades, or neither. It goes on the list for the next version.", key: "r" },
  { cause: "clinical_disagreement", label: "Clinical disagreement", meaning: "They judge the medicine differently.", key: "c" },
  { cause: "slip", label: "Slip", meaning: "A wrong key, or the wrong item.", key: "s" },
];
