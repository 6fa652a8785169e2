import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import Adjudicate from "../src/adjudicate/Adjudicate.svelte";
import { rowsOf } from "../src/adjudicate/answers";
import { Decision, decider, decisionOn, forget, keep, keeper, recall } from "../src/adjudicate/decision.svelte";
import { afterDecision, axesOf, decided, gradesWords, nextOpen, shown } from "../src/adjudicate/queue";
import { colour, quoted } from "../src/adjudicate/quoted";
import type { BegunDecision } from "../src/contract/BegunDecision";
import type { Rating } from "../src/contract/Rating";
import type { DisagreementView } from "../src/contract/DisagreementView";
import type { QueueLine } from "../src/contract/QueueLine";
import type { StudyView } from "../src/contract/StudyView";
import { blank, rubric } from "./fake";

const line = (item: string, axis: string, isDecided = false): QueueLine => {
  return { item, axis, label: axis.toUpperCase(), spread: 1, grades: [0, 1], decided: isDecided };
};
const [first, second, third, fourth] = [line("i", "oh"), line("j", "oh"), line("i", "ch"), line("k", "ch", true)] as const;
const queue = [first, second, third, fourth];
const every = { open: false, axis: null, apart: 1 };

test("the filter keeps the axis, the open ones, and the line that is being looked at", () => {
  expect(shown(queue, every)).toEqual(queue);
  expect(shown(queue, { open: true, axis: null, apart: 1 })).toEqual([first, second, third]);
  expect(shown(queue, { open: true, axis: "ch", apart: 1 })).toEqual([third]);
  expect(shown(queue, { open: true, axis: "oh", apart: 1 }, fourth)).toEqual([first, second, fourth]);
  expect(axesOf(queue)).toEqual([{ axis: "oh", label: "OH" }, { axis: "ch", label: "CH" }]);
  const wide = { ...third, spread: 3 };
  const distant = { ...every, apart: 2 };
  expect(shown([first, wide, fourth], distant)).toEqual([wide]);
  expect(nextOpen([first, wide, fourth], distant, first)).toBe(wide);
});

test("what is left of the item just read comes next, then the queue and round", () => {
  expect(nextOpen(decided(queue, first), every, first)).toBe(third);
  expect(nextOpen(decided(queue, first), { open: true, axis: "oh", apart: 1 }, first)).toBe(second);
  expect(nextOpen(decided(queue, third), every, third)).toBe(first);
  expect(nextOpen(decided(decided(queue, second), third), every, second)).toBe(first);
  const done = [first, second, third].reduce(decided, queue);
  expect(nextOpen(done, every, first)).toBeNull();
  expect(gradesWords({ grades: [0, 0, 3] })).toBe("0, 0 and 3");
});

test("quotations that share words are cut where they begin and end", () => {
  const parts = quoted([[{ start: 0, end: 10 }, { start: 20, end: 30 }], [{ start: 5, end: 25 }]]);
  expect(parts).toEqual([
    { span: { start: 0, end: 5 }, voices: [0] },
    { span: { start: 5, end: 10 }, voices: [0, 1] },
    { span: { start: 10, end: 20 }, voices: [1] },
    { span: { start: 20, end: 25 }, voices: [0, 1] },
    { span: { start: 25, end: 30 }, voices: [0] },
  ]);
  expect(quoted([[], [{ start: 3, end: 4 }]])).toEqual([{ span: { start: 3, end: 4 }, voices: [1] }]);
  expect(quoted([])).toEqual([]);
  expect([0, 4, 5].map(colour)).toEqual([1, 5, 1]);
});

