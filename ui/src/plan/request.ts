/** What the planning screen asks for: its fields, and the command that they make. */

import type { HowToRead } from "../contract/HowToRead";
import type { PlanAgreement } from "../contract/PlanAgreement";
import type { PlanClusters } from "../contract/PlanClusters";
import type { PlanCoefficient } from "../contract/PlanCoefficient";
import type { PlanDifference } from "../contract/PlanDifference";
import type { PlanDisagreements } from "../contract/PlanDisagreements";
import type { PlanDistance } from "../contract/PlanDistance";
import type { PlanExpected } from "../contract/PlanExpected";
import type { PlanGoal } from "../contract/PlanGoal";
import type { PlanItems } from "../contract/PlanItems";
import type { PlanSpread } from "../contract/PlanSpread";
import type { PlanSubject } from "../contract/PlanSubject";
import type { PlanWeights } from "../contract/PlanWeights";
import type { Field } from "../kit/field";

/** What may be planned: two raters' agreement, or another study. */
export type Subject = "two_raters" | PlanSubject["kind"];

/** The fields; those that do not apply keep what they hold. */
export interface PlanForm {
  subject: Subject;
  coefficient: PlanCoefficient["kind"];
  weights: PlanWeights;
  distance: PlanDistance;
  /** Approximates kappa by formula. */
  formula: boolean;
  source: PlanExpected["kind"];
  pilot: string;
  /** The axis, where the pilot's file has several. */
  pilotAxis: string;
  /** Per cent, lowest grade first. */
  shares: Field[];
  agreement: PlanAgreement["kind"];
  value: Field;
  /** Per cent. */
  exact: Field;
  disagreements: PlanDisagreements;
  goal: PlanGoal["kind"];
  width: Field;
  /** Per cent. */
  assurance: Field;
  null: Field;
  /** Per cent. */
  power: Field;
  items: Field;
  perScenario: Field;
  correlation: Field;
  /** The numbers of raters compared. */
  fewestRaters: Field;
  mostRaters: Field;
  /** Per cent, as the two below. */
  missRate: Field;
  prevalence: Field;
  below: Field;
  of: PlanDifference;
  humans: Field;
  judge: Field;
  margin: Field;
  spread: PlanSpread["kind"];
  gap: Field;
  deviation: Field;
  /** The gaps of a pilot's pairs, as they are typed. */
  pilotGaps: string;
  gapAbove: Field;
}

/** Five grades of omission harm, most responses harmless: pressing the button at once gives a plan. */
export function defaults(): PlanForm {
  return {
    subject: "two_raters",
    coefficient: "kappa",
    weights: "quadratic",
    distance: "ordinal",
    formula: false,
    source: "shares",
    pilot: "",
    pilotAxis: "",
    shares: [45, 25, 15, 10, 5],
    agreement: "coefficient",
    value: 0.6,
    exact: 70,
    disagreements: "anywhere",
    goal: "half_width",
    width: 0.15,
    assurance: 80,
    null: 0.4,
    power: 80,
    items: 100,
    perScenario: 1,
    correlation: 0.1,
    fewestRaters: 2,
    mostRaters: 6,
    missRate: 10,
    prevalence: 30,
    below: 20,
    of: "kappa_quadratic",
    humans: 0.6,
    judge: 0.55,
    margin: 0.15,
    spread: "normal",
    gap: 0.3,
    deviation: 0.8,
    pilotGaps: "",
    gapAbove: 0,
  };
}

/** A field that must be filled, by its name on the screen. */
export class Missing extends Error {}

export function given(field: Field, name: string): number {
  if (field === null || Number.isNaN(field)) throw new Missing(`Fill in: ${name}.`);
  return field;
}

/** The sum of the shares in per cent, empty fields counted as 0. */
export function total(shares: Field[]): number {
  return Number(shares.reduce<number>((sum, share) => sum + (share ?? 0), 0).toFixed(6));
}

/** 1 + (m − 1)ρ, or null where a field is empty. */
export function designEffect({ perScenario, correlation }: PlanForm): Field {
  return perScenario === null || correlation === null ? null : 1 + (perScenario - 1) * correlation;
}

/** The command for two raters that the fields make, or what is missing. `read` is how a pilot is read. */
export function request(form: PlanForm, read?: HowToRead): PlanItems | { missing: string } {
  return orMissing(() => {
    const plan: PlanItems = {
      coefficient: coefficient(form),
      expected: expected(form, read),
      goal: goal(form),
      clusters: clusters(form),
    };
    return form.coefficient === "kappa" && form.formula ? { ...plan, method: "formula" } : plan;
  });
}

/** What is made of the fields, or which of them is missing. */
export function orMissing<Plan>(make: () => Plan): Plan | { missing: string } {
  try {
    return make();
  } catch (error) {
    if (error instanceof Missing) return { missing: error.message };
    throw error;
  }
}

export function clusters(form: PlanForm): PlanClusters {
  return {
    kind: "scenarios",
    items: given(form.perScenario, "responses to a scenario"),
    correlation: given(form.correlation, "correlation within a scenario"),
  };
}

export function coefficient({ coefficient, weights, distance }: PlanForm): PlanCoefficient {
  switch (coefficient) {
    case "alpha":
      return { kind: coefficient, distance };
    case "icc":
      return { kind: coefficient };
    default:
      return { kind: coefficient, weights };
  }
}

function expected(form: PlanForm, read?: HowToRead): PlanExpected {
  if (form.source === "pilot") {
    if (form.pilot.trim() === "") throw new Missing("Choose the pilot’s file.");
    const axis = form.pilotAxis.trim();
    return { kind: "pilot", file: form.pilot.trim(), ...(axis !== "" && { axis }), ...(read && { read }) };
  }
  return { kind: "shares", shares: shares(form), agreement: agreement(form), disagreements: form.disagreements };
}

/** From 0 to 1. */
export function shares(form: PlanForm): number[] {
  const shares = form.shares.map((share, grade) => given(share, `share of grade ${grade}`) / 100);
  if (Math.abs(total(form.shares) - 100) > 1) {
    throw new Missing(`The shares add up to ${total(form.shares)} %; they must add up to 100 %.`);
  }
  return shares;
}

export function agreement(form: PlanForm): PlanAgreement {
  return form.agreement === "exact"
    ? { kind: "exact", value: given(form.exact, "expected exact agreement") / 100 }
    : { kind: "coefficient", value: given(form.value, "expected coefficient") };
}

/** The half-width wanted, and with which probability. */
export function precision(form: PlanForm): { width: number; assurance: number } {
  return { width: given(form.width, "half-width"), assurance: given(form.assurance, "assurance") / 100 };
}

function goal(form: PlanForm): PlanGoal {
  switch (form.goal) {
    case "half_width":
      return { kind: form.goal, ...precision(form) };
    case "power": {
      const power = given(form.power, "power") / 100;
      return { kind: form.goal, null: given(form.null, "the value to exceed"), power };
    }
    case "items": {
      const items = Math.round(given(form.items, "number of items"));
      return form.null === null ? { kind: form.goal, items } : { kind: form.goal, items, null: form.null };
    }
  }
}
