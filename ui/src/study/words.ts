import type { FileFate } from "../contract/FileFate";
import type { RaterView } from "../contract/RaterView";
import type { StudyView } from "../contract/StudyView";
import { formatsInWords } from "../words/codes";
import { listed } from "../words/list";

/** A rater as the lead author knows them. */
export function raterName({ label, name }: Pick<RaterView, "label" | "name">): string {
  return name === "" ? label : `${label} (${name})`;
}

/** What has still to come before the ratings are whole. */
export function missingWords(raters: RaterView[]): string {
  const waiting = raters.filter(({ files }) => files === 0).map(raterName);
  const unlocked = raters.filter(({ files, locked_at }) => files > 0 && locked_at === undefined);
  const further = raters.filter(({ files, packets, packets_came }) => files > 0 && packets_came < packets).map(raterName);
  const begun = unlocked.map((rater) => `${raterName(rater)}, ${rater.graded} of ${rater.items} items graded`);
  const short = raters.filter(({ locked_at, done, items }) => locked_at !== undefined && done < items);
  const gaps = short.map(gapWords);
  const sentences = [
    ...(waiting.length > 0 ? [`No file has arrived from ${listed(waiting)}.`] : []),
    ...(further.length > 0 ? [`No file of the further items has arrived from ${listed(further)}.`] : []),
    ...(begun.length > 0 ? [`Not locked yet: ${begun.join("; ")}.`] : []),
    ...(waiting.length + unlocked.length === 0 ? ["Every rater has locked."] : []),
    ...gaps,
    ...(waiting.length + unlocked.length + short.length === 0 ? ["Nothing is missing."] : []),
  ];
  return sentences.join(" ");
}

/** What is missing in ratings that are locked. */
function gapWords(rater: RaterView): string {
  const { items, graded, done } = rater;
  const missing = [
    ...(graded < items ? [`${items - graded} of ${items} items not graded`] : []),
    ...(done < graded ? [`${graded - done} of ${items} items graded without everything else the rubric asks for`] : []),
  ];
  return `${raterName(rater)} locked with ${listed(missing)}.`;
}

/** What became of a file, in a word or two. */
export function fateWords({ fate }: Pick<FileFate, "fate">): string {
  switch (fate.is) {
    case "new":
      return fate.records === 1 ? "Received, 1 new record" : `Received, ${fate.records.toLocaleString("en")} new records`;
    case "already_there":
      return "Already there";
    case "superseded":
      return "Nothing new";
    case "two_people":
      return "Two people?";
    case "refused":
      return "Refused";
  }
}

/** Why that is, where the word does not say it. */
export function fateReason({ fate }: Pick<FileFate, "fate">): string | null {
  if (fate.is === "refused") return formatsInWords(fate.reason);
  if (fate.is === "already_there") return "This exact file was received before. Nothing was changed.";
  if (fate.is === "two_people") return "Nothing was received. Ask who rated, and say whose ratings count:";
  if (fate.is === "superseded") return "All its records had already arrived in other files.";
  return null;
}

/** What became of all files together. */
export function fatesWords(fates: FileFate[]): string {
  const count = (is: FileFate["fate"]["is"]) => fates.filter(({ fate }) => fate.is === is).length;
  const parts = [
    [count("new"), "received"],
    [count("already_there"), "already there"],
    [count("superseded"), "with nothing new"],
    [count("two_people"), "to decide about"],
    [count("refused"), "refused"],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${fates.length === 1 ? "1 file" : `${fates.length} files`}: ${words.join(", ")}.`;
}

/** What became of files, the latest first. What was to be decided about one of the latest is decided. */
export function withLatest(latest: FileFate[], before: FileFate[]): FileFate[] {
  const given = new Set(latest.map(({ file }) => file));
  return [...latest, ...before.filter(({ file, fate }) => fate.is !== "two_people" || !given.has(file))];
}

/** The parts of a study's screen. */
export type StudyPart = "ratings" | "agreement" | "adjudicate" | "key" | "export";

/** What the library lists of a study. */
export function seenOf({ file, title, raters, opened_at }: StudyView) {
  const locked = raters.filter(({ locked_at }) => locked_at !== undefined).length;
  return { file, title, raters: raters.length, locked, opened: opened_at !== undefined };
}
