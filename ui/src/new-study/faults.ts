/** What is missing or cannot be, field by field, before a command is asked. */

import type { At } from "../contract/At";
import { LABEL, LONGEST_LABEL, SHORTEST_PASSPHRASE } from "../contract/constants";
import type { StudyCheck } from "../contract/StudyCheck";
import type { StudyForm } from "../contract/StudyForm";
import type { StudyStep } from "../contract/StudyStep";
import type { Field } from "../kit/field";

/** A sentence for each field that needs fixing, by the field's name. */
export type Faults = Record<string, string>;

export function faultsOfTexts(form: StudyForm): Faults {
  const faults: Faults = {};
  if (form.title.trim() === "") faults.title = "Give the study a title; raters see it.";
  if (form.scenarios.trim() === "") faults.scenarios = "Choose the folder or the file that holds the scenarios.";
  if (form.responses.trim() === "") faults.responses = "Choose the file that holds the responses.";
  if (form.rubric === "file" && form.rubricFile.trim() === "") faults.rubricFile = "Choose the rubric file.";
  return faults;
}

export function faultsOfRaters(form: StudyForm): Faults {
  const faults: Faults = {};
  const files = new Set<string>();
  form.raters.forEach((given, place) => {
    const label = given.trim();
    const file = fileOf(label);
    const fault = faultOfLabel(label) ?? (files.has(file) ? "Another rater has this label already, or one that names the same file." : null);
    if (fault !== null) faults[`rater-${place}`] = fault;
    files.add(file);
  });
  if (form.raters.length === 0) faults.raters = "Add at least one rater.";
  if (form.design === "per_item") {
    const most = form.raters.length;
    faults.perItem = whole(form.perItem, 1, most) ? "" : `Between 1 and ${most}, the number of raters.`;
  }
  return stated(faults);
}

function faultOfLabel(label: string): string | null {
  if (label === "") return "Give a label, such as A.";
  if (!LABEL.test(label)) return "Use letters, digits, spaces, - and _ only: the label names a file.";
  return [...label].length > LONGEST_LABEL ? `At most ${LONGEST_LABEL} characters: the label names a file.` : null;
}

/** What two labels share that name one file on some disk, as the program has it. */
function fileOf(label: string): string {
  return label.replaceAll(" ", "-").normalize("NFC").toLowerCase().toUpperCase();
}

export function faultsOfSample(form: StudyForm, { responses, filtered }: StudyCheck): Faults {
  const faults: Faults = {};
  if (!whole(form.seed, 0, Number.MAX_SAFE_INTEGER)) faults.seed = "A whole number, 0 or more.";
  const drawn = form.take === "sample" && whole(form.size, 1, responses) ? form.size : null;
  const most = drawn === null ? `${responses}, the number of responses` : `${drawn}, the size of the sample`;
  if (!whole(form.repeats, 0, drawn ?? responses)) faults.repeats = `Between 0 and ${most}.`;
  if (form.take === "all") return faults;
  if (!whole(form.size, 1, responses)) faults.size = `Between 1 and ${responses}, the number of responses.`;
  if (filtered === 0 && form.filteredAtLeast !== 0) faults.filteredAtLeast = "No response is filtered; leave it at 0.";
  else if (!whole(form.filteredAtLeast, 0, filtered)) {
    faults.filteredAtLeast = `Between 0 and ${filtered}, the number of filtered responses.`;
  } else if (!whole(form.filteredAtLeast, 0, drawn ?? responses)) faults.filteredAtLeast = `Between 0 and ${most}.`;
  if (form.oversample && form.scores.trim() !== "") {
    if (!whole(form.atLeast, 0, 255)) faults.oversample = "Give the lowest grade that counts as high.";
    else if (form.share === null || form.share <= 0 || form.share >= 100) {
      faults.oversample = "Give a share of more than 0 % and less than 100 %.";
    }
  }
  return faults;
}

/** How the key is sealed, as the screen holds it. */
export interface SealForm {
  folder: string;
  by: "generated" | "own" | "recipients";
  generated: string;
  /** Whether the person says that the generated passphrase is kept. */
  kept: boolean;
  own: string;
  again: string;
  recipients: string;
}

export function faultsOfSeal(form: SealForm): Faults {
  const faults: Faults = {};
  if (form.folder.trim() === "") faults.folder = "Choose a folder: a new or empty one.";
  if (form.by === "generated" && !form.kept) faults.kept = "Write the passphrase down first, then tick this.";
  if (form.by === "own") {
    // How it is made up is checked where it is used.
    if ([...form.own].length < SHORTEST_PASSPHRASE) faults.own = `At least ${SHORTEST_PASSPHRASE} characters; several words work best.`;
    else if (form.own !== form.again) faults.again = "The two are not the same.";
  }
  if (form.by === "recipients") {
    const keys = recipientsOf(form.recipients);
    const wrong = keys.find((key) => !RECIPIENT.test(key));
    if (keys.length === 0) faults.recipients = "Paste at least one public key.";
    else if (wrong !== undefined) {
      // A secret key pasted here by mistake is not repeated in a message.
      const found = /AGE-SECRET-KEY/i.test(wrong) ? "A secret key" : `“${wrong}”`;
      faults.recipients = `${found} is not a public key in the age format: those are age1 and 58 letters and digits.`;
    }
  }
  return faults;
}

/** A public key in the age format, whose last letters only the program checks. */
const RECIPIENT = /^(age1[02-9ac-hj-np-z]{58}|AGE1[02-9AC-HJ-NP-Z]{58})$/;

/** The public keys in a text: one per line, or with white space or commas between them. */
export function recipientsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((key) => key !== "");
}

/** What the commands call the fields that name a file of the texts. */
const TEXT_FIELDS: Record<string, string> = {
  scenarios: "scenarios",
  responses: "responses",
  scores: "scores",
  calibration: "calibration",
  rubric: "rubricFile",
};

/** What they call the fields of a sample. */
export const SAMPLE_FIELDS: Record<string, string> = {
  size: "size",
  oversample: "oversample",
  filtered_at_least: "filteredAtLeast",
  repeats: "repeats",
};

/** What they call where a study goes, and the ways to seal its key. */
const SEAL_FIELDS: Record<string, string> = { folder: "folder", passphrase: "own", recipients: "recipients" };

/** Under which field of the screen it belongs that a command refused this. */
export function placeOf(step: StudyStep, { named_by = "", field = "" }: At): string | null {
  if (step === "texts") return TEXT_FIELDS[named_by] ?? null;
  if (step === "sample") return SAMPLE_FIELDS[field.split(".")[0]!] ?? null;
  if (step !== "seal") return null;
  return SEAL_FIELDS[named_by] ?? SEAL_FIELDS[field] ?? null;
}

function whole(value: Field, least: number, most: number): value is number {
  return value !== null && Number.isInteger(value) && value >= least && value <= most;
}

function stated(faults: Faults): Faults {
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== ""));
}
