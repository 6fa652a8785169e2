import { expect, test } from "vitest";
import { Saver } from "../../src/packet/saver.svelte";

function job(name: string, log: string[], run: () => Promise<void> = async () => {}) {
  return {
    item: "0",
    changes: [],
    run: async () => {
      log.push(`${name} begins`);
      await run();
      log.push(`${name} ends`);
    },
  };
}

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 2));

test("never are two writes under way, and the order is kept", async () => {
  const log: string[] = [];
  const saver = new Saver(() => {});
  saver.add(job("first", log, later));
  saver.add(job("second", log));
  expect(await saver.flush()).toBe(true);
  expect(log).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});

test("a failed write stops those behind it until someone tries again", async () => {
  const log: string[] = [];
  let full = true;
  const saver = new Saver(() => {});
  saver.add(job("first", log, async () => {
    if (full) throw { kind: "not_saved", message: "full" };
  }));
  saver.add(job("second", log));
  expect(await saver.flush()).toBe(false);
  expect([saver.failure, saver.jobs.length]).toEqual(["full", 2]);

  full = false;
  expect(await saver.flush()).toBe(true);
  expect([saver.failure, saver.jobs.length]).toEqual([null, 0]);
  expect(log).toEqual(["first begins", "first begins", "first ends", "second begins", "second ends"]);
});

test("what is refused is told and dropped, since it would be refused again", async () => {
  const told: string[] = [];
  const saver = new Saver((message, _, first) => told.push(`${message}${first ? " (first)" : ""}`));
  const log: string[] = [];
  const refuse = (message: string) => () => Promise.reject({ kind: "refused", message });
  saver.add(job("first", log, refuse("grade 9 is not on the scale")));
  saver.add(job("second", log, refuse("grade 8 neither")));
  saver.add(job("third", log));
  expect(await saver.flush()).toBe(false);
  expect([told, log.at(-1)]).toEqual([["grade 9 is not on the scale (first)", "grade 8 neither"], "third ends"]);
  expect([saver.refused, saver.failure, await saver.flush()]).toEqual([true, null, true]);
});

test("an error nobody expected counts as not saved", async () => {
  const saver = new Saver(() => {});
  saver.add(job("first", [], () => Promise.reject(new Error("the window lost its program"))));
  expect(await saver.flush()).toBe(false);
  expect(saver.failure).toBe("the window lost its program");
});
