/** "7 is not an answer to this question. Press Y or 0." The keys are those that answer the question, if there is one. */
export function noAnswerWords(pressed: string, keys: string[]): string {
  if (keys.length === 0) return `${pressed.toUpperCase()} answers nothing here. Press ↑ to go to a question.`;
  return `${pressed.toUpperCase()} is not an answer to this question. Press ${keysWords(keys.map((key) => key.toUpperCase()))}.`;
}

/** "0 to 4", or "H, P or M". */
function keysWords(keys: string[]): string {
  const row = keys.length > 2 && keys.every((key, place) => Number(key) === Number(keys[0]) + place);
  if (row) return `${keys[0]} to ${keys.at(-1)}`;
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(keys);
}
