import { call } from "../bridge";
import type { BegunStudy } from "../contract/BegunStudy";
import type { Leak } from "../contract/Leak";
import type { LeakAction } from "../contract/LeakAction";
import type { LeakScan } from "../contract/LeakScan";
import type { SampleDrawn } from "../contract/SampleDrawn";
import type { SealChosen } from "../contract/SealChosen";
import type { StudyCheck } from "../contract/StudyCheck";
import type { StudyChosen } from "../contract/StudyChosen";
import type { StudyCreated } from "../contract/StudyCreated";
import type { StudyKept } from "../contract/StudyKept";
import type { StudyStep } from "../contract/StudyStep";
import { Keeper } from "../kit/begun/keeper.svelte";
import { failureOf } from "../words/failure";
import { draftOf, emptyForm, filesOf, randomSeed } from "./form";
import { MASKED } from "../contract/constants";
import { Settled, begunName, decided, distinct, nameOf, openByWords } from "./leaks/decisions";
import {
  type Faults,
  faultsOfRaters,
  faultsOfSample,
  faultsOfSeal,
  faultsOfTexts,
  placeOf,
  recipientsOf,
  type SealForm,
} from "./faults";
import { TextsFile } from "../kit/columns/texts-file.svelte";

/** The steps, by what they are about. */
export const STEPS: StudyStep[] = ["texts", "raters", "sample", "leaks", "seal"];

/** A reply, and what it was asked about: where that has changed since, it says nothing any more. */
interface Answer<T> {
  about: string;
  reply: T;
}

/** A command's refusal, and the field it is about. */
interface Refusal {
  step: StudyStep;
  field: string | null;
  message: string;
}

const NO_SEAL: SealForm = { folder: "", by: "generated", generated: "", kept: false, own: "", again: "", recipients: "" };

/** A person who pastes a private key for a public one is told that it is none; until then it is no more kept than a passphrase. */
function withoutSecrets({ folder, by, recipients }: SealForm): SealChosen {
  return { folder, by, recipients: /secret/i.test(recipients) ? "" : recipients };
}

/** The one piece that is kept of it. */
const WHOLE = "study";

/**
 * A study on its way to be created. It lives as long as the program, across screens, and what is chosen for it
 * is on the disk, until it is created or discarded.
 */
export class Work {
  form = $state(emptyForm(randomSeed()));
  seal: SealForm = $state({ ...NO_SEAL });
  step: StudyStep = $state("texts");
  /** Texts that were begun about leaks and are not given yet, by what each is for. */
  begun: { [name: string]: string } = $state({});
  /** As it was kept before the program was started; null for one that was begun since. */
  readonly found: StudyKept | null;
  /** Whether its author was told that it was begun before. */
  greeted = $state(false);
  /** The step that it was left at, until it is reached again. */
  #left: StudyStep | null = $state(null);
  readonly keeper: Keeper<StudyChosen>;
  /** What is kept, or waits to be. */
  #kept: string;
  /** When it was kept last. */
  #keptAt: string | undefined;
  readonly scenarios: TextsFile;
  readonly responses: TextsFile;
  created: StudyCreated | null = $state.raw(null);
  busy = $state(false);
  #refused: Answer<Refusal> | null = $state.raw(null);
  /** Steps that were tried to be left: their faults are shown. */
  #tried: StudyStep[] = $state([]);
  #check: Answer<StudyCheck> | null = $state.raw(null);
  #drawn: Answer<SampleDrawn> | null = $state.raw(null);
  #scan: Answer<LeakScan> | null = $state.raw(null);
  /** What was marked by hand, even if it was taken back since. */
  #marked: Leak[] = $state.raw([]);
  /** The masks made by hand, act by act. */
  #acts: Leak[][] = $state.raw([]);

