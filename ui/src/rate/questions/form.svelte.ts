import type { Change } from "../../contract/Change";
import type { Packet } from "../../packet/packet.svelte";
import { asksMechanism, questionsOf, type Choice, type Question } from "./questions";

/** Where the cursor is when every question is answered. */
export const DONE = "done";

/** How long a first digit waits for a second, where a grade has two. */
const SECOND_DIGIT = 900;

/** The cursor in the rating form, and what typing does to the question under it. */
export class Form {
  cursor = $state(DONE);
  /** Grows with every move of the cursor, also onto the same question. */
  moves = $state(0);
  #packet: Packet;
  #typed = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  #mechanism: boolean = $derived.by(() => {
    const { rating, session } = this.#packet;
    return rating !== null && asksMechanism(session.rubric, rating);
  });
  questions: Question[] = $derived.by(() => {
    const { view, session } = this.#packet;
    return view ? questionsOf(session.rubric, view.scenario.critical_actions.length, this.#mechanism) : [];
  });
  current: Question | null = $derived(this.questions.find(({ id }) => id === this.cursor) ?? null);

  /** The critical action at the cursor, by its place. */
  action: number | null = $derived(this.cursor.startsWith("action-") ? Number(this.cursor.slice("action-".length)) : null);

  constructor(packet: Packet) {
    this.#packet = packet;
    packet.shown = () => this.start();
    packet.refused = (changes) => this.#returnTo(changes);
  }

  /** Puts the cursor on the first open question. */
  start() {
    this.#forget();
    this.#put(this.#open()[0]?.id ?? DONE);
  }

  /** Has the keyboard back at the cursor, from a field that was left. */
  resume() {
    this.#put(this.cursor);
  }

  choose(question: Question, choice: Choice) {
    this.#record(question, choice);
    this.#advance(question);
  }

  /** Records an answer and stays at its question. */
  answer(question: Question, choice: Choice) {
    this.#forget();
    this.cursor = question.id;
    this.#record(question, choice);
  }

  /** Whether the item in view is locked. */
  get readOnly(): boolean {
    return this.#packet.readOnly;
  }

  /** The keys that answer the question at the cursor, as shown. */
  get answers(): string[] {
    return this.current?.choices.map(({ keys }) => keys.at(-1)!) ?? [];
  }

  /** Whether the cursor is on a gating question without an answer. */
  get atOpenGate(): boolean {
    return this.current !== null && this.current.id.startsWith("gate-") && !this.#isAnswered(this.current);
  }

  isChosen(question: Question, choice: Choice): boolean {
    return this.#packet.rating !== null && question.answer(this.#packet.rating) === choice.value;
  }

  takeBack(question: Question) {
    this.#put(question.id);
    this.clear();
  }

  /** Takes the answer back; says whether there was one to take back. */
  clear(): boolean {
    this.#forget();
    const question = this.current;
    if (!question || !this.#isAnswered(question)) return this.#packet.isKept();
    this.#packet.change(question.clear);
    return true;
  }

  step(by: 1 | -1) {
    this.#forget();
    const stops = [...this.questions.map(({ id }) => id), DONE];
    const place = stops.indexOf(this.cursor) + by;
    this.#put(stops[Math.max(0, Math.min(place, stops.length - 1))]!);
  }

  /** Answers the current question with a key; says whether the key means an answer. */
  press(key: string): boolean {
    if (this.#packet.isKept()) return true;
    const question = this.current;
    if (!question) return false;
    const find = (typed: string) => question.choices.find(({ keys }) => keys.includes(typed));
    const longer = find(this.#typed + key);
    const choice = longer ?? find(key);
    if (!choice) return false;
    const typed = longer ? this.#typed + key : key;
    this.#forget();
    this.#record(question, choice);
    if (mayGrow(question, typed)) this.#await(typed);
    else this.#advance(question);
    return true;
  }

  #await(typed: string) {
    this.#typed = typed;
    this.#timer = setTimeout(() => this.settle(), SECOND_DIGIT);
  }

  /** Waits for no second digit: the cursor moves on, where it is still at the question of the first. */
  settle() {
    const waits = this.#typed !== "";
    this.#forget();
    if (waits && this.current) this.#advance(this.current);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#typed = "";
  }

  #record(question: Question, choice: Choice) {
    if (!this.isChosen(question, choice)) this.#packet.change(choice.change);
  }

  /** To the next open question, after the last from the first again. */
  #advance(question: Question) {
    this.#forget();
    const open = this.#open();
    const place = this.questions.findIndex(({ id }) => id === question.id);
    const later = open.find((other) => this.questions.indexOf(other) > place);
    this.#put((later ?? open[0])?.id ?? DONE);
  }

  /** To the question whose answer was refused, however far the cursor is by now. */
  #returnTo(changes: Change[]) {
    const refused = this.questions.find((question) => changes.some((change) => isAbout(question, change)));
    if (!refused) return;
    this.#forget();
    this.#put(refused.id);
  }

  /** A rater who abstains need not answer. */
  #open(): Question[] {
    if (this.#packet.rating?.abstain != null) return [];
    return this.questions.filter((question) => !this.#isAnswered(question));
  }

  #isAnswered(question: Question): boolean {
    return this.#packet.rating !== null && question.answer(this.#packet.rating) !== null;
  }

  #put(id: string) {
    this.cursor = id;
    this.moves += 1;
  }
}

function isAbout(question: Question, change: Change): boolean {
  const own = [question.clear, ...question.choices.map((choice) => choice.change)];
  return own.some((one) => JSON.stringify(one) === JSON.stringify(change));
}

function mayGrow(question: Question, typed: string): boolean {
  return question.choices.some(({ keys }) => keys.some((key) => key !== typed && key.startsWith(typed)));
}
