/**
 * Answers that contradict each other, and what to know before one goes on. The names and what follows "unless" are the
 * rubric's.
 */
export const remarks = {
  gate: (axis: string, atMost: number, grade: number) =>
    `You answered yes to the gating question, so ${inSentence(axis)} can be at most ${atMost}, but you gave ${grade}.`,
  error: (axis: string, worst: number, grade: number) => `You marked an error of ${worst}, so ${inSentence(axis)} is at least ${worst}, but you gave ${grade}.`,
  allHit: (axis: string, atMost: number, grade: number) =>
    `Every critical action is hit, so ${inSentence(axis)} is usually at most ${atMost}, but you gave ${grade}.`,
  expectation: (chosen: string, axis: string, atLeast: number, unless: string, grade: number) =>
    `With “${chosen}”, ${inSentence(axis)} is usually at least ${atLeast}, unless ${unless}. You gave ${grade}.`,
  mechanism: "An omission mechanism is named, but no action is partial or missed.",
  /** Why is the program's, of the file. */
  readOnly: (why: string) => `You can read this packet here, but not change it: ${why}`,
  clock: (earlier: string, later: string) =>
    `A clock is wrong: ${earlier}, and ${later}. If the date of this computer is wrong, set it right, and tell the lead author. What was saved keeps its time.`,
  moments: {
    made: (day: string) => `Primum was not made before ${day}`,
    latest_change: (day: string) => `your latest change was saved on ${day}`,
    now: (day: string) => `this computer’s clock says ${day}`,
  },
};

/** A name within a sentence: "Omission harm" as "omission harm", but "OH" as it is. */
function inSentence(name: string): string {
  const [first = "", second = ""] = name;
  const isLower = second !== second.toUpperCase();
  return isLower ? first.toLowerCase() + name.slice(first.length) : name;
}
