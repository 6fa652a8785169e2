/** A stand-in for the program behind the bridge: one packet in memory, and a disk that can fail. */

import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import gated from "../../crates/study/rubrics/gated.json";
import { stored } from "./disk";
import type { PacketCaution } from "../src/contract/PacketCaution";
import type { BlindedScenario } from "../src/contract/BlindedScenario";
import type { Block } from "../src/contract/Block";
import type { Change } from "../src/contract/Change";
import type { Discussion } from "../src/contract/Discussion";
import type { ItemSummary } from "../src/contract/ItemSummary";
import type { ItemView } from "../src/contract/ItemView";
import type { LibraryEntry } from "../src/contract/LibraryEntry";
import type { Lock } from "../src/contract/Lock";
import type { Pace } from "../src/contract/Pace";
import type { PacketCheck } from "../src/contract/PacketCheck";
import type { Preferences } from "../src/contract/Preferences";
import type { Prompt } from "../src/contract/Prompt";
import type { Rating } from "../src/contract/Rating";
import type { RecordVisit } from "../src/contract/RecordVisit";
import type { Rubric } from "../src/contract/Rubric";
import type { Saved } from "../src/contract/Saved";
import type { Session } from "../src/contract/Session";
import type { StudyView } from "../src/contract/StudyView";
import { USUAL } from "../src/kit/preferences.svelte";
import { asksMechanism, questionsOf } from "../src/rate/questions/questions";

export const rubric = gated as unknown as Rubric;

export const blank: Rating = {
  grades: {},
  gates: {},
  actions: {},
  evidence: {},
  errors: [],
  response_class: null,
  omission_mechanism: null,
  first_instruction: null,
  note: "",
  flag: false,
  abstain: null,
};

/** Nothing was timed. */
export const NO_PACE: Pace = { items: 0, median_ms: null, left_ms: null, active_ms: 0 };

const scenario: BlindedScenario = {
  id: "s",
  prompt: "What now?",
  reference_answer: "Call.",
  critical_actions: ["Says to call", "Says when"],
  commission_risks: ["Says to wait"],
};

const paragraph = (text: string): Block[] => [{ kind: "paragraph", content: [{ kind: "text", text, start: 0 }] }];
const formatted = paragraph("Call now. Then wait.");

/** The turns of `prompt`, as the program formats them where nothing in them is Markdown. */
export const formattedTurns = (prompt: Prompt) => (typeof prompt === "string" ? [] : prompt.map(({ content }) => paragraph(content)));

interface Arguments {
  item: string;
  packet: string;
  changes: Change[];
  reason?: string;
  statement: string;
  name: string;
  text: string;
  preferences: Preferences;
}

export class Fake {
  ratings: Rating[] = [blank, blank, blank];
  /** Every change that reached the disk, in order. */
  sent: { item: string; changes: Change[] }[] = [];
  full = false;
  /** What is to be known when the packet is opened. */
  cautions: PacketCaution[] = [];
  /** The packet was removed while it is open: nothing more is taken. */
  removed = false;
  text = "Call now. Then wait.";
  filtered = false;
  prompt: Prompt = scenario.prompt;
  /** The first so many items are of the calibration. */
  calibrating = 0;
  instructions: Block[] = [];
  /** What the library lists. */
  packets: LibraryEntry[] = [];
  /** Those that were taken off the library. */
  takenOff: LibraryEntry[] = [];
  /** What is in every file of a study; none can be opened where there is none. */
  study: StudyView | null = null;
  locked: Lock | null = null;
  /** The reason of each change after the lock. */
  reasons: string[] = [];
  /** Texts that were begun, as they are on the disk. */
  begun: { [name: string]: string } = {};
  preferences: Preferences = USUAL;
  /** Whether the reference answer is shown after the grades. */
  waits = false;
  /** Whether the file of the preferences is damaged. */
  unreadable = false;
  /** What is said of each item that was rated. */
  remarks: Saved["remarks"] = [];
  check: PacketCheck = { items: [], incomplete: 0, contradictory: 0, abstained: 0, pace: NO_PACE, sitting: null };
  pace: Pace = NO_PACE;
  /** Every visit that reached the disk, in order. */
  visits: RecordVisit[] = [];
  /** A command that takes until it is cancelled; meanwhile every other waits, as the program does one at a time. */
  endless: string | null = null;
  #cancel: (() => void) | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #past: { item: string; changes: Change[]; before: Rating }[] = [];

  install() {
    mockWindows("main");
    const answer = (command: string, payload: unknown) => {
      if (command === "cancel") this.#cancel?.();
      return command === "call" ? this.#inTurn(payload as never) : null;
    };
    mockIPC(answer, { shouldMockEvents: true });
    return this;
  }

  session(): Session {
    return {
      packet: "p",
      study: "s",
      title: "Study",
      rater: "A",
      name: "Dr Ada Example",
      rubric,
      instructions: this.instructions,
      calibration: this.#summaries().slice(0, this.calibrating),
      items: this.#summaries().slice(this.calibrating),
      last_shown: "0",
      progress: this.#progress(),
      pace: this.pace,
      locked: this.locked,
      cautions: this.cautions,
      export_folder: "/tmp",
    };
  }

