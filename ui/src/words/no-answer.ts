import { m } from "../messages/language.svelte";

/** "7 is not an answer to this question. Press Y or 0." The keys are those that answer the question, if there is one. */
export function noAnswerWords(pressed: string, keys: string[]): string {
  const key = pressed.toUpperCase();
  if (keys.length === 0) return m.words.answersNothing(key);
  return m.words.noAnswer(key, keysWords(keys.map((key) => key.toUpperCase())));
}

/** "0 to 4", or "H, P or M". */
function keysWords(keys: string[]): string {
  const row = keys.length > 2 && keys.every((key, place) => Number(key) === Number(keys[0]) + place);
  return row ? m.words.to(keys[0]!, keys.at(-1)!) : m.locale.any(keys);
}
