import type { Span } from "../../contract/Span";
import { shownKey } from "../../kit/keys/chosen.svelte";
import { m } from "../../messages/language.svelte";
import type { Packet } from "../../packet/packet.svelte";
import { abstainedWords } from "../idle";
import type { Marker } from "./marker.svelte";

/** A digit names no more of them. */
const MOST_NUMBERED = 9;

/** Makes words of the response the first actionable instruction, or evidence for a critical action. */
export class Marking {
  readonly #packet: Packet;
  readonly #marker: Marker;
  /** The words of which the next digit says which action they support. */
  #asked: Span | null = null;

  constructor(packet: Packet, marker: Marker) {
    this.#packet = packet;
    this.#marker = marker;
  }

  /** Whether the next digit says which action the kept words support. Other words, or none, end the question. */
  get asksAction(): boolean {
    return this.#asked !== null && this.#asked === this.#marker.kept;
  }

  /** Ends the question for an action's number; the words wait. */
  endQuestion() {
    this.#asked = null;
  }

  /** Marks the first instruction: the words selected, or the sentence on offer, which else is chosen with the keys. */
  mark() {
    if (this.#packet.isKept()) return;
    const { purpose, candidate } = this.#marker;
    if (purpose?.kind === "evidence") return this.#say(() => m.form.choosing);
    // Words that were selected meanwhile are meant before the sentence on offer.
    const position = this.#marker.begins() ?? candidate;
    if (position === null) {
      const now = this.#packet.rating?.first_instruction;
      return this.#marker.begin({ kind: "instruction" }, now?.kind === "at" ? now.position : null);
    }
    this.leave();
    this.#packet.change({ part: "first_instruction", instruction: { kind: "at", position } });
  }

  /** Takes the sentences on offer. */
  choose() {
    const { purpose, chosen, kept } = this.#marker;
    if (purpose?.kind !== "evidence") return this.mark();
    const span = kept ?? chosen;
    this.leave();
    if (span) this.#packet.change({ part: "evidence", action: purpose.action, span });
  }

  /** Quotes words as evidence for a critical action. Words or action may come first; without words, the keys choose. */
  quote(action: number | null) {
    const { view, rating } = this.#packet;
    if (!view || this.#packet.isKept()) return;
    const { kept: span, purpose } = this.#marker;
    if (span === null) {
      if (purpose?.kind === "evidence" && purpose.action === action) return this.choose();
      if (action === null) return this.#say(() => m.form.quoteFirst);
      return this.#marker.begin({ kind: "evidence", action }, rating?.evidence[action]?.start ?? null);
    }
    if (action === null) {
      const actions = view.scenario.critical_actions.length;
      if (actions > MOST_NUMBERED) return this.#say(() => m.form.goToAction(shownKey("rate.quote")));
      this.#asked = actions > 0 ? span : null;
      return this.#say(() => (actions > 0 ? m.form.whichAction : m.form.noActions));
    }
    this.leave();
    this.#packet.change({ part: "evidence", action, span });
  }

  /** Quotes the kept words for the action with the number that was pressed. */
  quoteFor(key: string) {
    this.endQuestion();
    const action = Number(key) - 1;
    if (this.#packet.view?.scenario.critical_actions[action] === undefined) this.#say(() => m.form.noSuchAction);
    else this.quote(action);
  }

  /** Whether the person abstains or chooses a sentence, and is told so: no answers are filled in meanwhile. */
  isElsewhere(): boolean {
    const abstains = this.#packet.rating?.abstain != null;
    if (abstains || this.#marker.purpose !== null) this.#say(() => (abstains ? abstainedWords() : m.form.choosing));
    return abstains || this.#marker.purpose !== null;
  }

  /** Lets go of words and of sentences on offer. */
  leave() {
    this.endQuestion();
    this.#marker.end();
    this.#marker.drop();
  }

  #say(words: () => string) {
    this.#packet.announcement = words;
  }
}
