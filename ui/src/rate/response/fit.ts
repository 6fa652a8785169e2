/** Makes a field as high as its text. Not every web view knows `field-sizing`. */
export function fit(field: HTMLTextAreaElement) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
