/** The files by which a judge is validated, as they are being filled in. */

import type { TextsForm } from "../kit/columns/texts-file.svelte";
import type { Intervals } from "../contract/Intervals";
import type { Reference } from "../contract/Reference";
import type { ValidateJudge } from "../contract/ValidateJudge";
import { baseName } from "../words/path";

export interface JudgeFiles extends TextsForm {
  humans: string[];
  judges: string[];
  key: string;
  thresholds: string;
  intervals: Intervals;
  /** What represents several humans’ grades of one response. */
  reference: Reference;
}

export function none(): JudgeFiles {
  return { humans: ["", ""], judges: [""], key: "", scenarios: "", scenarioColumns: null, responses: "", responseColumns: null, thresholds: "", intervals: "auto", reference: "average" };
}

export const given = (paths: string[]) => paths.map((path) => path.trim()).filter((path) => path !== "");

/** Whether a path is that of a study, which counts for each of its raters. */
export const isStudy = (path: string) => path.trim().endsWith(".primum-study");

/** What to ask, or what is missing for it. */
export function request(files: JudgeFiles, across_rubrics: boolean): ValidateJudge | { missing: string } {
  const [humans, judges] = [given(files.humans), given(files.judges)];
  if (humans.length === 0 && judges.length === 0) return { missing: "Give a human’s file and a judge’s." };
  if (humans.length === 0) return { missing: "Give a human’s file: the judge is measured by it." };
  if (judges.length === 0) return { missing: "Give the judge’s file." };
  const [key, scenarios, thresholds] = [files.key.trim(), files.scenarios.trim(), files.thresholds.trim()];
  return {
    humans,
    judges,
    intervals: files.intervals,
    reference: files.reference,
    across_rubrics,
    ...(key && { key }),
    ...(scenarios && { scenarios }),
    ...(thresholds && { thresholds }),
  };
}

/** Fills the first field that is free, or a new one. */
function add(paths: string[], path: string) {
  const room = paths.findIndex((one) => one.trim() === "");
  if (room >= 0) paths[room] = path;
  else paths.push(path);
}

/** Puts a dropped file where its name says that it belongs. */
export function place(files: JudgeFiles, path: string) {
  const name = baseName(path).toLowerCase();
  if (!name.includes(".")) files.scenarios = path;
  else if (name.includes("threshold")) files.thresholds = path;
  else if (name.includes("response")) files.responses = path;
  else if (name.includes("scenario")) files.scenarios = path;
  else if (/^key\b|\bkey\.json$/.test(name)) files.key = path;
  else add(name.endsWith(".jsonl") || name.includes("judge") ? files.judges : files.humans, path);
}
