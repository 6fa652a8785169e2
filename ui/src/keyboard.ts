/** How the program hears the keyboard, before any screen does: whatever the layout, and beside an input method. */

/** Hears every key of the window. Returns what ends it. */
export function hearKeys(): () => void {
  window.addEventListener("keydown", hear, { capture: true });
  return () => window.removeEventListener("keydown", hear, { capture: true });
}

function hear(event: KeyboardEvent) {
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
  // With AltGr a Latin layout has letters of other scripts too.
  if (event.getModifierState("AltGraph")) return null;
  if (!/^[\p{L}\p{M}\p{Nd}]+$/u.test(key) || /[\p{Script=Latin}0-9]/u.test(key)) return null;
  if (code === "BracketLeft") return "[";
  if (code === "BracketRight") return "]";
  const place = /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? null;
  return shiftKey ? place : (place?.toLowerCase() ?? null);
}

/** Tells the screens of the same key by another name. What is typed into a field stays as it is. */
function hearAs(key: string, event: KeyboardEvent) {
  const { code, repeat, ctrlKey, shiftKey, altKey, metaKey } = event;
  const how = { code, repeat, ctrlKey, shiftKey, altKey, metaKey, bubbles: true, cancelable: true };
  event.stopImmediatePropagation();
  const left = event.target?.dispatchEvent(new KeyboardEvent(event.type, { key, ...how }));
  if (left === false) event.preventDefault();
}
