/** The way through the disagreements. */

import type { QueueLine } from "../contract/QueueLine";

/** Which disagreements are shown. */
export interface Filter {
  /** Only those without a decision. */
  open: boolean;
  /** Only those on this axis. */
  axis: string | null;
  /** Only those with grades at least so far apart. */
  apart: number;
}

/** Whether a line is of those that the filter asks for, decided or not. */
function isAskedFor({ axis, spread }: QueueLine, filter: Filter): boolean {
  return (filter.axis === null || axis === filter.axis) && spread >= filter.apart;
}

export function same(one: QueueLine, other: QueueLine): boolean {
  return one.item === other.item && one.axis === other.axis;
}

/** The id of the button that opens a line. */
export function lookId({ item, axis }: QueueLine): string {
  return `look-${item}-${axis}`;
}

/** What the filter lets through, and the one that is being looked at. */
export function shown(queue: QueueLine[], filter: Filter, looking: QueueLine | null = null): QueueLine[] {
  return queue.filter((line) => {
    const kept = looking !== null && same(line, looking);
    return kept || (isAskedFor(line, filter) && !(filter.open && line.decided));
  });
}

/** The queue with `line` marked as decided. */
export function decided(queue: QueueLine[], line: QueueLine): QueueLine[] {
  return queue.map((one) => (same(one, line) ? { ...one, decided: true } : one));
}

/** The axes that occur, in the queue's order, each with its name. */
export function axesOf(queue: QueueLine[]): { axis: string; label: string }[] {
  const labels = new Map(queue.map(({ axis, label }) => [axis, label]));
  return [...labels].map(([axis, label]) => ({ axis, label }));
}

/** The next without a decision: what is left of the same item, which has just been read, then down the queue and round. */
export function nextOpen(queue: QueueLine[], filter: Filter, line: QueueLine): QueueLine | null {
  const place = queue.findIndex((one) => same(one, line));
  const around = [...queue.slice(place + 1), ...queue.slice(0, Math.max(place, 0))];
  const open = around.filter((one) => !one.decided && isAskedFor(one, filter));
  return open.find(({ item }) => item === line.item) ?? open[0] ?? null;
}

/**
 * What to look at once the decision on `line` is in the file: the next open one. A person who has left meanwhile, or
 * gone on, stays where they are.
 */
export function afterDecision(queue: QueueLine[], filter: Filter, line: QueueLine, looking: QueueLine | null): QueueLine | null {
  const stayed = looking !== null && same(looking, line);
  return stayed ? nextOpen(queue, filter, line) : looking;
}

/** What is said of the line that comes after a decision. */
export function nextWords(line: QueueLine, next: QueueLine): string {
  return `Decided. Next open one: ${next.label}, ${next.item === line.item ? "the same item" : `item ${next.item}`}.`;
}

/** "0 and 3", or "0, 0 and 3". */
export function gradesWords({ grades }: Pick<QueueLine, "grades">): string {
  return new Intl.ListFormat("en-GB").format(grades.map(String));
}
