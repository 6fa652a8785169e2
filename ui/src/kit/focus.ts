/**
 * Gives the keyboard to an element, also to one that takes no focus by itself, such as a heading. Where what had the
 * focus is gone, everything else would begin at the top of the page. Serves as an attachment to what comes into view.
 */
export function takeFocus(element: HTMLElement) {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
}

/** Gives the keyboard to an element where what had the focus is gone. */
export function catchFocus(element: HTMLElement) {
  if (document.activeElement === document.body) takeFocus(element);
}

/** A button that is disabled while it works has the keyboard again afterwards, where nothing else took it. */
export function keepFocus(button: HTMLButtonElement) {
  let had = false;
  const take = () => (had = true);
  const leave = () => (had &&= button.disabled);
  const enabled = new MutationObserver(() => {
    if (had && !button.disabled) catchFocus(button);
  });
  enabled.observe(button, { attributes: true, attributeFilter: ["disabled"] });
  button.addEventListener("focus", take);
  button.addEventListener("blur", leave);
  return () => {
    enabled.disconnect();
    button.removeEventListener("focus", take);
    button.removeEventListener("blur", leave);
  };
}
