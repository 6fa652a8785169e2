/** The language of the interface, and what it says in it. */

import { de } from "./de";
import { en, type Messages } from "./en";

/** Every language there is. */
const MESSAGES = { en, de } satisfies Record<string, Messages>;

export type Tag = keyof typeof MESSAGES;

/** How each language is called, in itself. */
export const LANGUAGES: Record<Tag, string> = { en: "English", de: "Deutsch" };

class Language {
  #wished: Tag = $state(systemTag());
  #onlyEnglish = $state(false);
  /** The language of the screen in view. */
  readonly now: Tag = $derived(this.#onlyEnglish ? "en" : this.#wished);

  /** Takes a language, or that of the system where none is named, or one that only another version of the program has. */
  choose(tag: string | null) {
    this.#wished = tag !== null && isTag(tag) ? tag : systemTag();
    this.#declare();
  }

  /** Says whether the screen in view has its words in English alone: then so does all that is shown with it. */
  limit(onlyEnglish: boolean) {
    this.#onlyEnglish = onlyEnglish;
    this.#declare();
  }

  /** For those who listen: texts of others within the page say that theirs is not known. */
  #declare() {
    document.documentElement.lang = this.now;
  }
}

/** The first of the system's languages that there is, or else English. */
export function systemTag(): Tag {
  const tags = navigator.languages.map((tag) => tag.split("-")[0]!);
  return tags.find(isTag) ?? "en";
}

function isTag(tag: string): tag is Tag {
  return Object.hasOwn(MESSAGES, tag);
}

export const language = new Language();

/** The messages in the language of the screen in view: asked for where they are shown, they follow it. */
export const m = new Proxy(en, { get: (_, part: keyof Messages) => MESSAGES[language.now][part] });
