/** What the radio buttons of the form do. */

import type { Form } from "./form.svelte";
import type { Choice, Question } from "./questions";

/** A person who moves with the arrows passes every choice on the way to one, so the form stays where it is. */
export function changed(form: Form, question: Question, choice: Choice, radio: HTMLInputElement) {
  // Taken back by this very click.
  if (!radio.checked) return;
  if (radio.matches(":focus-visible")) form.answer(question, choice);
  else form.choose(question, choice);
}

/**
 * Only the mouse counts its clicks. The second of a double click does nothing: it would take back what the first
 * answered, or answer another question, as the form may have scrolled to the next one in between.
 */
export function clicked(form: Form, question: Question, choice: Choice, click: MouseEvent) {
  if (click.detail > 1) click.preventDefault();
  else if (click.detail === 1 && form.isChosen(question, choice)) form.takeBack(question);
}
