import type { Packet } from "../../packet/packet.svelte";
import type { Marker } from "./marker.svelte";

const QUOTE_FIRST = "Go to a critical action, or select words of the response, then quote.";
const WHICH_ACTION = "Which critical action do these words support? Press its number.";
const NO_ACTIONS = "This item has no critical actions to quote for.";
const NO_SUCH_ACTION = "No critical action has that number. Nothing was quoted.";

/** Makes words of the response the first actionable instruction, or evidence for a critical action. */
export class Marking {
  readonly #packet: Packet;
  readonly #marker: Marker;
  /** Whether the next digit says which action the kept words support. */
  asksAction = false;

  constructor(packet: Packet, marker: Marker) {
    this.#packet = packet;
    this.#marker = marker;
  }

  /** Marks the first instruction: the words selected, or the sentence on offer, which else is chosen with the keys. */
  mark() {
    if (this.#packet.isKept()) return;
    const { purpose, candidate } = this.#marker;
    const position = purpose === null ? this.#marker.begins() : candidate;
    if (position === null) {
      const now = this.#packet.rating?.first_instruction;
      return this.#marker.begin({ kind: "instruction" }, now?.kind === "at" ? now.position : null);
    }
    this.leave();
    this.#packet.change({ part: "first_instruction", instruction: { kind: "at", position } });
  }

  /** Takes the sentences on offer. */
  choose() {
    const { purpose, chosen } = this.#marker;
    if (purpose?.kind !== "evidence") return this.mark();
    this.leave();
    if (chosen) this.#packet.change({ part: "evidence", action: purpose.action, span: chosen });
  }

  /** Quotes words as evidence for a critical action. Words or action may come first; without words, the keys choose. */
  quote(action: number | null) {
    const { view, rating } = this.#packet;
    if (!view || this.#packet.isKept()) return;
    const span = this.#marker.kept;
    if (span === null) {
      if (action === null) return this.#say(QUOTE_FIRST);
      return this.#marker.begin({ kind: "evidence", action }, rating?.evidence[action]?.start ?? null);
    }
    if (action === null) {
      this.asksAction = view.scenario.critical_actions.length > 0;
      return this.#say(this.asksAction ? WHICH_ACTION : NO_ACTIONS);
    }
    this.leave();
    this.#packet.change({ part: "evidence", action, span });
  }

  /** Quotes the kept words for the action with the number that was pressed. */
  quoteFor(key: string) {
    this.asksAction = false;
    const action = Number(key) - 1;
    if (this.#packet.view?.scenario.critical_actions[action] === undefined) this.#say(NO_SUCH_ACTION);
    else this.quote(action);
  }

  /** Lets go of words and of sentences on offer. */
  leave() {
    this.asksAction = false;
    this.#marker.end();
    this.#marker.drop();
  }

  #say(words: string) {
    this.#packet.announcement = words;
  }
}
