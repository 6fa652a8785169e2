import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { choicesOf } from "../src/agreement/comparison";
import type { AgreementReport } from "../src/contract/AgreementReport";
import type { FileFate } from "../src/contract/FileFate";
import type { PanelReport } from "../src/contract/PanelReport";
import type { RaterView } from "../src/contract/RaterView";
import type { StudyView } from "../src/contract/StudyView";
import Study from "../src/study/Study.svelte";
import { fateReason, fateWords, fatesWords, missingWords } from "../src/study/words";
import { baseName, beside, isStudy } from "../src/words/path";

const rater = (label: string, changed: Partial<RaterView> = {}): RaterView => {
  return { label, name: `Dr. ${label}`, lead: false, packets: 1, packets_came: 1, items: 24, graded: 24, done: 24, files: 1, locked_at: "2026-03-14T12:00:00Z", changed: 0, late: 0, ...changed };
};
const none = { name: "", packets_came: 0, graded: 0, done: 0, files: 0, locked_at: undefined };

test("what is missing is told in a sentence each", () => {
  expect(missingWords([rater("A", none), rater("B", none)])).toBe("No file has arrived from A and B.");
  expect(missingWords([rater("A"), rater("B", { locked_at: undefined, graded: 12, done: 11 })])).toBe(
    "Not locked yet: B (Dr. B), 12 of 24 items graded.",
  );
  expect(missingWords([rater("A"), rater("B", { graded: 22, done: 22 })])).toBe(
    "Every rater has locked. B (Dr. B) locked with 2 of 24 items not graded.",
  );
  expect(missingWords([rater("A"), rater("B", { graded: 23, done: 0 })])).toBe(
    "Every rater has locked. B (Dr. B) locked with 1 of 24 items not graded and 23 of 24 items graded without everything else the rubric asks for.",
  );
  expect(missingWords([rater("A"), rater("B")])).toBe("Every rater has locked. Nothing is missing.");
  expect(missingWords([rater("A"), rater("B", { packets: 2, graded: 20, locked_at: undefined })])).toBe(
    "No file of the further items has arrived from B (Dr. B). Not locked yet: B (Dr. B), 20 of 24 items graded.",
  );
});

const fates: FileFate[] = [
  { file: "/in/A.json", name: "A.json", fate: { is: "new", records: 1200 }, notes: ["From A."] },
  { file: "/in/A.json", name: "A.json", fate: { is: "already_there" }, notes: [] },
  { file: "/in/old.json", name: "old.json", fate: { is: "superseded" }, notes: [] },
  { file: "/in/x.json", name: "x.json", fate: { is: "refused", reason: "It belongs to another study." }, notes: [] },
];

test("each file's fate, and all of them together", () => {
  expect(fates.map(fateWords)).toEqual(["Received, 1,200 new records", "Already there", "Nothing new", "Refused"]);
  expect(fateReason(fates[0]!)).toBeNull();
  expect(fateReason(fates[1]!)).toContain("Nothing was changed");
  expect(fateReason(fates[3]!)).toBe("It belongs to another study.");
  expect(fatesWords(fates)).toBe("4 files: 1 received, 1 already there, 1 with nothing new, 1 refused.");
});

test("paths of either kind of system", () => {
  expect(baseName("/a/b.json")).toBe("b.json");
  expect(baseName("C:\\a\\b.json")).toBe("b.json");
  expect(beside("/a/study.primum-study", "export")).toBe("/a/export");
  expect(beside("C:\\a\\study.primum-study", "export")).toBe("C:\\a\\export");
  expect([" /a/s.PRIMUM-STUDY ", "/a/packet-A.primum-packet"].map(isStudy)).toEqual([true, false]);
});

test("all raters come first, then each two, then each with themselves", () => {
  const pair = { first: "Ada", second: "Ben" } as AgreementReport;
  const panel = { raters: ["Ada", "Ben", "Cy"] } as PanelReport;
  const choices = choicesOf({ pairs: [pair], panel, repeats: [{ rater: "Ada", report: pair }], missing: [] });
  expect(choices.map(({ id, label }) => `${id}: ${label}`)).toEqual([
    "panel: Ada, Ben, Cy",
    "pair-0: Ada and Ben",
    "repeat-0: Ada, first and second time",
  ]);
});

