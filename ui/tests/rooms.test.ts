import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../src");

/** The folders that several screens share; each stands on those before it. */
const SHARED = ["contract", "messages", "words", "text", "figures", "kit", "packet"];

/** The folders of screens, and the others whose screens each shows within its own. */
const SCREENS: { [room: string]: string[] } = {
  rate: ["return"],
  return: [],
  library: [],
  "new-study": [],
  study: ["adjudicate", "agreement"],
  adjudicate: [],
  agreement: [],
  judge: [],
  findings: [],
  plan: [],
};

/** The files in no folder that may be imported, and the folders that do without them. */
const OUTSIDE: { [file: string]: string[] } = {
  bridge: ["messages", "words", "text"],
  "run.svelte": SHARED,
};

/** The most files of a folder. */
const MOST = 25;

/** Every file in a folder but the contract, which is generated. */
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(ts|svelte)$/.test(file) && file.includes("/"))
  .filter((file) => roomOf(file) !== "contract");

/** The first folder of a path, or the file that is in none. */
function roomOf(path: string): string {
  return path.split("/")[0]!;
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(SRC, file), "utf8");
  return [...source.matchAll(/(?:from |import |import\()"(\.[^"]+)"/g)].map(([, path]) => join(dirname(file), path!));
}

function mayImport(room: string, other: string): boolean {
  if (room === other) return true;
  if (other in OUTSIDE) return !OUTSIDE[other]!.includes(room);
  if (!SHARED.includes(other)) return SCREENS[room]?.includes(other) ?? false;
  return room in SCREENS || SHARED.indexOf(other) < SHARED.indexOf(room);
}

test("every folder is one of a screen, or shared", () => {
  const rooms = new Set(files.map(roomOf));
  expect([...rooms].toSorted()).toEqual([...Object.keys(SCREENS), ...SHARED.slice(1)].toSorted());
});

test("a folder imports from those that it stands on, and from no other", () => {
  const arrows = files.flatMap((file) => importsOf(file).map((path) => ({ file, path })));
  const wrong = arrows.filter(({ file, path }) => !mayImport(roomOf(file), roomOf(path)));
  expect(arrows).toContainEqual({ file: "rate/Rate.svelte", path: "return/Return.svelte" });
  expect(wrong.map(({ file, path }) => `${file} imports ${path}`)).toEqual([]);
});

test("no folder holds more files than one can look over", () => {
  const folders = [...new Set(files.map((file) => dirname(file)))];
  const sizes = folders.map((folder) => ({ folder, size: files.filter((file) => dirname(file) === folder).length }));
  expect(sizes.filter(({ size }) => size > MOST)).toEqual([]);
});
