/** Where names go beside points that lie close together. */

export interface Spot {
  x: number;
  y: number;
  r: number;
  text: string;
}

export interface Label {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "end" | "middle";
}

const HEIGHT = 14;
/** Of a letter, about, at the size of the figures' words. */
const LETTER = 6.6;
const SPACE = 4;

type Box = [left: number, top: number, right: number, bottom: number];

/** Each name right of its point, or where it then would lie on something, left, above, below or further off. */
export function labels(spots: Spot[], width: number): Label[] {
  const taken: Box[] = spots.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  return spots.map((spot) => {
    const options = places(spot);
    const free = options.find((label) => {
      const box = boxOf(label);
      return box[0] >= 0 && box[2] <= width && !taken.some((other) => overlap(box, other));
    });
    const label = free ?? options[0]!;
    taken.push(boxOf(label));
    return label;
  });
}

function places({ x, y, r, text }: Spot): Label[] {
  const away = r + SPACE;
  const heights = [0, -HEIGHT, HEIGHT, -2 * HEIGHT, 2 * HEIGHT];
  const sides = heights.flatMap((dy): Label[] => [
    { text, x: x + away, y: y + dy, anchor: "start" },
    { text, x: x - away, y: y + dy, anchor: "end" },
  ]);
  const over: Label[] = [-1, 1].map((side) => ({ text, x, y: y + side * (away + HEIGHT / 2), anchor: "middle" }));
  return [...sides.slice(0, 2), ...over, ...sides.slice(2)];
}

function boxOf({ text, x, y, anchor }: Label): Box {
  const width = text.length * LETTER;
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return [left, y - HEIGHT / 2, left + width, y + HEIGHT / 2];
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
