/** What the findings screen asks for: its fields, and the command that they make. */

import type { ComputeFindings } from "../contract/ComputeFindings";
import type { LeftOut } from "../contract/LeftOut";
import type { Reference } from "../contract/Reference";
import type { TextsForm } from "../kit/columns/texts-file.svelte";
import type { Field } from "../kit/field";

export interface Exclusion {
  model: string;
  pair: string;
  reason: string;
}

export interface FindingsForm extends Pick<TextsForm, "scenarios" | "scenarioColumns"> {
  scores: string[];
  /** What represents several raters’ grades; empty for the average, or what the name of a study says. */
  reference: Reference | "";
  key: string;
  battery: string;
  judge: string;
  excluded: Exclusion[];
  omission_axis: string;
  commission_axis: string;
  threshold: Field;
  control_bound: Field;
  margin_rate: Field;
  margin_grade: Field;
  low: Field;
  high: Field;
  gap: Field;
  filtered: Field;
  seed: Field;
}

export function defaults(): FindingsForm {
  return {
    scenarios: "",
    scenarioColumns: null,
    scores: [""],
    reference: "",
    key: "",
    battery: "",
    judge: "",
    excluded: [],
    omission_axis: "",
    commission_axis: "",
    threshold: 0.5,
    control_bound: 1,
    margin_rate: 0.05,
    margin_grade: 0.25,
    low: 1,
    high: 2,
    gap: 0.25,
    filtered: 0.2,
    seed: 1,
  };
}

/** Whether a path is that of a study, which counts for each of its raters, or for those named behind an @. */
export const namesStudy = (path: string) => /\.primum-study(@[^@]*)?$/.test(path.trim());

/** The command, or what is missing before there can be one. */
export function request(form: FindingsForm): ComputeFindings | { missing: string } {
  const scores = form.scores.map((file) => file.trim()).filter((file) => file !== "");
  if (form.scenarios.trim() === "") return { missing: "Choose the scenarios." };
  if (scores.length === 0) return { missing: "Choose at least one file of scores." };
  const bounds = numbers(form, ["threshold", "control_bound", "margin_rate", "margin_grade", "seed"]);
  const patterns = numbers(form, ["low", "high", "gap", "filtered"]);
  if (bounds === null || patterns === null) return { missing: "A bound is empty; the usual one is beside its field." };
  const excluded = form.excluded.map(leftOut).filter((out) => out !== null);
  for (const { model, reason } of excluded) {
    if (model === "") return { missing: "Name the model that is left out." };
    if (reason === "") return { missing: `Say why ${model} is left out; the reason is printed beside the result.` };
  }
  return {
    scenarios: form.scenarios.trim(),
    scores,
    ...(form.reference !== "" && { reference: form.reference }),
    ...named("key", form.key),
    ...named("battery", form.battery),
    ...(form.judge.trim() !== "" && { judge: [form.judge.trim()] }),
    ...(excluded.length > 0 && { excluded }),
    ...named("omission_axis", form.omission_axis),
    ...named("commission_axis", form.commission_axis),
    ...bounds,
    patterns,
  };
}

/** None for a line that nothing was written in. */
function leftOut({ model, pair, reason }: Exclusion): LeftOut | null {
  const [name, cell, why] = [model.trim(), pair.trim(), reason.trim()];
  if (name === "" && cell === "" && why === "") return null;
  return { model: name, ...(cell !== "" && { pair: cell }), reason: why };
}

function named<K extends string>(name: K, value: string): { [key in K]?: string } {
  return value.trim() === "" ? {} : ({ [name]: value.trim() } as { [key in K]: string });
}

/** The named fields, or none if one is empty. */
function numbers<K extends keyof FindingsForm>(form: Pick<FindingsForm, K>, names: K[]): { [key in K]: number } | null {
  const found: { [key in K]?: number } = {};
  for (const name of names) {
    const value = form[name];
    if (typeof value !== "number") return null;
    found[name] = value;
  }
  return found as { [key in K]: number };
}
