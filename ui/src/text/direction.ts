/**
 * Lets the first letter of a text decide its direction. To be attached, that is, done when the whole text
 * is there: WebKit looks again through all that has no direction for each element that is added to it.
 */
export function ownDirection(element: HTMLElement) {
  element.dir = "auto";
}