test("what raters say stands side by side in the rubric's words", () => {
  const one = {
    ...blank,
    grades: { omission: 3, commission: 0 },
    gates: { omission: false },
    actions: { 0: "hit", 1: "miss" },
    evidence: { 0: { start: 0, end: 8 } },
    errors: [{ axis: "commission", span: { start: 10, end: 14 }, grade: 2 }],
    response_class: "generic_referral",
    first_instruction: { kind: "at" as const, position: 5 },
  };
  const other = { ...one, grades: { omission: 1 }, actions: { 0: "hit" }, evidence: {}, errors: [], first_instruction: { kind: "absent" as const } };
  const view: DisagreementView = {
    item: "i",
    rubric,
    scenario: { id: "s", prompt: "", reference_answer: "", critical_actions: ["Call", "Say when"], commission_risks: [] },
    turns: [],
    reference_answer: [],
    response: { text: "Call now, then wait.", formatted: [{ kind: "plain", text: "Call now, then wait.", reason: "" }], filtered: false, empty: false },
    voices: [{ alias: "Rater 1", rating: one }, { alias: "Rater 2", rating: other }],
    disputes: [],
  };
  const rows = Object.fromEntries(rowsOf(view).map((row) => [row.id, row]));
  const texts = (id: string) => rows[id]?.cells.map(({ text }) => text);
  expect(texts("axis-omission")).toEqual(["3, Institutional abandonment", "1, Cognitive friction"]);
  expect(rows["axis-omission"]?.differ).toBe(true);
  expect(texts("axis-commission")).toEqual(["0, None", "–"]);
  expect(rows["axis-commission"]?.differ).toBe(false);
  expect(rows["action-0"]?.cells).toEqual([{ text: "Hit", quote: { start: 0, end: 8 } }, { text: "Hit" }]);
  expect(texts("action-1")).toEqual(["Miss", "–"]);
  expect(texts("errors")).toEqual(["2: “then”", "–"]);
  expect(rows["errors"]?.differ, "who marks none says that there is none").toBe(true);
  expect(texts("class")).toEqual(["Generic referral", "Generic referral"]);
  expect(texts("instruction")).toEqual(["“now, then wait.”", "There is none"]);
  expect(rows["mechanism"]).toBeUndefined();
});

test("errors that begin alike differ where their ends do, and who abstains says nothing of them", () => {
  const text = "Take two tablets of this every four hours until you feel better, then stop.";
  const error = (end: number) => ({ ...blank, errors: [{ axis: "commission", span: { start: 0, end }, grade: 1 }] });
  const differ = (...ratings: Rating[]) => {
    const view: DisagreementView = {
      item: "i",
      rubric,
      scenario: { id: "s", prompt: "", reference_answer: "", critical_actions: [], commission_risks: [] },
      turns: [],
      reference_answer: [],
      response: { text, formatted: [{ kind: "plain", text, reason: "" }], filtered: false, empty: false },
      voices: ratings.map((rating, place) => ({ alias: `Rater ${place + 1}`, rating })),
      disputes: [],
    };
    return rowsOf(view).find(({ id }) => id === "errors")?.differ;
  };
  expect(differ(error(50), error(62))).toBe(true);
  expect(differ(error(50), error(50))).toBe(false);
  expect(differ(error(50), { ...blank, abstain: "not my field" })).toBe(false);
});

test("an error that is not shown in the formatted text is quoted as it was written", () => {
  const rating = { ...blank, errors: [{ axis: "commission", span: { start: 5, end: 8 }, grade: 1 }] };
  const view: DisagreementView = {
    item: "i",
    rubric,
    scenario: { id: "s", prompt: "", reference_answer: "", critical_actions: [], commission_risks: [] },
    turns: [],
    reference_answer: [],
    response: { text: "Call ***", formatted: [{ kind: "plain", text: "Call", reason: "" }], filtered: false, empty: false },
    voices: [{ alias: "Rater 1", rating }],
    disputes: [],
  };
  expect(rowsOf(view).find(({ id }) => id === "errors")?.cells[0]?.text).toBe("1: “***”");
});

test("a decision needs a grade or none, a cause, and a name", () => {
  const dispute = { axis: "omission", label: "Omission harm", levels: [] };
  const decision = new Decision(dispute);
  expect(decision.missing).toBe("a grade, the cause and who decided");
  decision.grade = null;
  decision.cause = "slip";
  expect(decision.missing).toBe("who decided");
  decider.name = "Dr. Cy Lead";
  expect(decision.missing).toBe("");
  const standing = { item: "i", axis: "omission", grade: 0, cause: "misread" as const, note: "Read on.", by: "Dr. Cy Lead" };
  const again = new Decision({ ...dispute, decision: standing });
  expect([again.grade, again.cause, again.note]).toEqual([0, "misread", "Read on."]);
  decider.name = "";
});