let view: StudyView;
let screen: Record<string, unknown> | null = null;
let asked: { name: string; arguments: Record<string, unknown> }[];
let ended: number;
let begun: { [name: string]: string };
/** Why nothing is registered. */
let refusal: string | null;
/** Whether the file that is received is of another person. */
let doubt: boolean;
const asking: FileFate = {
  file: "/in/B.json",
  name: "B.json",
  fate: { is: "two_people", rater: "B", first: "Dr. Ben", second: "Dr. Cal", label: "B-2" },
  notes: ["They have no record in common: two copies of the packet were rated."],
};
const settled: FileFate = { ...asking, fate: { is: "new", records: 30 }, notes: ["It counts as that of rater C, beside B (Dr. Ben)."] };
/** What receiving waits for. */
let busy: Promise<void> | null;

beforeEach(() => {
  begun = {};
  refusal = null;
  busy = null;
  doubt = false;
  asked = [];
  ended = 0;
  view = {
    file: "/s/study.primum-study",
    study: "s",
    title: "Harm",
    rubric: "Gated, version 2",
    created_at: "2026-03-14T12:00:00Z",
    items: 24,
    repeats: 0,
    axes: [{ id: "omission", label: "Omission harm", grades: [0, 1, 2, 3, 4] }],
    raters: [rater("A"), rater("B", none)],
    aside: [],
    disagreements: 0,
    decided: 0,
    calibration: [],
    unclear: [],
    cautions: [],
    sealed_keys: [],
    changes: [],
    log: [{ at: "2026-03-14T12:00:00Z", message: "The study was created." }],
  };
  mockWindows("main");
  mockIPC(
    (command, payload) => {
      if (command === "cancel") ended += 1;
      if (command !== "call") return null;
      const call = payload as unknown as (typeof asked)[number];
      asked.push(call);
      if (call.name === "list_begun_texts") return { texts: begun };
      if (call.name === "keep_begun_text") return { texts: {} };
      if (call.name === "register_file" && refusal) throw { kind: "refused", message: refusal };
      if (call.name === "receive_files" && doubt) return { files: [call.arguments["second"] ? settled : asking] };
      if (call.name === "receive_files") return (busy ?? Promise.resolve()).then(() => ({ files: fates }));
      if (call.name === "add_rater") return { packet: "/s/packets/packet-C.primum-packet", items: 24, study: view };
      if (call.name === "add_items") {
        const packets = ["/s/packets/packet-A-2.primum-packet", "/s/packets/packet-B-2.primum-packet"];
        return { key: "/s/key-2.age", packets, items: 8, scenarios: 8, known_scenarios: 8, change: "8 items were added for A and B.", study: view };
      }
      if (call.name === "measure_study") return new Promise(() => {});
      if (call.name === "open_key") throw { kind: "refused", message: "This passphrase does not open the key." };
      return view;
    },
    { shouldMockEvents: true },
  );
  document.body.replaceChildren();
});

afterEach(async () => {
  if (screen) await unmount(screen);
  screen = null;
  // Listeners end a moment after their screen.
  await new Promise((resolve) => setTimeout(resolve, 10));
  clearMocks();
});

const one = <E extends HTMLElement>(css: string) => document.querySelector<E>(css);

async function show(tab: string) {
  screen = mount(Study, { target: document.body, props: { opened: view, part: "ratings", back: () => {}, findings: () => {}, judge: () => {} } });
  await vi.waitFor(() => expect(one(`#tab-${tab}`)).not.toBeNull());
  one(`#tab-${tab}`)!.click();
  flushSync();
}

