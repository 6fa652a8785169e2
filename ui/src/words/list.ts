/** So many names are listed of many. */
const NAMED = 3;

/** "A, B and C"; of many, the first and how many more there are. */
export function firstFew(names: string[]): string {
  if (names.length <= NAMED) return listed(names);
  return `${names.slice(0, NAMED).join(", ")} and ${(names.length - NAMED).toLocaleString("en")} more`;
}

/** "A, B and C". */
export function listed(names: string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
