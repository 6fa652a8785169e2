import type { Axis } from "../../contract/Axis";
import type { Span } from "../../contract/Span";
import { shownKey } from "../../kit/keys/chosen.svelte";
import type { Bound } from "../../kit/keys/table";
import { m } from "../../messages/language.svelte";
import type { Packet } from "../../packet/packet.svelte";
import { abstainedWords } from "../idle";
import { MOST_NUMBERED, areNumbered, errorAxis, errorChoices } from "./errors";
import { isSame, type Marker, type Origin, type Purpose } from "./marker.svelte";

/**
 * What only reads: a question stays open, so that the digit that comes next is no grade. Escape ends itself what it
 * is pressed for.
 */
export const LEAVES_OPEN: ReadonlySet<Bound<"rate">> = new Set(["scrollDown", "scrollUp", "raw", "anchors", "turn", "find", "list", "help", "escape"] as const);

/** What would leave an item whose question is open, and with it the words that were to be marked. */
export const MOVES_ON: ReadonlySet<Bound<"rate">> = new Set(["enter", "unfinished", "next", "previous", "return"] as const);

/** Makes words of the response the first actionable instruction, evidence for a critical action, or an error. */
export class Marking {
  readonly #packet: Packet;
  readonly #marker: Marker;
  readonly #resume: () => void;
  readonly #axis: Axis | null;

  /** `resume` gives the keyboard back to the form. */
  constructor(packet: Packet, marker: Marker, resume: () => void) {
    this.#packet = packet;
    this.#marker = marker;
    this.#resume = resume;
    this.#axis = errorAxis(packet.session.rubric);
  }

