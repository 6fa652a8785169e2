/** What the radio buttons of the form do. */

import type { Form } from "./form.svelte";
import type { Choice, Question } from "./questions";

export const TAKE_BACK = "Click again to take the answer back.";

/** A person who moves with the arrows passes every choice on the way to one, so the form stays where it is. */
export function changed(form: Form, question: Question, choice: Choice, radio: HTMLInputElement) {
  // Taken back by this very click.
  if (!radio.checked) return;
  if (radio.matches(":focus-visible")) form.answer(question, choice);
  else form.choose(question, choice);
}

/** Only the mouse counts its clicks, and the second of a double click takes nothing back. */
export function clicked(form: Form, question: Question, choice: Choice, clicks: number) {
  if (clicks === 1 && form.isChosen(question, choice)) form.takeBack(question);
}
