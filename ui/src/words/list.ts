/** "A, B and C". */
export function listed(names: string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
