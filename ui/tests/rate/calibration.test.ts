import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import App from "../../src/App.svelte";
import { draftOf, emptyForm, filesOf } from "../../src/new-study/form";
import { placeWords } from "../../src/new-study/leaks/words";
import { comparedWords } from "../../src/rate/calibration";
import { Fake } from "../fake";

let fake: Fake;
let app: Record<string, unknown> | null;

beforeEach(() => {
  // jsdom has no layout to scroll, and shows no dialogs.
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  fake = new Fake().install();
  fake.calibrating = 1;
  fake.instructions = [{ kind: "paragraph", content: [{ kind: "text", text: "Rate alone.", start: 0 }] }];
  app = null;
});

afterEach(async () => {
  if (app) await unmount(app);
  clearMocks();
});

function start() {
  const { packet, title, rater, name, progress } = fake.session();
  fake.packets = [{ packet, title, rubric: "Gated", rater, name, progress, locked_at: null, last_used: "2026-03-14T12:00:00Z" }];
  app = mount(App, { target: document.body });
}

const shows = (selector: string) => vi.waitFor(() => expect(document.querySelector(selector)).not.toBeNull());
const find = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const counter = () => find("header nav.items span").textContent;

async function begin() {
  start();
  await shows("#instructions-read");
  find("#instructions-read").click();
  await shows("#response");
  flushSync();
}

function press(keys: string[]) {
  for (const key of keys) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    flushSync();
  }
}

test("the instructions come before the first item, once, and again in the help", async () => {
  start();
  await shows("#instructions");
  expect(find("#instructions").textContent).toContain("Rate alone.");
  expect(document.querySelector("#response")).toBeNull();
  find("#instructions-read").click();
  await shows("#response");
  flushSync();
  press(["?"]);
  await shows("#help-instructions");
  expect(find("#help-instructions").textContent).toContain("Rate alone.");
});

test("instructions are not shown first once something is rated", async () => {
  fake.ratings[0] = { ...fake.ratings[0]!, grades: { omission: 1 } };
  start();
  await shows("#response");
  expect(document.querySelector("#instructions")).toBeNull();
});

test("the shared grades are shown when the item is complete, and the study comes after a word", async () => {
  await begin();
  expect(counter()).toBe("Calibration 1 of 1");
  expect(document.querySelector("#discussion")).toBeNull();
  expect(find("#calibration").textContent).toContain("it does not count");
  press(["y", "1", "0", "h", "3", "4", "1"]);
  await shows("#discussion");
  expect([...document.querySelectorAll("#discussion .compared")].map((cell) => cell.textContent)).toEqual(
    fake.session().rubric.axes.map(({ id }) => (id === "omission" ? "the same" : "1 lower than shared")),
  );
  expect(find(".progress").textContent).toContain("0 of 2 done");

  press(["n"]);
  await shows("#begin-study");
  expect(find("dialog h2").textContent).toBe("Calibration done, now the study");
  expect(counter()).toBe("Calibration 1 of 1");
  find("#begin-study").click();
  await vi.waitFor(() => expect(counter()).toBe("Item 1 of 2"));
  expect(document.querySelector("#calibration")).toBeNull();
});

test("calibration can be passed over, and N does not lead back to it", async () => {
  await begin();
  press(["]"]);
  await shows("#begin-study");
  expect(find("dialog").textContent).toContain("1 calibration item is not fully rated");
  find("#begin-study").click();
  await vi.waitFor(() => expect(counter()).toBe("Item 1 of 2"));
  press(["]"]);
  await vi.waitFor(() => expect(counter()).toBe("Item 2 of 2"));
  press(["n"]);
  await vi.waitFor(() => expect(counter()).toBe("Item 1 of 2"));
  press(["["]);
  await vi.waitFor(() => expect(counter()).toBe("Calibration 1 of 1"));
});

test("calibration stays open after the lock", async () => {
  fake.locked = { at: "2026-03-14T12:00:00Z", name: "Dr Ada Example", statement: "By myself." };
  await begin();
  expect(document.querySelector("#lock-banner")).toBeNull();
  press(["y"]);
  await vi.waitFor(() => expect(fake.sent.length).toBe(1));
  expect(fake.reasons).toEqual([]);
});

test("a difference is stated without a judgement", () => {
  expect(comparedWords({ own: 2, shared: 2 })).toBe("the same");
  expect(comparedWords({ own: 3, shared: 1 })).toBe("2 higher than shared");
  expect(comparedWords({ own: 0, shared: 1 })).toBe("1 lower than shared");
  expect(comparedWords({ own: null, shared: 1 })).toBe("you abstained");
});

test("a draft names the calibration file and holds the instructions, where there are any", () => {
  const form = emptyForm(7);
  expect(draftOf(form, 24)).not.toHaveProperty("instructions");
  expect(filesOf(form)).not.toHaveProperty("calibration");
  const full = { ...form, instructions: " Rate alone. ", calibration: " c.json " };
  expect(draftOf(full, 24)).toMatchObject({ instructions: "Rate alone.", calibration: "c.json" });
  // What is typed there does not make the files unread.
  expect(filesOf(full)).not.toHaveProperty("instructions");
});

test("a leak outside the study's texts has its place", () => {
  expect(placeWords({ in: "instructions" })).toBe("instructions to the raters");
  expect(placeWords({ in: "calibration", item: 1, part: "discussion" })).toBe("calibration item 2, discussion");
});
