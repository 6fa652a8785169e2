/** Which of many rows are to be made: those in view, and some around them. All have one height, in pixels. */
export function rowsInView<Item>(items: Item[], row: number, top: number, height: number): { from: number; rows: Item[] } {
  const from = Math.max(0, Math.floor(top / row) - 4);
  return { from, rows: items.slice(from, from + Math.ceil(height / row) + 8) };
}