function fill(css: string, text: string) {
  const field = one<HTMLInputElement>(css)!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

test("what should be known of a study first is said until it is dismissed", async () => {
  view.cautions = ["This study is archived, it cannot be changed here: no permission to write in /s."];
  await show("ratings");
  const alert = () => one(".notices [role=alert] p")?.textContent;
  expect(alert()).toBe(view.cautions[0]);
  one(".notices [role=alert] button")!.click();
  flushSync();
  expect(alert()).toBeUndefined();
});

test("a rater is added with a reason, and the packet to send is named", async () => {
  await show("ratings");
  const button = () => one<HTMLButtonElement>("#add-rater-button")!;
  fill("#new-label", " C ");
  fill("#new-by", "Dr. Lead");
  expect(button().disabled).toBe(true);
  fill("#new-reason", "B has moved");
  one<HTMLSelectElement>("#new-items")!.value = "A";
  one("#new-items")!.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
  const message = "Rater C was added with the items of A, by Dr. Lead: B has moved.";
  const at = "2026-03-15T12:00:00Z";
  view = { ...view, raters: [...view.raters, rater("C", { ...none, added_at: at })], changes: [{ at, message }] };
  button().click();
  await vi.waitFor(() => expect(one("#rater-added")!.textContent).toBe("/s/packets/packet-C.primum-packet: 24 items. Send this file to C."));
  expect(asked.find(({ name }) => name === "add_rater")?.arguments).toEqual({
    study: "/s/study.primum-study",
    label: "C",
    by: "Dr. Lead",
    reason: "B has moved",
    like: "A",
  });
  expect(one("#raters")!.textContent).toContain("added");
  one("#tab-key")!.click();
  flushSync();
  expect(one("#study-changes")!.textContent).toContain(message);
});

test("items are added from a draft, once the passphrase is typed twice and a reason is given", async () => {
  await show("ratings");
  const button = () => one<HTMLButtonElement>("#add-items-button")!;
  fill("#further-draft", " /s/further.json ");
  fill("#items-by", "Dr. Lead");
  fill("#items-reason", "a fourth model");
  fill("#items-passphrase", "four words are enough");
  fill("#items-again", "four words");
  expect([one("#items-differ") !== null, button().disabled]).toEqual([true, true]);
  fill("#items-again", "four words are enough");
  view = { ...view, raters: [rater("A", { packets: 2, locked_at: undefined }), rater("B", none)] };
  button().click();
  await vi.waitFor(() =>
    expect(one("#items-added")!.textContent).toBe(
      "8 items were added for A and B. Send each rater their own packet: packet-A-2.primum-packet, packet-B-2.primum-packet. Keep a copy of key-2.age, the sealed key to these items.",
    ),
  );
  expect(asked.find(({ name }) => name === "add_items")?.arguments).toEqual({
    draft: "/s/further.json",
    study: "/s/study.primum-study",
    seal: { by: "passphrase", passphrase: "four words are enough" },
    by: "Dr. Lead",
    reason: "a fourth model",
  });
  expect(one<HTMLInputElement>("#items-passphrase")!.value).toBe("");
  expect(one("#raters")!.textContent).toContain("1 of 2 packets came");
});

test("a rater who is added late is told to be, and the lead author is then no rater", async () => {
  await show("ratings");
  expect([one("#add-late"), one("#new-lead")].map((found) => found !== null)).toEqual([false, true]);
  await unmount(screen!);
  view = { ...view, disagreements: 3, decided: 2 };
  await show("ratings");
  expect(one("#add-late")!.textContent).toContain("2 disagreements have been decided without this rater.");
  expect(one("#new-lead")).toBeNull();
  await unmount(screen!);
  view = { ...view, opened_at: "2026-03-15T12:00:00Z", raters: [rater("A"), rater("B", { late: 3 })] };
  await show("ratings");
  expect(one("#add-late")!.textContent).toContain("added after the opening");
  expect(one("#raters")!.textContent).toContain("3 items after the key was opened");
});

test("files dropped while others are received are not lost without a word", async () => {
  let end = () => {};
  busy = new Promise((resolve) => (end = resolve));
  await show("ratings");
  await new Promise((resolve) => setTimeout(resolve, 10));
  const drop = (path: string) => emit("tauri://drag-drop", { paths: [path], position: { x: 0, y: 0 } });
  await drop("/in/A.json");
  await vi.waitFor(() => expect(asked.filter(({ name }) => name === "receive_files")).toHaveLength(1));
  await drop("/in/B.json");
  await vi.waitFor(() => expect(one("[role=alert]")?.textContent).toContain("Give these again when that is done."));
  expect(asked.filter(({ name }) => name === "receive_files")).toHaveLength(1);
  end();
  await vi.waitFor(() => expect(document.querySelectorAll("#file-fates li")).toHaveLength(4));
});

test("files dropped together are received together, each with its fate", async () => {
  await show("ratings");
  await new Promise((resolve) => setTimeout(resolve, 10));
  await emit("tauri://drag-drop", { paths: fates.map(({ file }) => file), position: { x: 0, y: 0 } });
  await vi.waitFor(() => expect(document.querySelectorAll("#file-fates li")).toHaveLength(4));
  const received = asked.find(({ name }) => name === "receive_files");
  expect(received?.arguments).toEqual({ study: "/s/study.primum-study", files: fates.map(({ file }) => file) });
  expect(one("#file-fates")!.textContent).toContain("It belongs to another study.");
  one("#tab-export")!.click();
  flushSync();
  one("#tab-ratings")!.click();
  flushSync();
  expect(document.querySelectorAll("#file-fates li")).toHaveLength(4);
  // What is received later stands before it.
  fill("#receive-path", "/in/B.json");
  one("#receive-path-button")!.click();
  await vi.waitFor(() => expect(document.querySelectorAll("#file-fates li")).toHaveLength(8));
});

test("whose ratings count is decided where two people rated one packet", async () => {
  doubt = true;
  await show("ratings");
  fill("#receive-path", "/in/B.json");
  one("#receive-path-button")!.click();
  await vi.waitFor(() => expect(one("#file-fates")!.textContent).toContain("1 file: 1 to decide about."));
  expect(one("#file-fates")!.textContent).toContain("no record in common");
  const button = () => one<HTMLButtonElement>("#second-0-decide")!;
  fill("#second-0-by", "Dr. Lead");
  fill("#second-0-reason", "told on the phone");
  expect(button().disabled).toBe(true);
  one("#tab-key")!.click();
  flushSync();
  one("#tab-ratings")!.click();
  flushSync();
  expect(one<HTMLInputElement>("#second-0-reason")!.value).toBe("told on the phone");
  one("input[value=both]")!.click();
  flushSync();
  expect(one<HTMLInputElement>("#second-0-label")!.value).toBe("B-2");
  expect(one("#second-0-again")!.textContent).toContain("give a file of the one about whom it is decided again to primum study receive with another --take");
  fill("#second-0-label", "C");
  button().click();
  await vi.waitFor(() => expect(one("#file-fates")!.textContent).toContain("It counts as that of rater C"));
  expect(one("#second-0-decide")).toBeNull();
  expect(document.querySelectorAll("#file-fates li")).toHaveLength(1);
  expect(asked.filter(({ name }) => name === "receive_files").at(-1)?.arguments).toEqual({
    study: "/s/study.primum-study",
    files: ["/in/B.json"],
    second: { take: "both", label: "C", by: "Dr. Lead", reason: "told on the phone" },
  });
});

test("ratings that were set aside are shown apart", async () => {
  view = { ...view, aside: [rater("D")] };
  await show("ratings");
  expect(one("#aside")!.textContent).toContain("Dr. D");
  expect(one("#raters")!.textContent).not.toContain("Dr. D");
  expect(one("#aside-words")!.textContent).toContain("primum study receive with another --take");
});

test("the key is opened early only with a reason, and never without the word that it is for good", async () => {
  await show("key");
  const button = () => one<HTMLButtonElement>("#open-key")!;
  fill("#passphrase", "seven quiet herons");
  one("#sure")!.click();
  flushSync();
  expect(button().disabled).toBe(true);
  expect(one("label[for=early]")!.textContent).toBe("Reason for opening it now");
  fill("#early", "B has withdrawn");
  expect(button().disabled).toBe(false);
  one("#sure")!.click();
  flushSync();
  expect(button().disabled).toBe(true);
  one("#sure")!.click();
  flushSync();
  button().click();
  await vi.waitFor(() => expect(one("[role=alert]")?.textContent).toContain("does not open"));
  expect(asked.find(({ name }) => name === "open_key")?.arguments).toEqual({
    study: "/s/study.primum-study",
    with: { by: "passphrase", passphrase: "seven quiet herons" },
    early: "B has withdrawn",
  });
});

test("what was begun beside the key is kept as it is typed, and there again after a start", async () => {
  begun = { "why the key is opened early": "B has with" };
  await show("key");
  await vi.waitFor(() => expect(one<HTMLInputElement>("#early")?.value).toBe("B has with"));
  fill("#early", "B has withdrawn");
  fill("#register-file", "/s/battery.json");
  fill("#passphrase", "seven quiet herons");
  one("#tab-export")!.click();
  flushSync();
  const kept = () => asked.filter(({ name }) => name === "keep_begun_text").map(({ arguments: given }) => given);
  await vi.waitFor(() => expect(kept()).toHaveLength(2));
  expect(kept()).toEqual([
    { of: "s", name: "why the key is opened early", text: "B has withdrawn" },
    { of: "s", name: "file to register", text: "/s/battery.json" },
  ]);
});

test("a lead author who rates locks first, whatever the reason", async () => {
  view.raters = [rater("A", { lead: true, locked_at: undefined }), rater("B")];
  await show("key");
  expect(one("#lead-first")).not.toBeNull();
  expect(one("#open-key")).toBeNull();
});

test("figures that nobody waits for any longer are cancelled", async () => {
  view.raters = [rater("A"), rater("B")];
  await show("agreement");
  await vi.waitFor(() => expect(asked.at(-1)?.name).toBe("measure_study"));
  one("#tab-export")!.click();
  flushSync();
  await vi.waitFor(() => expect(ended).toBe(1));
});

test("what is expected is registered before the key is opened, and later with a warning", async () => {
  await show("key");
  expect(one("#register-late")).toBeNull();
  expect(one<HTMLButtonElement>("#register")!.disabled).toBe(true);
  fill("#register-file", " /s/battery.json ");
  view = { ...view, log: [...view.log, { at: "2026-03-15T12:00:00Z", message: "A battery of hypotheses was registered before the key was opened: battery.json." }] };
  one("#register")!.click();
  await vi.waitFor(() => expect(one("#study-log")!.textContent).toContain("before the key was opened: battery.json"));
  const registered = asked.find(({ name }) => name === "register_file");
  expect(registered?.arguments).toEqual({ study: "/s/study.primum-study", files: ["/s/battery.json"] });
  expect(one<HTMLInputElement>("#register-file")!.value).toBe("");
  expect(one("#registered")!.textContent).toMatch(/^15 Mar 2026, \d\d:00: A battery .* before the key was opened: battery\.json\.$/);

  fill("#register-file", "/s/battery.json");
  one("#register")!.click();
  await vi.waitFor(() => expect(one("#registered")!.textContent).toContain("It stays registered"));
  refusal = "/s/x.json, field `format`: found `primum-key/1`; expected thresholds.";
  fill("#register-file", "/s/x.json");
  one("#register")!.click();
  await vi.waitFor(() => expect(one("[role=alert] p")?.textContent).toContain("found a Primum key file; expected thresholds."));
});

test("the window is called as the study is, and again as the program afterwards", async () => {
  await show("ratings");
  expect(document.title).toBe("Harm – Primum");
  await unmount(screen!);
  screen = null;
  expect(document.title).toBe("Primum");
});

test("after the opening it says that it is late", async () => {
  view = { ...view, opened_at: "2026-03-15T12:00:00Z" };
  await show("key");
  expect(one("#register-late")!.textContent).toContain("registered after the opening");
});