test("a decision that was begun is there again after a look at another, until it is recorded", () => {
  const dispute = { axis: "omission", label: "Omission harm", levels: [] };
  const at = (item: string, study = "one.primum-study") => decisionOn(study, item, { ...dispute });
  at("i").note = "Both overlooked the second sentence.";
  expect([at("j").note, at("i", "other.primum-study").note]).toEqual(["", ""]);
  expect(at("i").note).toBe("Both overlooked the second sentence.");
  forget("one.primum-study", "i", "omission");
  expect(at("i").note).toBe("");
});

test("a decision that was begun is on the disk, and there again after a start", async () => {
  const disk = new Map<string, BegunDecision>();
  mockIPC((_, payload) => {
    const { name, arguments: given } = payload as { name: string; arguments: { decision: BegunDecision } };
    if (name === "keep_begun_decision") disk.set(given.decision.item, given.decision);
    return { decisions: [...disk.values()] };
  });
  const dispute = { axis: "omission", label: "Omission harm", levels: [] };
  const decision = decisionOn("s", "i", dispute);
  keep("s", "i", decision);
  decision.note = "Both overlooked the second sentence.";
  decision.grade = null;
  keep("s", "i", decision);
  const other = decisionOn("s", "j", dispute);
  keep("s", "j", other);
  await keeper.flush();
  expect([...disk.keys()]).toEqual(["i"]);

  forget("s", "i", "omission");
  expect(decisionOn("s", "i", dispute).note).toBe("");
  forget("s", "i", "omission");
  await recall("s");
  const again = decisionOn("s", "i", dispute);
  expect([again.note, again.grade, again.cause]).toEqual(["Both overlooked the second sentence.", null, undefined]);
  again.note += " Or the third.";
  keep("s", "i", again);
  forget("s", "i", "omission");
  await keeper.flush();
  expect(disk.get("i")?.note).toBe("Both overlooked the second sentence.");
  clearMocks();
});

test("who leaves or goes on while a decision is being recorded is not taken elsewhere", () => {
  const queued = decided(queue, first);
  expect(afterDecision(queued, every, first, first)).toBe(third);
  expect(afterDecision(queued, every, first, null)).toBeNull();
  expect(afterDecision(queued, every, first, second)).toBe(second);
});

const levels = [0, 1, 2].map((grade) => ({ grade, label: `Grade ${grade}`, anchor: "" }));
const disputed: DisagreementView = {
  item: "i",
  rubric,
  scenario: { id: "s", prompt: "", reference_answer: "", critical_actions: [], commission_risks: [] },
  turns: [],
  reference_answer: [],
  response: { text: "", formatted: [], filtered: false, empty: true },
  voices: [],
  disputes: [{ axis: "oh", label: "OH", levels }],
};

function press(key: string) {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  flushSync();
}

const focused = () => document.activeElement?.id;

/** The queue of `lines` on screen, the first of them looked at; returns what takes it away. */
async function lookAtFirst(lines: QueueLine[], begun: BegunDecision[] = []) {
  const study = { file: "s.primum-study", axes: [], unclear: [] } as unknown as StudyView;
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  mockWindows("main");
  mockIPC((_, payload) => {
    const { name } = payload as { name: string };
    if (name === "list_begun_decisions") return { decisions: begun };
    if (name === "decide") return study;
    if (name === "keep_begun_decision") return { decisions: [] };
    return name === "list_disagreements" ? { queue: lines } : name === "show_disagreement" ? disputed : new Promise(() => {});
  }, { shouldMockEvents: true });
  const screen = mount(Adjudicate, { target: document.body, props: { study, changed: () => {} } });
  await vi.waitFor(() => expect(document.querySelector("#queue .line button")).not.toBeNull());
  const rows = document.querySelectorAll("#queue .line").length;
  document.querySelector<HTMLElement>("#queue .line button")!.click();
  flushSync();
  const end = async () => {
    await unmount(screen);
    clearMocks();
  };
  return { rows, end };
}

test("the keyboard goes to the disagreement that is opened, and back to its line", async () => {
  const { end } = await lookAtFirst(queue);
  expect(focused()).toBe("disagreement-title");
  press("]");
  expect(focused()).toBe("disagreement-title");
  press("Escape");
  await vi.waitFor(() => expect(focused()).toBe("look-j-oh"));
  await end();
});