  #files = $derived(JSON.stringify(filesOf(this.form)));
  /** What the files hold; null where they were not read as they are named now. */
  check = $derived(this.#check?.about === this.#files ? this.#check.reply : null);
  draft = $derived(draftOf(this.form, this.check?.responses ?? 0));
  #undecided = $derived(JSON.stringify({ ...this.draft, decisions: [] }));
  drawn = $derived(this.#drawn?.about === this.#undecided ? this.#drawn.reply : null);
  scan = $derived(this.#scan?.about === this.#undecided ? this.#scan.reply : null);
  settled = $derived(new Settled(this.form.decisions));
  leaks = $derived(distinct(this.scan?.leaks ?? []));
  /** What is masked by hand. */
  byHand = $derived(distinct(this.#marked).filter(({ id }) => this.settled.action(id) !== null));
  /** Whether a mask made by hand can be undone. */
  undoable = $derived(this.#acts.some((act) => this.#stands(act)));
  alike = $derived(openByWords(this.leaks, this.settled));
  /** Leaks still to be decided. */
  open = $derived(this.leaks.filter(({ id }) => this.settled.open(id)).length);
  /** What is kept of it. */
  chosen: StudyChosen = $derived({ form: this.form, seal: withoutSecrets(this.seal), step: this.#left ?? this.step, begun: this.begun });

  #all = $derived(JSON.stringify([this.#undecided, this.seal, this.form.decisions.length]));
  /** What a command refused, until something is changed. */
  refused = $derived(this.#refused?.about === this.#all ? this.#refused.reply : null);

  #faults: Record<StudyStep, Faults> = $derived({
    texts: this.#faultsOfTexts(),
    raters: faultsOfRaters(this.form),
    sample: this.check ? faultsOfSample(this.form, this.check) : {},
    leaks: {},
    seal: faultsOfSeal(this.seal),
  });
  /** Whether each step is complete as things stand. */
  done: Record<StudyStep, boolean> = $derived({
    texts: this.check !== null && this.check.problems.length === 0 && this.#whole("texts"),
    // The raters are there from the start, and still want to be seen.
    raters: this.#tried.includes("raters") && this.#whole("raters"),
    sample: this.drawn !== null && this.#whole("sample"),
    leaks: this.scan !== null && this.open === 0,
    seal: this.created !== null,
  });

  constructor(found: StudyKept | null = null) {
    this.found = found;
    if (found) {
      const { form, seal, step, begun } = found.chosen;
      this.form = form;
      this.begun = begun;
      this.seal = { ...NO_SEAL, ...seal };
      if (step !== "texts") this.#left = step;
    }
    this.scenarios = new TextsFile("scenarios", () => this.form);
    this.responses = new TextsFile("responses", () => this.form);
    this.#keptAt = found?.kept_at;
    this.#kept = JSON.stringify(this.chosen);
    this.keeper = new Keeper(async (chosen) => {
      this.#keptAt = (await call("keep_begun_study", { chosen, before: this.#keptAt })).kept_at;
    });
  }

  /** Keeps what is chosen, where that has changed. */
  keep() {
    const now = JSON.stringify(this.chosen);
    if (now === this.#kept || this.created !== null) return;
    this.#kept = now;
    this.keeper.keep(WHOLE, JSON.parse(now) as StudyChosen);
  }

  /** Removes from the disk what was kept. */
  async discard() {
    this.keeper.drop(WHOLE);
    await this.keeper.flush();
    await call("discard_begun_study", { before: this.#keptAt });
  }

  /** Goes back to the step that the work was left at. Where files have changed since, their author has them read. */
  async resume() {
    const found = this.found;
    if (found === null || found.changed.length + found.gone.length > 0) return;
    while (this.#left !== null && this.#left !== this.step) {
      await this.#redo(this.step);
      if (!this.done[this.step] || this.#left === null) return;
      this.step = STEPS[STEPS.indexOf(this.step) + 1] ?? this.#left;
    }
    this.#left = null;
  }

  async #redo(step: StudyStep) {
    if (step === "texts") await this.readFiles();
    else if (step === "sample") await this.draw();
    else if (step === "leaks") await this.search();
    else this.#may(step);
  }

  #faultsOfTexts(): Faults {
    const [scenarioColumns, responseColumns] = [this.scenarios.missing, this.responses.missing];
    return {
      ...faultsOfTexts(this.form),
      ...(scenarioColumns !== null && { scenarioColumns }),
      ...(responseColumns !== null && { responseColumns }),
    };
  }

  #whole(step: StudyStep): boolean {
    return Object.keys(this.#faults[step]).length === 0;
  }

  /** What to fix in a field, after an attempt to leave the step. */
  fault(step: StudyStep, field: string): string | null {
    if (this.refused?.step === step && this.refused.field === field) return this.refused.message;
    return this.#tried.includes(step) ? (this.#faults[step][field] ?? null) : null;
  }

  /** Whether every step before `step` is complete. */
  reachable(step: StudyStep): boolean {
    return STEPS.slice(0, STEPS.indexOf(step)).every((before) => this.done[before]);
  }

  go(step: StudyStep) {
    if (this.reachable(step)) this.#leaveFor(step);
  }

  back() {
    this.#leaveFor(STEPS[STEPS.indexOf(this.step) - 1] ?? this.step);
  }

  next() {
    this.#may(this.step);
    if (this.done[this.step]) this.#leaveFor(STEPS[STEPS.indexOf(this.step) + 1] ?? this.step);
  }

  /** A person who goes from step to step has read where the study was left. */
  #leaveFor(step: StudyStep) {
    this.greeted = true;
    this.#left = null;
    this.step = step;
  }

  async readFiles() {
    // A person may be faster than the pause after typing.
    await Promise.all([this.scenarios.look(), this.responses.look()]);
    if (!this.#may("texts")) return;
    const about = this.#files;
    const { form } = this;
    const draft = { ...filesOf(form), raters: [], seed: 0 };
    await this.#ask("texts", async () => {
      this.#check = { about, reply: await call("check_study", { draft }) };
    });
  }

  async draw() {
    if (!this.#may("sample")) return;
    const about = this.#undecided;
    await this.#ask("sample", async () => {
      this.#drawn = { about, reply: await call("draw_sample", { draft: { ...this.draft, decisions: [] } }) };
    });
  }

  async search() {
    const about = this.#undecided;
    await this.#ask("leaks", async () => {
      const reply = await call("scan_leaks", { draft: this.draft });
      this.#scan = { about, reply };
      this.#marked = reply.by_hand;
    });
  }

  /** Decides about leaks. What was begun about them is done with. */
  decide(leaks: Leak[], action: LeakAction) {
    this.form.decisions = decided(this.form.decisions, leaks, action);
    for (const { id } of leaks) {
      delete this.begun[begunName("replacement", id)];
      delete this.begun[begunName("reason", id)];
    }
  }

  /** Masks what no mask covers yet; returns how many places that were. */
  maskByHand(leaks: Leak[]): number {
    const bare = distinct(leaks.filter(({ id }) => !this.settled.masked(id)));
    if (bare.length === 0) return 0;
    this.#marked = [...this.#marked, ...bare];
    this.#acts = [...this.#acts, bare];
    this.decide(bare, { do: "mask", replacement: MASKED });
    return bare.length;
  }

  /** Masks the places of words that were left, and searches again. */
  async maskLeft(words: string) {
    await this.#ask("leaks", async () => {
      this.maskByHand((await call("find_words", { draft: this.draft, words })).leaks);
    });
    await this.search();
  }

  /** Takes back the masks that were made by hand last. */
  undoMask() {
    this.takeBack(this.#acts.findLast((act) => this.#stands(act)) ?? []);
  }

  #stands(act: Leak[]): boolean {
    return act.some(({ id }) => this.settled.action(id) !== null);
  }

  takeBack(leaks: Leak[]) {
    const back = new Set(leaks.map(({ id }) => nameOf(id)));
    this.form.decisions = this.form.decisions.filter(({ leak }) => !back.has(nameOf(leak)));
  }

  async generate() {
    await this.#ask("seal", async () => {
      this.seal.generated = (await call("generate_passphrase", {})).passphrase;
      this.seal.kept = false;
    });
  }

