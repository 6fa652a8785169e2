import { call } from "../bridge";
import type { Change } from "../contract/Change";
import type { ItemId } from "../contract/ItemId";
import type { ItemSummary } from "../contract/ItemSummary";
import type { ItemView } from "../contract/ItemView";
import type { Lock } from "../contract/Lock";
import type { Progress } from "../contract/Progress";
import type { Rating } from "../contract/Rating";
import type { Saved } from "../contract/Saved";
import type { Session } from "../contract/Session";
import type { UndoneChange } from "../contract/UndoneChange";
import { Soon } from "../kit/begun/soon";
import { BegunTexts } from "../kit/begun/texts.svelte";
import { m } from "../messages/language.svelte";
import { failureOf, messageOf } from "../words/failure";
import { apply } from "./apply";
import { Saver } from "./saver.svelte";
import { Timing } from "./timing.svelte";
import { changeWords, lockedWords } from "./words";

/** What is known of an item as of its last answer on disk. */
type Standing = Pick<Saved, "rating" | "remarks" | "later" | "discussion">;

/** An open packet: the item in view, its rating as the rater means it, and the way to disk. */
export class Packet {
  /** What stays as it was when the packet was opened. */
  readonly session: Omit<Session, "items" | "calibration" | "progress" | "locked" | "export_folder" | "pace">;
  readonly items: number;
  progress: Progress = $state.raw()!;
  locked: Lock | null = $state.raw(null);
  exportFolder: string = $state()!;
  /** Every item in the order of rating, those of the calibration first. */
  all: ItemSummary[] = $state.raw([]);
  /** What the item in view consists of, which no answer changes. */
  view: Omit<ItemView, keyof Standing> | null = $state.raw(null);
  standing: Standing | null = $state.raw(null);
  savedAt: string | null = $state(null);
  /** The note as typed, while it is not yet on its way. */
  draft: string | null = $state(null);
  /** Something refused, for the rater to read and dismiss. */
  notice: string | null = $state(null);
  /** Something done that the eye might miss, in the language of the moment. */
  announcement: (() => string) | null = $state.raw(null);
  /** Called when another item comes into view. */
  shown: () => void = () => {};
  /** Called when changes of the item in view are refused. */
  refused: (changes: Change[]) => void = () => {};
  /** Resolves when the item on its way is in view; null when none is. */
  moving: Promise<void> | null = $state.raw(null);
  /** The item for which a reason is asked for, and what waits for it. */
  asking: { item: ItemId; number: number; then: () => void } | null = $state.raw(null);
  /** Reasons begun and notes refused, even before the window was closed. */
  readonly begun: BegunTexts;
  /** How long items take. */
  readonly timing: Timing;
  /** The study's item that comes next, where the calibration lies behind: the rater is told so first. */
  passing: ItemId | null = $state.raw(null);
  /** Why items are changed after the lock, asked for once in a session. */
  #reasons: { [item: ItemId]: string } = $state.raw({});
  saver = new Saver((message, { item, changes }, first) => {
    if (item !== null) this.#keepTexts(item, changes);
    if (!first) return;
    this.notice = message;
    if (item === this.view?.id) this.refused(changes);
  });
  #redo: { item: ItemId; changes: Change[] }[] = $state.raw([]);
  #note = new Soon(() => this.sendNote());