  #inTurn(asked: { name: string; arguments: Arguments }) {
    const answer = this.#turn.then(() => (asked.name === this.endless ? this.#untilCancelled() : this.#call(asked)));
    this.#turn = answer.catch(() => null);
    return answer;
  }

  #take(from: "packets" | "takenOff", to: "packets" | "takenOff", packet: unknown) {
    const taken = this[from].filter((entry) => entry.packet === packet);
    this[from] = this[from].filter((entry) => entry.packet !== packet);
    this[to] = [...taken, ...this[to]];
  }

  #untilCancelled(): Promise<never> {
    return new Promise((_, reject) => {
      this.#cancel = () => reject({ kind: "cancelled", message: "Cancelled." });
    });
  }

  async #call({ name, arguments: args }: { name: string; arguments: Arguments }) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (name === "show_item") return this.#view(Number(args.item));
    if (name === "show_preferences" && this.unreadable) throw { kind: "refused", message: "preferences.json: found nothing." };
    if (name === "show_preferences") return this.preferences;
    if (name === "keep_preferences") return (this.preferences = args.preferences);
    if (name === "list_begun_texts") return { texts: { ...this.begun } };
    if (name === "keep_begun_text") {
      this.begun[args.name] = args.text;
      return { texts: { ...this.begun } };
    }
    if (name === "record_visit") {
      if (this.full) throw { kind: "not_saved", message: "There is no space left." };
      this.visits.push(args as unknown as RecordVisit);
      return this.pace;
    }
    if (name === "show_study" && this.study) return this.study;
    if (name === "show_study") throw { kind: "refused", message: "There is no study in /nowhere." };
    if (name === "list_studies") return { studies: [] };
    if (name === "show_begun_study") return { study: null };
    if (name === "remove_packet") this.#take("packets", "takenOff", args.packet);
    if (name === "restore_packet") this.#take("takenOff", "packets", args.packet);
    if (["list_packets", "remove_packet", "restore_packet"].includes(name)) return { packets: this.packets, unreadable: [] };
    if (name === "resume_packet") return this.session();
    if (name === "check_packet") return this.check;
    if (name === "lock_packet") {
      this.locked = { at: "2026-03-14T12:00:00Z", name: "Dr Ada Example", statement: args.statement };
      return this.session();
    }
    const item = name === "undo_change" ? this.#past.at(-1)?.item : args.item;
    if (this.locked && item !== undefined && Number(item) >= this.calibrating) {
      if (!args.reason) throw { kind: "locked", item, message: "A reason is needed." };
      this.reasons.push(args.reason);
    }
    if (name === "undo_change") return { undone: this.#undo() };
    if (this.removed) throw { kind: "refused", message: "Not saved: the packet was removed." };
    if (this.full) throw { kind: "not_saved", message: "There is no space left." };
    this.sent.push({ item: args.item, changes: args.changes });
    const place = Number(args.item);
    this.#past.push({ item: args.item, changes: args.changes, before: this.ratings[place]! });
    this.ratings[place] = stored(this.ratings[place]!, args.changes);
    return this.#saved(place);
  }

  #undo() {
    const last = this.#past.pop();
    if (!last) return null;
    const { item, changes, before } = last;
    this.ratings[Number(item)] = before;
    return { item, changes, saved: this.#saved(Number(item)) };
  }

  #saved(place: number): Saved {
    return {
      rating: this.ratings[place]!,
      remarks: this.remarks,
      later: [],
      discussion: this.#discussion(place),
      reference_waits: this.#waiting(place),
      ...(this.waits && this.#waiting(place) === 0 && { reference_answer: formatted }),
      summary: this.#summary(place),
      progress: this.#progress(),
      saved_at: "2026-03-14T12:00:00Z",
    };
  }

  #view(place: number): ItemView {
    return {
      id: String(place),
      number: this.#summary(place).number,
      calibration: place < this.calibrating,
      scenario: { ...scenario, prompt: this.prompt },
      turns: formattedTurns(this.prompt),
      reference_answer: [],
      reference_waits: this.#waiting(place),
      response: { text: this.text, formatted, filtered: this.filtered, empty: this.text === "" },
      rating: this.ratings[place]!,
      remarks: [],
      later: [],
      discussion: this.#discussion(place),
    };
  }

  /** The second item and the third answer one case, every other a case of its own. */
  #waiting(place: number): number {
    const ofCase = [1, 2].includes(place) ? [1, 2] : [place];
    const open = ofCase.filter((one) => !["complete", "abstained"].includes(this.#summary(one).status));
    return this.waits ? open.length : 0;
  }

  /** The shared grades are 1 on every axis, once the item is complete. */
  #discussion(place: number): Discussion | null {
    if (place >= this.calibrating || this.#summary(place).status !== "complete") return null;
    const own = this.ratings[place]!.grades;
    return { grades: rubric.axes.map(({ id }) => ({ axis: id, shared: 1, own: own[id] ?? null })), text: formatted };
  }

  #summaries(): ItemSummary[] {
    return this.ratings.map((_, place) => this.#summary(place));
  }

  #summary(place: number): ItemSummary {
    const rating = this.ratings[place]!;
    const done = questionsOf(rubric, 2, asksMechanism(rubric, rating)).every((question) => question.answer(rating) !== null);
    const status = done ? "complete" : rating === blank ? "untouched" : "started";
    const calibration = place < this.calibrating;
    const number = calibration ? place + 1 : place + 1 - this.calibrating;
    return { id: String(place), number, calibration, excerpt: "", status, grades: rating.grades, flag: rating.flag, note: rating.note !== "", changed: false, contradiction: false };
  }

  #progress() {
    const counted = this.#summaries().slice(this.calibrating);
    const complete = counted.filter(({ status }) => status === "complete").length;
    return { total: counted.length, complete, started: 0, abstained: 0, flagged: 0 };
  }
}
