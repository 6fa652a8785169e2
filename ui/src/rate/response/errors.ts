import type { Axis } from "../../contract/Axis";
import type { Level } from "../../contract/Level";
import type { Rubric } from "../../contract/Rubric";

/** A digit names no more of them. */
export const MOST_NUMBERED = 9;

/** The axis by this name is that of what a response gets wrong, as in the reports. */
const COMMISSION = "commission";

/** The axis on whose scale a marked error is graded, if the rubric has it. */
export function errorAxis({ axes }: Rubric): Axis | null {
  return axes.find(({ id }) => id === COMMISSION) ?? null;
}

/** How grave an error can be, and the key that says so; none where there are more than digits. */
export interface ErrorChoice extends Level {
  key: string | null;
}

/** The grades of an error: the least grade of the axis says that there is none. They are numbered where one is no digit. */
export function errorChoices(axis: Axis): ErrorChoice[] {
  const levels = axis.levels.slice(1);
  const numbered = areNumbered(axis);
  return levels.map((level, place) => ({ ...level, key: !numbered ? String(level.grade) : place < MOST_NUMBERED ? String(place + 1) : null }));
}

/** Whether keys name the grades of an error by their places. */
export function areNumbered({ levels }: Axis): boolean {
  return levels.slice(1).some(({ grade }) => grade < 0 || grade > MOST_NUMBERED);
}