  async create() {
    if (!this.#may("seal")) return;
    const { folder, by, generated, own, recipients } = this.seal;
    await this.#ask("seal", async () => {
      this.created = await call("create_study", {
        draft: this.draft,
        folder: folder.trim(),
        seal:
          by === "recipients"
            ? { by, recipients: recipientsOf(recipients) }
            : { by: "passphrase", passphrase: by === "own" ? own : generated },
      });
      // It is stored nowhere, here neither.
      this.seal = { ...NO_SEAL, folder, by };
      const { title, raters } = this.draft;
      const seen = { file: this.created.study, title, raters: raters.length, locked: 0, opened: false };
      // The study is there, whether or not the library can list it, and what it was begun from forgotten.
      await call("remember_study", seen).catch(() => null);
      if (this.#keptAt !== undefined) await this.discard().catch(() => null);
    });
  }

  /** Shows the faults of `step`; true where there is none. */
  #may(step: StudyStep): boolean {
    if (!this.#tried.includes(step)) this.#tried.push(step);
    return this.#whole(step);
  }

  dismiss() {
    this.#refused = null;
  }

  async #ask(step: StudyStep, question: () => Promise<void>) {
    this.#refused = null;
    this.busy = true;
    try {
      await question();
    } catch (error) {
      const failure = failureOf(error);
      // Who cancelled knows it.
      if (failure.kind === "cancelled") return;
      const field = failure.kind === "refused" ? placeOf(step, failure.at) : null;
      this.#refused = { about: this.#all, reply: { step, field, message: failure.message } };
    } finally {
      this.busy = false;
    }
  }
}

let current: Work | null = null;

/** The study that is being prepared, across screens and starts of the program; a new one where there is none. */
export async function currentWork(): Promise<Work> {
  if (current === null || current.created !== null) current = new Work((await call("show_begun_study", {})).study);
  return current;
}

/** Forgets the study that is being prepared, here and on the disk. */
export async function startOver(): Promise<Work> {
  await current?.discard();
  current = new Work();
  return current;
}

/** Forgets the study that was kept at a moment, whether or not it is the one that is being prepared here. */
export async function forgetBegun(keptAt: string | undefined): Promise<BegunStudy> {
  await current?.discard();
  current = null;
  return call("discard_begun_study", { before: keptAt });
}
