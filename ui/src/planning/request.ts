/** What the planning screen asks for: its fields, and the command that they make. */

import type { PlanAgreement } from "../contract/PlanAgreement";
import type { PlanCoefficient } from "../contract/PlanCoefficient";
import type { PlanDisagreements } from "../contract/PlanDisagreements";
import type { PlanDistance } from "../contract/PlanDistance";
import type { PlanExpected } from "../contract/PlanExpected";
import type { PlanGoal } from "../contract/PlanGoal";
import type { PlanItems } from "../contract/PlanItems";
import type { PlanWeights } from "../contract/PlanWeights";

/** An empty or unreadable number field holds null. */
export type Field = number | null;

/** The fields; those that do not apply keep what they hold. */
export interface PlanForm {
  coefficient: PlanCoefficient["kind"];
  weights: PlanWeights;
  distance: PlanDistance;
  /** Simulates kappa too. */
  simulate: boolean;
  source: PlanExpected["kind"];
  pilot: string;
  /** Per cent, lowest grade first. */
  shares: Field[];
  agreement: PlanAgreement["kind"];
  value: Field;
  /** Per cent. */
  exact: Field;
  disagreements: PlanDisagreements;
  goal: PlanGoal["kind"];
  width: Field;
  null: Field;
  /** Per cent. */
  power: Field;
  items: Field;
  perScenario: Field;
  correlation: Field;
}

/** Five grades of omission harm, most responses harmless: pressing the button at once gives a plan. */
export function defaults(): PlanForm {
  return {
    coefficient: "kappa",
    weights: "quadratic",
    distance: "ordinal",
    simulate: false,
    source: "shares",
    pilot: "",
    shares: [45, 25, 15, 10, 5],
    agreement: "coefficient",
    value: 0.6,
    exact: 70,
    disagreements: "anywhere",
    goal: "half_width",
    width: 0.15,
    null: 0.4,
    power: 80,
    items: 100,
    perScenario: 1,
    correlation: 0.1,
  };
}

/** A field that must be filled, by its name on the screen. */
class Missing extends Error {}

function given(field: Field, name: string): number {
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

/** The command that the fields make, or what is missing. */
export function request(form: PlanForm): PlanItems | { missing: string } {
  try {
    const plan: PlanItems = {
      coefficient: coefficient(form),
      expected: expected(form),
      goal: goal(form),
      clusters: {
        kind: "scenarios",
        items: given(form.perScenario, "responses to a scenario"),
        correlation: given(form.correlation, "correlation within a scenario"),
      },
    };
    return form.coefficient === "kappa" && form.simulate ? { ...plan, method: "simulation" } : plan;
  } catch (error) {
    if (error instanceof Missing) return { missing: error.message };
    throw error;
  }
}

function coefficient({ coefficient, weights, distance }: PlanForm): PlanCoefficient {
  return coefficient === "alpha" ? { kind: coefficient, distance } : { kind: coefficient, weights };
}

function expected(form: PlanForm): PlanExpected {
  if (form.source === "pilot") {
    if (form.pilot.trim() === "") throw new Missing("Choose the pilot’s file of counts.");
    return { kind: "pilot", file: form.pilot.trim() };
  }
  const shares = form.shares.map((share, grade) => given(share, `share of grade ${grade}`) / 100);
  if (Math.abs(total(form.shares) - 100) > 1) {
    throw new Missing(`The shares add up to ${total(form.shares)} %; they must add up to 100 %.`);
  }
  const agreement: PlanAgreement =
    form.agreement === "exact"
      ? { kind: "exact", value: given(form.exact, "expected exact agreement") / 100 }
      : { kind: "coefficient", value: given(form.value, "expected coefficient") };
  return { kind: "shares", shares, agreement, disagreements: form.disagreements };
}

function goal(form: PlanForm): PlanGoal {
  switch (form.goal) {
    case "half_width":
      return { kind: form.goal, width: given(form.width, "half-width") };
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
