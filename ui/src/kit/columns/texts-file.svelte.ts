import { call } from "../../bridge";
import type { ChosenColumns } from "../../contract/ChosenColumns";
import type { StudyForm } from "../../contract/StudyForm";
import type { TextsPreview } from "../../contract/TextsPreview";
import { mapLines, missingWords, NOTHING_CHOSEN, suggestedColumns } from "./columns";

const COLUMNS = { scenarios: "scenarioColumns", responses: "responseColumns" } as const;

/** The paths of both files, and what is said of their columns. */
export type TextsForm = Pick<StudyForm, keyof typeof COLUMNS | (typeof COLUMNS)[keyof typeof COLUMNS]>;

/** The file of scenarios or of responses: what is in it, and what its columns hold. */
export class TextsFile {
  preview: TextsPreview | null = $state.raw(null);
  /** The path that was looked into last, whatever came of it. */
  #seen = $state("");
  readonly #form: () => Partial<TextsForm>;
  /** The path that the columns were said of. */
  #path: string;
  /** As what it was looked into last, and the answer. */
  #looked: { as: string; done: Promise<void> } | null = null;

  constructor(
    readonly holds: keyof typeof COLUMNS,
    form: () => Partial<TextsForm>,
  ) {
    this.#form = form;
    this.#path = this.path;
  }

  get path(): string {
    return this.#form()[this.holds]?.trim() ?? "";
  }

  /** Whether it is not known yet what is at the path. */
  get looking(): boolean {
    return this.path !== "" && this.#seen !== this.path;
  }

  /** The path once it was looked into and nothing is missing; else an empty text. */
  get usable(): string {
    return this.missing === null && this.#seen === this.path ? this.path : "";
  }

  /** What its columns hold; null where nobody has said it and nothing is suggested. */
  get chosen(): ChosenColumns | null {
    return this.#form()[COLUMNS[this.holds]] ?? null;
  }

  /** Takes what its columns hold, and looks into it again. */
  choose(chosen: ChosenColumns | null) {
    this.#form()[COLUMNS[this.holds]] = chosen;
    if (chosen !== null) void this.look();
  }

  /** What is chosen, as the commands take it; nothing where nothing is. */
  get map(): string[] {
    return this.chosen ? mapLines(this.chosen) : [];
  }

  /** What is missing before it can be read, or nothing. */
  get missing(): string | null {
    return this.preview ? missingWords(this.chosen ?? NOTHING_CHOSEN, this.preview.fields) : null;
  }

  /** Looks into the file again, which may have been changed since. */
  lookAgain(): Promise<void> {
    this.#looked = null;
    return this.look();
  }

  /** Looks into the file, unless that was done. */
  look(): Promise<void> {
    const { path } = this;
    if (path !== this.#path) {
      // Which column is which was said of another file.
      this.#path = path;
      this.preview = null;
      this.choose(null);
    }
    const as = this.#as();
    if (this.#looked?.as !== as) this.#looked = { as, done: path === "" ? Promise.resolve() : this.#look(path) };
    return this.#looked.done;
  }

  #as(): string {
    return JSON.stringify([this.path, this.chosen]);
  }

  async #look(path: string) {
    const asked = this.#as();
    const { holds, chosen } = this;
    try {
      const preview = await call("preview_texts", { file: path, holds, ...(chosen && { map: mapLines(chosen) }) });
      // Something else was chosen meanwhile, and is being looked into.
      if (this.#as() !== asked) return;
      this.preview = preview;
      if (chosen !== null || preview.fields.length === 0) return;
      const columns = preview.columns.map(({ name }) => name);
      this.#form()[COLUMNS[holds]] = suggestedColumns(preview.suggested, columns);
      // It was read as is suggested.
      if (this.#looked?.as === asked) this.#looked = { ...this.#looked, as: this.#as() };
    } catch {
      // A path that is still being typed is no file yet; the check says so if it stays.
      this.#looked = null;
    } finally {
      this.#seen = path;
    }
  }
}
