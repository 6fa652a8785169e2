/** The keys that act on texts and answers: when they do, and when they are left to a field or a dialog. */

/** The key that acted last. Held, it does not write into the field to which it led. */
let acted: string | null = null;

/** A held key would answer one question after the other. */
export function guarded(act: (event: KeyboardEvent) => boolean, repeats = false) {
  return (event: KeyboardEvent) => {
    if (!event.repeat || repeats) acted = mayAct(event) && act(event) ? event.code : null;
    if (event.code === acted) event.preventDefault();
  };
}

/** Whether a dialog or a text field has the keys. */
export function keysTaken(): boolean {
  const focus = document.activeElement;
  return document.querySelector("dialog[open]") !== null || (focus instanceof HTMLElement && isTextField(focus));
}

/** Keys never act while someone types, while a dialog is open, or where an element needs them. */
function mayAct(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (document.querySelector("dialog[open]")) return false;
  if (target && isTextField(target)) return (event.key === "e" || event.key === "f") && (event.ctrlKey || event.metaKey);
  if (event.key === " " || event.key === "Enter") return !target?.closest("button, summary, a, input:focus-visible");
  // Someone who came to a radio button with Tab moves in its group with the arrows, as everywhere.
  if (event.key.startsWith("Arrow")) return !target?.matches("input[type=radio]:focus-visible");
  return true;
}

export function isTextField(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input:not([type=radio], [type=checkbox], [type=button])");
}