  /** Marks the first instruction: the words selected, or the sentence on offer, which else is chosen with the keys. */
  mark() {
    if (this.#isFixed() || this.#choosesFor("instruction")) return;
    this.#marker.endQuestion();
    // Words that were selected meanwhile are meant before the sentence on offer.
    const position = this.#marker.begins() ?? this.#marker.candidate;
    if (position === null) {
      const now = this.#packet.rating?.first_instruction;
      return this.#marker.begin({ kind: "instruction" }, now?.kind === "at" ? now.position : null);
    }
    this.leave();
    this.#packet.change({ part: "first_instruction", instruction: { kind: "at", position } });
  }

  /** Says that the response has no first instruction. */
  none() {
    if (!this.#isFixed()) this.#packet.change({ part: "first_instruction", instruction: { kind: "absent" } });
  }

  /** Takes the sentences on offer. */
  choose() {
    const { purpose, chosen, kept } = this.#marker;
    if (purpose === null || purpose.kind === "instruction") return this.mark();
    if (this.#isFixed()) return;
    const span = kept ?? chosen;
    this.leave();
    if (span && purpose.kind === "evidence") this.#quoteFor(purpose.action, span);
    else if (span) this.#askGrade(span, kept === null ? "sentences" : "selected");
  }

  /** Quotes words as evidence for a critical action. Words or action may come first; without words, the keys choose. */
  quote(action: number | null) {
    const { view, rating } = this.#packet;
    if (!view || this.#isFixed()) return;
    this.#marker.endQuestion();
    const { kept: span, purpose } = this.#marker;
    if (span === null) {
      if (this.#choosesFor("evidence")) return;
      if (purpose?.kind === "evidence" && purpose.action === action) return this.choose();
      if (action === null) return this.#say(() => m.form.quoteFirst);
      return this.#marker.begin({ kind: "evidence", action }, rating?.evidence[action]?.start ?? null);
    }
    if (action === null) return this.#askAction(span, view.scenario.critical_actions.length);
    this.#quoteFor(action, span);
  }

  /** Marks words as an error, and asks how grave it is. Without words, the keys choose sentences. */
  error() {
    if (!this.#packet.view || this.#isFixed()) return;
    if (this.#axis === null) return this.#say(() => m.form.noErrors);
    this.#marker.endQuestion();
    const { kept: span, purpose } = this.#marker;
    if (span !== null) return this.#askGrade(span, "selected");
    if (this.#choosesFor("error")) return;
    return purpose === null ? this.#marker.begin({ kind: "error" }, this.#marker.inView()) : this.choose();
  }

  /** Asks again how grave a marked error is. */
  askAgain(span: Span) {
    if (this.#isFixed()) return;
    this.leave();
    this.#askGrade(span, "marked");
  }

  /** Takes a digit for what was asked of the kept words. One that answers nothing leaves the question open. */
  answer(key: string) {
    if (this.#marker.asks === "grade") return this.#gradeBy(key);
    const keys = actionKeys(this.#packet);
    if (keys.includes(key)) this.support(keys.indexOf(key));
    else this.#say(() => m.form.noSuchAction(keys));
  }

  /** Makes the kept words evidence for a critical action. */
  support(action: number) {
    const { kept: span } = this.#marker;
    if (span === null) return;
    this.#quoteFor(action, span);
    this.#resume();
  }

  /** Leaves the item by `go`; while something is asked, that is said again instead. */
  moveOn(go: () => void) {
    if (this.#marker.asks === null) go();
    else this.remind();
  }

  /** Says again what is asked. */
  remind() {
    this.answer("");
  }

  /** An action has one quotation: other words take its place, which is said. */
  #quoteFor(action: number, span: Span) {
    const before = this.#packet.rating?.evidence[action] ?? null;
    this.leave();
    this.#packet.change({ part: "evidence", action, span });
    const isFirst = before === null || isSame(before, span);
    this.#say(() => (isFirst ? m.form.quotedFor(action + 1) : m.form.quotedInstead(action + 1, shownKey("rate.undo"))));
  }

  /** Marks the kept words as an error of this grade. */
  grade(grade: number) {
    const { kept: span } = this.#marker;
    if (span === null || this.#axis === null) return;
    this.leave();
    this.#packet.change({ part: "error", axis: this.#axis.id, span, grade });
    this.#resume();
  }

  #gradeBy(key: string) {
    if (this.#axis === null) return;
    const choices = errorChoices(this.#axis);
    const chosen = choices.find((choice) => choice.key === key);
    if (chosen) return this.grade(chosen.grade);
    const keys = choices.flatMap(({ key }) => key ?? []);
    const numbered = areNumbered(this.#axis);
    this.#say(() => (numbered ? m.form.noSuchNumber(keys) : m.form.noSuchGrade(keys)));
  }

  /** Whether the person abstains or chooses a sentence, and is told so: no answers are filled in meanwhile. */
  isElsewhere(): boolean {
    if (this.#abstains()) return true;
    if (this.#marker.purpose !== null) this.#say(() => m.form.choosing);
    return this.#marker.purpose !== null;
  }

  /** Lets go of what was begun, and goes back to the form. */
  cancel() {
    this.leave();
    this.#resume();
  }

  /** Lets go of words and of sentences on offer. */
  leave() {
    this.#marker.endQuestion();
    this.#marker.end();
    this.#marker.drop();
  }

  /** Whether nothing can be marked, as the item is locked or the person abstains, which is said. */
  #isFixed(): boolean {
    return this.#packet.isKept() || this.#abstains();
  }

  #abstains(): boolean {
    const abstains = this.#packet.rating?.abstain != null;
    if (abstains) this.#say(abstainedWords);
    return abstains;
  }

  /** Whether sentences are on offer for something else, which is said. */
  #choosesFor(kind: Purpose["kind"]): boolean {
    const { purpose } = this.#marker;
    const other = purpose !== null && purpose.kind !== kind;
    if (other) this.#say(() => m.form.choosing);
    return other;
  }

  #askAction(span: Span, actions: number) {
    this.#marker.end();
    if (actions > MOST_NUMBERED) return this.#say(() => m.form.goToAction(shownKey("rate.quote")));
    if (actions > 0) this.#marker.ask("action", span, "selected");
    this.#say(() => (actions > 0 ? m.form.whichAction : m.form.noActions));
  }

  #askGrade(span: Span, from: Origin) {
    this.#marker.end();
    this.#marker.ask("grade", span, from);
    this.#say(() => m.form.howGrave);
  }

  #say(words: () => string) {
    this.#packet.announcement = words;
  }
}

/** The keys that name the critical actions of the item in view. */
export function actionKeys({ view }: Packet): string[] {
  return (view?.scenario.critical_actions ?? []).map((_, place) => String(place + 1));
}
