/** How the program hears the keyboard, before any screen does: whatever the layout, and beside an input method. */

/** Hears every key of the window. Returns what ends it. */
export function hearKeys(): () => void {
  window.addEventListener("keydown", hear, { capture: true });
  return () => window.removeEventListener("keydown", hear, { capture: true });
}

/** Whether the layout has Latin letters, as the last letter that was typed tells. */
let latin = true;

/** The same key by another name, on its way to the screens. */
let told: KeyboardEvent | null = null;

function hear(event: KeyboardEvent) {
  if (event === told) return;
  const key = latinKey(event);
  // Some web views tell of a method's last key when it has ended already, and only by this number.
  if (event.isComposing || event.keyCode === 229) leaveToMethod(event);
  else if (key !== null) hearAs(key, event);
}

/** While an input method composes, no screen hears its keys, and its Escape closes no dialog. */
function leaveToMethod(event: KeyboardEvent) {
  event.stopImmediatePropagation();
  if (event.key === "Escape") event.preventDefault();
}

/** What the key means by its place, where the layout has no Latin letter or digit on it. */
function latinKey(event: KeyboardEvent): string | null {
  const { key, code, shiftKey } = event;
  // With AltGr, and with Option on a Mac, a Latin layout has letters of other scripts too.
  if (event.altKey || event.getModifierState("AltGraph")) return null;
  const written = /^[\p{L}\p{M}\p{Nd}]+$/u.test(key);
  const foreign = written && !/[\p{Script=Latin}0-9]/u.test(key);
  // Beside its letters a Latin layout may have others, as the French one has µ.
  if (foreign ? /^Key/.test(code) : /^\p{L}$/u.test(key)) latin = !foreign;
  if (foreign && code === "BracketLeft") return "[";
  if (foreign && code === "BracketRight") return "]";
  // Greek and Hebrew have a sign where others have Q. So has French where others have M, but it has an M elsewhere.
  const place = foreign ? /^(?:Key|Digit)(.)$/ : latin || written ? null : /^Key(.)$/;
  const name = place?.exec(code)?.[1] ?? null;
  return shiftKey ? name : (name?.toLowerCase() ?? null);
}

/** Tells the screens of the same key by another name. What is typed into a field stays as it is. */
function hearAs(key: string, event: KeyboardEvent) {
  const { code, repeat, ctrlKey, shiftKey, altKey, metaKey } = event;
  const how = { code, repeat, ctrlKey, shiftKey, altKey, metaKey, bubbles: true, cancelable: true };
  event.stopImmediatePropagation();
  told = new KeyboardEvent(event.type, { key, ...how });
  if (event.target?.dispatchEvent(told) === false) event.preventDefault();
}