  #rating: Rating | null = null;
  rating: Rating | null = $derived.by(() => {
    const item = this.view?.id;
    if (item === undefined || !this.standing) return null;
    const pending = this.saver.jobs.filter((job) => job.item === item);
    const rating = pending.flatMap((job) => job.changes).reduce(apply, this.standing.rating);
    // What is on disk is mostly what was shown before it was there, and nothing needs to be drawn again.
    if (JSON.stringify(rating) !== JSON.stringify(this.#rating)) this.#rating = rating;
    return this.#rating;
  });
  /** The note of the item in view that was refused; empty if none was. */
  refusedNote: string = $derived.by(() => (this.view ? this.begun.get(forNote(this.view.id)) : ""));
  /** Items whose note was refused: what is there is in no file. */
  unsavedNotes: ItemSummary[] = $derived.by(() => (this.begun.any ? this.all.filter(({ id }) => this.begun.get(forNote(id)) !== "") : []));
  saveState: "saved" | "saving" | "failed" = $derived.by(() => {
    if (this.saver.failure !== null || this.saver.refused) return "failed";
    if (this.draft === null && this.refusedNote !== "") return "failed";
    return this.saver.jobs.length > 0 || this.draft !== null ? "saving" : "saved";
  });
  /** Why the item in view is changed after the lock, once said. */
  reason: string | null = $derived((this.view && this.#reasons[this.view.id]) ?? null);
  /** What is rated before the study is never locked: nobody attests it. */
  readOnly: boolean = $derived.by(() => this.locked !== null && this.reason === null && !this.view?.calibration);
  /** Whether nothing can be marked in the response: the item is locked, or who abstains would mark what does not count. */
  fixed: boolean = $derived.by(() => this.readOnly || this.rating?.abstain != null);
  /** The item in view, where its time counts: none of the calibration, and none once the ratings are locked. */
  timed: ItemId | null = $derived.by(() => (this.view && !this.view.calibration && this.locked === null ? this.view.id : null));
  /** Where the item in view stands among all. */
  position: number = $derived.by(() => (this.view && this.#places.get(this.view.id)) ?? 0);
  redoable = $derived(this.#redo.length > 0);
  unfinished: number = $derived.by(() => {
    const { total, complete, abstained } = this.progress;
    return total - complete - abstained;
  });

  /** Where each item stands among all. */
  readonly #places: Map<ItemId, number>;

  constructor({ items, calibration, progress, locked, export_folder, pace, ...session }: Session) {
    this.session = session;
    this.items = items.length;
    this.all = [...calibration, ...items];
    this.#places = new Map(this.all.map(({ id }, place) => [id, place]));
    this.progress = progress;
    this.locked = locked;
    this.exportFolder = export_folder;
    this.begun = new BegunTexts(session.packet);
    this.timing = new Timing(pace);
  }

  /** The items that are rated before the study. */
  get calibration(): ItemSummary[] {
    return this.all.slice(0, this.all.length - this.items);
  }

  change(...changes: Change[]) {
    if (!this.view || this.isKept()) return;
    this.#redo = [];
    this.announcement = null;
    this.#send(this.view.id, changes);
  }

  /** Whether the item in view is locked; then the rater is told so. */
  isKept(): boolean {
    if (this.readOnly) this.announcement = lockedWords;
    return this.readOnly;
  }

  /** Asks why the item in view, or another, is changed after the lock. */
  ask(item: ItemId | null = this.view?.id ?? null, then: () => void = () => {}) {
    const found = item === null ? undefined : this.#summary(item);
    if (found && !found.calibration) this.asking = { item: found.id, number: found.number, then };
  }

  /** Takes the reason that was asked for. Its text is kept until a change is on record with it. */
  explain() {
    if (!this.asking) return;
    const { item, then } = this.asking;
    this.#reasons = { ...this.#reasons, [item]: this.begun.get(forChange(item)).trim() };
    this.asking = null;
    this.announcement = null;
    then();
  }

  /** Abstains from the item in view, for the reason that was typed. */
  abstain() {
    if (!this.view) return;
    const name = forAbstention(this.view.id);
    this.change({ part: "abstain", reason: this.begun.get(name).trim() });
    this.begun.set(name, "");
  }

  /** Withdraws the abstention from the item in view. Its reason stays for who abstains again. */
  withdraw() {
    if (!this.view) return;
    this.begun.set(forAbstention(this.view.id), this.rating?.abstain ?? "");
    this.change({ part: "abstain", reason: null });
  }

  typeNote(text: string) {
    this.draft = text;
    this.#note.ask();
  }

  sendNote() {
    this.#note.cancel();
    const text = this.draft;
    if (text === null || !this.view) return;
    this.draft = null;
    this.begun.set(forNote(this.view.id), "");
    if (text !== this.rating?.note) this.change({ part: "note", text });
  }

  /** Tries again to save a note that was refused; after the lock that needs a reason. */
  sendRefusedNote() {
    if (this.readOnly) return this.ask(this.view?.id, () => this.sendRefusedNote());
    this.draft = this.refusedNote;
    this.sendNote();
  }

  /** Whether everything, the note included, is on disk. After a failure only a retry tries again. */
  async settle(): Promise<boolean> {
    this.sendNote();
    return this.saver.failure === null && (await this.saver.flush());
  }

  go(item: ItemId): Promise<void> {
    return this.#move(() => this.#show(() => item));
  }

  step(by: 1 | -1): Promise<void> {
    return this.#move(() => this.#show(() => this.#onward(this.all[this.position + by])));
  }

  /** Goes to the next item that lacks an answer, after the study's last from its first again. */
  nextUnfinished(): Promise<void> {
    return this.#move(() => this.#show(() => this.#onward(this.#following().find(isUnfinished))));
  }

  /** Whether an item other than that in view lacks an answer. */
  get othersOpen(): boolean {
    return this.#following().some(isUnfinished);
  }

  undo() {
    this.sendNote();
    this.saver.add({ item: null, changes: [], run: () => this.#undo() });
  }

  /** Among the moves, so that two presses of a key do two things again and not one of them twice. */
  redo(): Promise<void> {
    return this.#move(() => this.#doAgain());
  }

  /** Goes on from the calibration to the study, or stays. */
  pass(on: boolean) {
    const item = this.passing;
    this.passing = null;
    if (on && item !== null) void this.go(item);
  }

  /** Where a move leads; none where it leads from the calibration to a study not begun. */
  #onward(target: ItemSummary | undefined): ItemId | null {
    const { total, complete, started, abstained } = this.progress;
    const begun = total > 0 && complete + started + abstained > 0;
    if (target === undefined || target.calibration || !this.view?.calibration || begun) return target?.id ?? null;
    this.passing = target.id;
    return null;
  }

  /** What comes after the item in view; a calibration that was passed over stays so. */
  #following(): ItemSummary[] {
    const before = this.all.slice(0, this.position).filter(({ calibration }) => !calibration);
    return [...this.all.slice(this.position + 1), ...before];
  }

  /** What was typed and is refused is not lost: its field has it until it is taken. */
  #keepTexts(item: ItemId, changes: Change[]) {
    for (const change of changes) {
      if (change.part === "note") this.begun.set(forNote(item), change.text);
      if (change.part === "abstain" && change.reason !== null) this.begun.set(forAbstention(item), change.reason);
    }
  }

  #send(item: ItemId, changes: Change[]) {
    const reason = this.#reasons[item];
    const run = async () => {
      const saved = await call("rate_item", { item, changes, reason });
      return () => this.#accept(item, saved);
    };
    this.saver.add({ item, changes, run });
  }

  async #undo() {
    const undone = await this.#takeBack();
    if (undone === "asking") return;
    if (!undone) {
      this.announcement = () => m.packet.nothingToUndo;
      return;
    }
    this.#accept(undone.item, undone.saved);
    this.#redo = [...this.#redo, { item: undone.item, changes: undone.changes }];
    // Going there waits for this job to end, so it cannot be waited for here.
    if (undone.item === this.view?.id) this.shown();
    const gone = undone.item === this.view?.id ? Promise.resolve() : this.go(undone.item);
    void gone.then(() => (this.announcement = () => m.packet.undone(this.#words(undone.item, undone.changes))));
  }

  /** The program says which item it is about, so the reason for it is found only then. */
  async #takeBack(reason?: string): Promise<UndoneChange | null | "asking"> {
    try {
      return (await call("undo_change", { reason })).undone;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== "locked" || reason !== undefined) throw error;
      const known = this.#reasons[failure.item];
      if (known !== undefined) return this.#takeBack(known);
      this.ask(failure.item, () => this.undo());
      return "asking";
    }
  }

  async #doAgain() {
    const last = this.#redo.at(-1);
    if (!last) return;
    await this.#show(() => last.item);
    // Another answer meanwhile leaves nothing to redo.
    if (this.view?.id !== last.item || this.#redo.at(-1) !== last || this.isKept()) return;
    this.#send(last.item, last.changes);
    this.#redo = this.#redo.slice(0, -1);
    this.announcement = () => m.packet.redone(this.#words(last.item, last.changes));
  }

  #words(item: ItemId, changes: Change[]): string {
    const parts = changes.map((change) => changeWords(change, this.session.rubric));
    const what = parts.length > 2 ? m.packet.answers(parts.length) : m.locale.all(parts);
    const { calibration, number } = this.#summary(item)!;
    return (calibration ? m.packet.inCalibration : m.packet.inItem)(what, number);
  }

  #accept(item: ItemId, saved: Saved) {
    this.all = this.all.with(this.#places.get(item)!, saved.summary);
    this.progress = saved.progress;
    this.savedAt = saved.saved_at;
    this.begun.set(forChange(item), "");
    if (this.view?.id !== item) return;
    this.standing = saved;
    const { reference_waits } = saved;
    if (reference_waits === this.view.reference_waits) return;
    this.view = { ...this.view, reference_waits, reference_answer: saved.reference_answer ?? [] };
    if (reference_waits === 0) this.announcement = () => m.packet.referenceShown;
  }

  #summary(item: ItemId): ItemSummary | undefined {
    return this.all[this.#places.get(item) ?? -1];
  }

  /** Moves are made one after the other, so that three presses of a key go three items on. */
  #move(make: () => Promise<void>): Promise<void> {
    const move = (this.moving ?? Promise.resolve()).then(make);
    this.moving = move;
    return move.finally(() => {
      if (this.moving === move) this.moving = null;
    });
  }

  async #show(target: () => ItemId | null) {
    if (!(await this.settle())) return;
    const item = target();
    if (item === null || item === this.view?.id) return;
    try {
      const view = await call("show_item", { item });
      // What was typed meanwhile belongs to the item that was in view.
      this.sendNote();
      this.view = view;
      this.standing = view;
      this.announcement = null;
      this.saver.refused = false;
      this.shown();
    } catch (error) {
      this.notice = messageOf(error);
    }
  }
}

/** What the reason for abstaining from an item is kept by while it is being written. */
export function forAbstention(item: ItemId): string {
  return `abstain ${item}`;
}

/** What a note that was refused is kept by. */
function forNote(item: ItemId): string {
  return `note ${item}`;
}

/** What the reason for changing an item after the lock is kept by. */
export function forChange(item: ItemId): string {
  return `change ${item}`;
}

export function isUnfinished({ status }: ItemSummary): boolean {
  return status === "untouched" || status === "started";
}
