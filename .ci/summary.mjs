// The end of `make test`: the slowest tests, how many passed, and what could not run here and why.
// Reads what nextest, cargo test and vitest said, and the list that crates/testing keeps of skips.
import { existsSync, readFileSync } from "node:fs";

const [log, skips] = process.argv.slice(2);
const plain = (text) => text.replace(/\x1b\[[0-9;]*m/g, "");
const lines = plain(readFileSync(log, "utf8")).split("\n");

// nextest alone says how long each test took.
const timed = lines.map((line) => /^\s*PASS \[\s*([\d.]+)s\] (?:\([^)]*\) )?(.+)/.exec(line)).filter(Boolean);
const slowest = timed.sort((a, b) => b[1] - a[1]).slice(0, 15);
if (slowest.length > 0) console.log("\nThe slowest tests, in seconds:");
for (const [, seconds, name] of slowest) console.log(`  ${Number(seconds).toFixed(1).padStart(5)}  ${name}`);

const totals = lines.filter((line) => /^\s*(Summary \[|test result: |Tests  )/.test(line));
const sum = (word, of = totals) => of.reduce((total, line) => total + Number(RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0), 0);

const testsOf = new Map();
for (const line of existsSync(skips) ? readFileSync(skips, "utf8").split("\n").filter(Boolean) : []) {
  const [test, reason] = line.split("\t");
  testsOf.set(reason, (testsOf.get(reason) ?? new Set()).add(test));
}
// A test that skips passes; one may have several reasons.
const skipped = new Set([...testsOf.values()].flatMap((tests) => [...tests])).size;
// What nextest calls skipped are the journeys in the window, which cargo runs after it.
const ignored = sum("(?:ignored|skipped)", totals.filter((line) => !/^\s*Summary \[/.test(line)));
console.log(`\n${sum("passed") - skipped} passed, ${sum("failed") + sum("timed out")} failed, ${skipped + ignored} skipped`);
for (const [reason, tests] of [...testsOf].sort((a, b) => b[1].size - a[1].size)) {
  console.log(`  ${reason}: ${tests.size}`);
  for (const test of [...tests].sort()) console.log(`    ${test}`);
}
if (ignored > 0) console.log(`  left out by the test program: ${ignored}`);
