/** Unicode scalar values, by which places in a text are counted. The document counts UTF-16 units. */

export function scalarCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** UTF-16 units before the scalar value at `count`. */
export function utf16Offset(text: string, count: number): number {
  let units = 0;
  for (const scalar of text) {
    if (count-- <= 0) break;
    units += scalar.length;
  }
  return units;
}
