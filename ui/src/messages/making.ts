/** What messages are made of: plain text, or pieces of which some look different, and numbers as a language writes them. */

/** A part of a sentence: plain, strong, or the name of a key. */
export type Piece = string | { strong: string } | { key: string };

export const strong = (text: string): Piece => ({ strong: text });
export const key = (name: string): Piece => ({ key: name });

/** A word's forms by the plural rules of its language; the number is written before it. */
export type Forms = { [form in Intl.LDMLPluralRule]?: string } & { other: string };

/** How a language writes numbers, lists, days and times. */
export class Locale {
  readonly #numbers: Intl.NumberFormat;
  readonly #plurals: Intl.PluralRules;
  readonly #all: Intl.ListFormat;
  readonly #any: Intl.ListFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  constructor(tag: string) {
    this.#numbers = new Intl.NumberFormat(tag);
    this.#plurals = new Intl.PluralRules(tag);
    this.#all = new Intl.ListFormat(tag);
    this.#any = new Intl.ListFormat(tag, { type: "disjunction" });
    this.#clock = new Intl.DateTimeFormat(tag, { timeStyle: "medium" });
    this.#date = new Intl.DateTimeFormat(tag, { dateStyle: "medium" });
    this.#day = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" });
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** The form that goes with a number. */
  form(number: number, forms: Forms): string {
    return forms[this.#plurals.select(number)] ?? forms.other;
  }

  /** "1,234 items". */
  count(number: number, forms: Forms): string {
    return `${this.number(number)} ${this.form(number, forms)}`;
  }

  /** "A, B and C". */
  all(names: string[]): string {
    return this.#all.format(names);
  }

  /** "A, B or C". */
  any(names: string[]): string {
    return this.#any.format(names);
  }

  /** The local clock time of an RFC 3339 moment, to the second. */
  clockTime(moment: string): string {
    return this.#clock.format(new Date(moment));
  }

  /** The local day of an RFC 3339 moment. */
  day(moment: string): string {
    return this.#date.format(new Date(moment));
  }

  /** The local day and time of an RFC 3339 moment. */
  dayTime(moment: string): string {
    return this.#day.format(new Date(moment));
  }
}
