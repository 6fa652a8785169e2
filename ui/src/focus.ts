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
