import { expect, test } from "vitest";
import type { RecordVisit } from "../../src/contract/RecordVisit";
import { ActiveTime } from "../../src/packet/active";
import { LongWork } from "../../src/packet/long-work";
import { lasting, roughly } from "../../src/words/time";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A clock that goes on when told, and what was kept by it. */
function measured() {
  const kept: RecordVisit[] = [];
  const clock = { now: 5_000_000 };
  const active = new ActiveTime(() => clock.now, (visit) => kept.push(visit));
  /** An event after each of these milliseconds. */
  const after = (...waits: number[]) => {
    for (const wait of waits) {
      clock.now += wait;
      active.touch();
    }
  };
  /** Goes to another item after so many milliseconds. */
  const goes = (item: string | null, wait = 0) => {
    clock.now += wait;
    active.show(item, false);
  };
  return { active, kept, clock, after, goes };
}

const times = (kept: RecordVisit[]) => kept.map(({ item, active_ms }) => [item, active_ms]);

test("the time at an item counts from when it came into view until it is left", () => {
  const { kept, after, goes } = measured();
  goes("a");
  after(4000, 3000);
  goes("b", 1500);
  goes(null, 700);
  expect(kept).toEqual([
    { item: "a", active_ms: 8500, continued: false },
    { item: "b", active_ms: 700, continued: false },
  ]);
});

test("reading for two minutes without touching anything is reading, longer is absence", () => {
  const { kept, after, goes } = measured();
  goes("a");
  after(2 * MINUTE);
  goes("b");
  after(2 * MINUTE + 1, 3 * SECOND);
  goes("c", 2 * SECOND);
  expect(times(kept)).toEqual([["a", 2 * MINUTE], ["b", 5 * SECOND]]);
});

test("a computer that sleeps adds nothing, whether the clock runs on meanwhile or not", () => {
  const { kept, clock, after, goes } = measured();
  goes("a");
  after(10 * SECOND);
  clock.now += 9 * 60 * MINUTE;
  after(0, 5 * SECOND);
  goes("b");
  after(10 * SECOND);
  // A clock that stands still: the next event comes at once.
  after(0, 5 * SECOND);
  goes(null);
  expect(times(kept)).toEqual([["a", 15 * SECOND], ["b", 15 * SECOND]]);
});

test("a clock that goes back takes nothing away", () => {
  const { kept, clock, after, goes } = measured();
  goes("a");
  after(10 * SECOND);
  clock.now -= 60 * MINUTE;
  after(0, 5 * SECOND);
  goes(null);
  expect(times(kept)).toEqual([["a", 15 * SECOND]]);
});

test("while the window is hidden or a dialog is open nothing counts, and it is one visit still", () => {
  const { active, kept, clock, after, goes } = measured();
  goes("a");
  after(10 * SECOND);
  clock.now += 2 * SECOND;
  active.show("a", true);
  expect(kept).toEqual([{ item: "a", active_ms: 12 * SECOND, continued: false }]);
  after(20 * SECOND, 20 * SECOND);
  active.show("a", false);
  after(3 * SECOND);
  goes("b");
  expect(kept[1]).toEqual({ item: "a", active_ms: 3 * SECOND, continued: true });
});

test("paging through keeps nothing", () => {
  const { active, kept, after, goes } = measured();
  for (const item of ["a", "b", "c"]) {
    goes(item, 200);
    after(200);
  }
  active.show("c", true);
  active.show("c", false);
  goes("d", 50);
  expect(kept).toEqual([]);
  goes(null, 500);
  expect(times(kept)).toEqual([["d", 500]]);
});

test("a long visit is kept in parts, so that a crash loses little", () => {
  const { kept, after, goes } = measured();
  goes("a");
  after(...Array.from({ length: 70 }, () => SECOND));
  expect(kept.map(({ active_ms, continued }) => [active_ms, continued])).toEqual([
    [30 * SECOND, false],
    [30 * SECOND, true],
  ]);
  goes("a", 0);
  goes("b", 100);
  expect(kept[2]).toEqual({ item: "a", active_ms: 10_100, continued: true });
  goes("a", 600);
  goes("b", 600);
  expect(kept.slice(3).map(({ item, continued }) => [item, continued])).toEqual([["b", false], ["a", false]]);
});

test("a break is suggested once after fifty minutes without a pause of five", () => {
  let now = 0;
  let wall = 0;
  const work = new LongWork(() => now, () => wall);
  const goOn = (minutes: number, step = 1) => {
    const told: number[] = [];
    for (let minute = step; minute <= minutes; minute += step) {
      now += step * MINUTE;
      wall += step * MINUTE;
      const before = work.due;
      work.touch();
      if (work.due && !before) told.push(minute);
    }
    return told;
  };
  work.touch();
  expect(goOn(48, 4)).toEqual([]);
  expect(goOn(60)).toEqual([2]);
  expect(work.due).toBe(true);
  expect(goOn(5, 5)).toEqual([]);
  expect(work.due).toBe(false);
  expect(goOn(60)).toEqual([50]);
  // The computer sleeps, and the clock that only runs on stands still.
  wall += 60 * MINUTE;
  expect(goOn(60)).toEqual([51]);
});

test("times are said as exactly as they are known", () => {
  const measuredWords = [0, 40_400, 60_000, 160_000, 599_000, 52.4 * MINUTE, 60 * MINUTE, 65 * MINUTE];
  expect(measuredWords.map(lasting)).toEqual(["0 s", "40 s", "1 min", "2 min 40 s", "9 min 59 s", "52 min", "1 h", "1 h 5 min"]);
  const estimated = [1, 0.5 * MINUTE, 3.4 * MINUTE, 9.6 * MINUTE, 52 * MINUTE, 89 * MINUTE, 118 * MINUTE, 152 * MINUTE];
  expect(estimated.map(roughly)).toEqual([
    "about 1 min", "about 1 min", "about 3 min", "about 10 min", "about 50 min", "about 1½ h", "about 2 h", "about 2½ h",
  ]);
});
