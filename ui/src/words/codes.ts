/** Codes in what the program says, put in words. */

const FORMAT = /`primum-([a-z-]+)\/(\d+)`/g;

/**
 * Calls each format a file of Primum's: "a Primum key file" for `primum-key/1`. Where two versions of one kind are spoken
 * of, these are what matters, and stay.
 */
export function formatsInWords(message: string): string {
  const kinds = [...message.matchAll(FORMAT)].map(([, kind]) => kind);
  return message.replace(FORMAT, (_, kind: string, version: string) => {
    const several = kinds.filter((other) => other === kind).length > 1;
    return `a Primum ${kind.replaceAll("-", " ")} file${several ? ` of version ${version}` : ""}`;
  });
}

/** Calls each axis by its label: "Axis OH" for "Axis `omission`". */
export function axesInWords(message: string, labels: { [axis: string]: string }): string {
  return message.replace(/`([^`]+)`/g, (code, axis: string) => labels[axis] ?? code);
}

/** A code as it is said: `non_colliding` as "non colliding". */
export function plain(code: string): string {
  return code.replaceAll("_", " ");
}
