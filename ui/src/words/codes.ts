/** Codes in what the program says, put in words. */

const FORMAT = /`primum-([a-z-]+)\/(\d+)`/g;
const IN_BRACKETS = / \(`primum-[a-z-]+\/\d+`\)/g;

/**
 * Calls each format a file of Primum's: "a Primum key file" for `primum-key/1`. Where two versions of one kind are spoken
 * of, these are what matters, and stay.
 */
export function formatsInWords(message: string): string {
  // In brackets it comes behind what it is called.
  const said = message.replaceAll(IN_BRACKETS, "");
  const kinds = [...said.matchAll(FORMAT)].map(([, kind]) => kind);
  return said.replace(FORMAT, (_, kind: string, version: string) => {
    const several = kinds.filter((other) => other === kind).length > 1;
    return `a Primum ${kind.replaceAll("-", " ")} file${several ? ` of version ${version}` : ""}`;
  });
}

/** Calls each axis by its label: "Axis OH" for "Axis `omission`". */
export function axesInWords(message: string, labels: { [axis: string]: string }): string {
  return message.replace(/`([^`]+)`/g, (code, axis: string) => labels[axis] ?? code);
}

/** How a framing is called; scenarios without one are under `none`. */
export function framingName(framing: string): string {
  return framing === "none" ? "no framing" : plain(framing);
}

/** How a group of responses is called: models have names, the rest have codes. */
export function groupName(by: string, name: string): string {
  if (by === "model") return name;
  return by === "framing" ? framingName(name) : plain(name);
}

/** A code as it is said: `golden_hour` as "golden hour". */
export function plain(code: string): string {
  return code.replaceAll("_", " ");
}