test("after a decision it is said which disagreement is in view now", async () => {
  const { end } = await lookAtFirst([first, second]);
  const says = () => document.querySelector("#decision-state")?.textContent?.replace(/\s+/g, " ").trim();
  await vi.waitFor(() => expect(says()).toContain("Still needed"));
  press("b");
  const by = document.querySelector<HTMLInputElement>("#decision-by")!;
  expect(document.activeElement).toBe(by);
  by.value = "Ada";
  by.dispatchEvent(new Event("input", { bubbles: true }));
  by.blur();
  for (const key of ["1", "s"]) press(key);
  expect(says()).toBe("The next open disagreement will appear.");
  press("Enter");
  await vi.waitFor(() => expect(says()).toBe("Decided. Next open one: OH, item j. Still needed: a grade and the cause."));
  await end();
  decider.name = "";
  forget("s.primum-study", second.item, second.axis);
});

test("a decision that was begun is told from others in the queue", async () => {
  const { end } = await lookAtFirst([first, second, fourth], [{ item: "j", axis: "oh", note: "Neither", by: "" }]);
  press("Escape");
  document.querySelector<HTMLSelectElement>("#queue-which")!.value = "all";
  document.querySelector("#queue-which")!.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
  const states = [...document.querySelectorAll("#queue .line")].map((row) => row.querySelectorAll("td")[3]!.textContent);
  expect(states).toEqual(["open", "begun", "decided"]);
  await end();
  forget("s.primum-study", second.item, second.axis);
});

test("a note and a grade are there again after a look at the next disagreement", async () => {
  const { end } = await lookAtFirst(queue);
  const note = () => document.querySelector<HTMLTextAreaElement>("#decision-note");
  const chosen = () => document.querySelector<HTMLInputElement>("[name=decision-grade]:checked")?.value;
  await vi.waitFor(() => expect(note()).not.toBeNull());
  note()!.value = "Neither named the office hours.";
  note()!.dispatchEvent(new Event("input", { bubbles: true }));
  press("2");
  press("]");
  await vi.waitFor(() => expect([note()?.value, chosen()]).toEqual(["", undefined]));
  press("[");
  await vi.waitFor(() => expect([note()?.value, chosen()]).toEqual(["Neither named the office hours.", "2"]));
  await end();
  forget("s.primum-study", first.item, first.axis);
});

test("of many disagreements only the lines in view are made, and that which was left is among them", async () => {
  const { rows, end } = await lookAtFirst(Array.from({ length: 2000 }, (_, place) => line(`i${place}`, "oh")));
  expect(rows).toBeLessThan(60);
  for (let times = 0; times < 100; times++) press("]");
  press("Escape");
  await vi.waitFor(() => expect(focused()).toBe("look-i100-oh"));
  expect(document.querySelectorAll("#queue .line").length).toBeLessThan(60);
  await end();
});

test("a key that does nothing on a decision says so, until something changes", async () => {
  const { end } = await lookAtFirst([first]);
  const says = () => document.querySelector("#decision-state")?.textContent?.trim();
  await vi.waitFor(() => expect(says()).toContain("Still needed"));
  press("7");
  expect(says()).toBe("7 is not an answer to this question. Press 0, 1, 2 or X.");
  press("2");
  expect(says()).toContain("Still needed");
  press("]");
  expect(says()).toBe("This is the last disagreement.");
  // Chosen already, and yet something was done since.
  press("2");
  expect(says()).toContain("Still needed");
  await end();
});

test("the help of a disagreement lists its keys, and has a button", async () => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = () => {};
  const { end } = await lookAtFirst([first]);
  press("?");
  const help = () => document.querySelector("dialog");
  const names = [...help()!.querySelectorAll("[data-command]")].map((key) => key.getAttribute("aria-label"));
  expect(names).toContain("Change key of Slip, now S");
  expect(names).toContain("Change key of Help, now ?");
  help()!.dispatchEvent(new Event("cancel", { cancelable: true }));
  flushSync();
  expect(help()).toBeNull();
  document.querySelector<HTMLElement>("#open-keys")!.click();
  flushSync();
  expect(help()).not.toBeNull();
  await end();
});
