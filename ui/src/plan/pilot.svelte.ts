/** The pilot's file: what is in it, and what only the person knows of it. */

import type { HowToRead } from "../contract/HowToRead";
import { type AskedScale, type GradeFile, GradeFiles } from "../kit/grades/files.svelte";
import type { PlanForm } from "./request";

export class Pilot {
  readonly #files: GradeFiles;
  readonly #form: () => PlanForm;

  /** Looks into the file that the form names, while it is asked for. */
  constructor(form: () => PlanForm) {
    this.#form = form;
    this.#files = new GradeFiles(() => {
      const { subject, source, pilot } = form();
      return [subject === "two_raters" && source === "pilot" ? pilot : ""];
    });
  }

  get file(): GradeFile | null {
    return this.#files.all[0] ?? null;
  }

  /** The axes to choose from, where there are several. */
  get axes(): string[] {
    const axes = this.file?.found?.axes ?? [];
    return axes.length > 1 ? axes.map(({ axis }) => axis) : [];
  }

  /** The axis that is planned for, where there are several. */
  get axis(): string {
    const { axes } = this;
    const asked = this.#form().pilotAxis;
    return axes.includes(asked) ? asked : (axes[0] ?? "");
  }

  /** The scale to ask for. */
  get scales(): AskedScale[] {
    return this.#files.scales.filter(({ axis }) => this.axis === "" || axis === this.axis);
  }

  /** What the person still has to say. */
  get missing(): string | null {
    return this.scales.map((scale) => scale.missing).find((words) => words !== null) ?? null;
  }

  /** How it is read, once it was looked into. */
  async read(): Promise<HowToRead> {
    await this.#files.looked();
    return { scales: this.scales.map((scale) => scale.declared), map: this.#files.said.map };
  }
}
