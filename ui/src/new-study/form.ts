/** What the lead author has chosen for a new study: the fields of its screen, and the draft they make. */

import type { DraftRater } from "../contract/DraftRater";
import type { Sampling } from "../contract/Sampling";
import type { StudyDraft } from "../contract/StudyDraft";
import type { StudyForm } from "../contract/StudyForm";
import { mapLines } from "../kit/columns/columns";

/** Two raters who rate everything, by the physicians' protocol. */
export function emptyForm(seed: number): StudyForm {
  return {
    title: "",
    scenarios: "",
    scenarioColumns: null,
    responses: "",
    responseColumns: null,
    rubric: "gated",
    rubricFile: "",
    referenceAfterRating: false,
    scores: "",
    instructions: "",
    calibration: "",
    raters: ["A", "B"],
    lead: null,
    design: "everyone",
    perItem: 2,
    take: "all",
    size: null,
    models: "equal",
    categories: "proportional",
    oversample: false,
    axis: "omission",
    atLeast: 2,
    share: 30,
    pairsTogether: true,
    filteredAtLeast: 0,
    repeats: 0,
    seed,
    decisions: [],
  };
}

/** A seed that nobody chose: six digits, to be written down. */
export function randomSeed(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 100_000 + (random % 900_000);
}

/** The label after those that are there: A, B, … Z, then R27, R28, … */
export function nextLabel(raters: string[]): string {
  const taken = new Set(raters.map((label) => label.trim().toLowerCase()));
  for (let place = 0; ; place++) {
    const label = place < 26 ? String.fromCharCode(65 + place) : `R${place + 1}`;
    if (!taken.has(label.toLowerCase())) return label;
  }
}

/** The draft without the rater at `place`; the lead author stays who it is. */
export function withoutRater(form: StudyForm, place: number): Pick<StudyForm, "raters" | "lead"> {
  const { lead } = form;
  const raters = form.raters.filter((_, at) => at !== place);
  if (lead === null || lead === place) return { raters, lead: null };
  return { raters, lead: lead > place ? lead - 1 : lead };
}

/** The draft that the fields make. `responses` is how many there are, to repeat some where all are taken. */
export function draftOf(form: StudyForm, responses: number): StudyDraft {
  const sampling = samplingOf(form, responses);
  return {
    ...filesOf(form),
    ...(form.instructions.trim() && { instructions: form.instructions.trim() }),
    raters: ratersOf(form),
    design: form.design === "everyone" ? { kind: "everyone" } : { kind: "per_item", raters: form.perItem ?? 0 },
    ...(sampling && { sampling }),
    seed: form.seed ?? 0,
    decisions: form.decisions,
  };
}

/** The part of the draft that `check_study` reads. */
export function filesOf(form: StudyForm) {
  const scores = form.scores.trim();
  const calibration = form.calibration.trim();
  const map = [form.scenarioColumns, form.responseColumns].flatMap((chosen) => (chosen ? mapLines(chosen).filter(isNews) : []));
  return {
    title: form.title.trim(),
    scenarios: form.scenarios.trim(),
    responses: form.responses.trim(),
    ...(map.length > 0 && { map }),
    rubric: form.rubric === "file" ? form.rubricFile.trim() : form.rubric,
    ...(form.referenceAfterRating && { reference_after_rating: true }),
    ...(scores && { scores }),
    ...(calibration && { calibration }),
  };
}

/** Whether it need be said: a column of the field's very name is found without. */
function isNews(line: string): boolean {
  const [field, column] = line.split("=");
  return field !== column;
}

function ratersOf({ raters, lead }: StudyForm): DraftRater[] {
  return raters.map((label, place) => ({ label: label.trim(), lead: place === lead }));
}

function samplingOf(form: StudyForm, responses: number): Sampling | null {
  const repeats = form.repeats ?? 0;
  if (form.take === "all") {
    if (repeats === 0) return null;
    // Proportional in everything, all are drawn: the sample is there for its repeats.
    return { size: responses, models: "proportional", categories: "proportional", pairs_together: false, repeats };
  }
  const high = { axis: form.axis, at_least: form.atLeast ?? 0, share: (form.share ?? 0) / 100 };
  return {
    size: form.size ?? 0,
    models: form.models,
    categories: form.categories,
    ...(form.oversample && form.scores.trim() !== "" && { oversample: high }),
    pairs_together: form.pairsTogether,
    filtered_at_least: form.filteredAtLeast ?? 0,
    repeats,
  };
}
