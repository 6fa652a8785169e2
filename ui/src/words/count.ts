export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** A number of responses or a mean grade: with decimals only where it is not whole. */
export const amount = (value: number) => String(Number(value.toFixed(2)));
