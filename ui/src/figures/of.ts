import type { Figure } from "../contract/Figure";

/** The figure of a part of a report; none where there is nothing to draw. */
export function figureOf(figures: Figure[], of: string): Figure | undefined {
  return figures.find((figure) => figure.of === of);
}
