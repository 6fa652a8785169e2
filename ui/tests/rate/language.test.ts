import { clearMocks } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import App from "../../src/App.svelte";
import { USUAL, preferences } from "../../src/kit/preferences.svelte";
import { language, m } from "../../src/messages/language.svelte";
import Rate from "../../src/rate/Rate.svelte";
import { Fake } from "../fake";
// What is loaded only when it is asked for takes longer than a test waits.
import "../../src/plan/Plan.svelte";

let fake: Fake;
let screen: Record<string, unknown>;

beforeEach(() => {
  // jsdom has no layout to scroll, and shows no dialogs.
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = () => {};
  [window.innerWidth, window.innerHeight] = [1280, 800];
  fake = new Fake().install();
});

afterEach(async () => {
  await unmount(screen);
  // What is kept soon after is this packet's, and not the next one's.
  await vi.waitFor(() => expect(fake.preferences).toEqual(preferences.chosen));
  language.choose(null);
  clearMocks();
});

async function rate(chosen: Partial<typeof USUAL>) {
  fake.preferences = { ...USUAL, ...chosen };
  await preferences.recall();
  const nothing = () => {};
  screen = mount(Rate, { target: document.body, props: { session: fake.session(), leave: nothing, agreement: nothing, exported: nothing } });
  await vi.waitFor(() => find("#response"));
  flushSync();
}

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function press(...keys: string[]) {
  for (const key of keys) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  flushSync();
}

function click(selector: string) {
  find(selector).click();
  flushSync();
}

function choose(tag: string) {
  const list = find<HTMLSelectElement>("#language");
  list.value = tag;
  list.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
}

const text = (selector: string) => find(selector).textContent!.replace(/\s+/g, " ").trim();
const saved = () => vi.waitFor(() => expect(find("#saved-state").dataset.state).toBe("saved"));

test("an item is rated, taken back and reviewed in German", async () => {
  fake.text = "Wort ".repeat(1234).trim();
  await rate({ language: "de" });
  expect([document.documentElement.lang, document.title]).toEqual(["de", "Fall 1 von 3 – Study – Primum"]);
  expect(text(".words")).toBe("1.234 Wörter");
  expect(text("#item-arrived")).toBe("Fall 1 von 3, offen");
  expect([find(".form").ariaLabel, find("#case").ariaLabel, find("#response").ariaLabel]).toEqual(["Bewertung", "Texte der Fallbeschreibung", "Text der Antwort"]);
  expect([...document.querySelectorAll(".divider")].map((line) => line.ariaLabel)).toEqual(["Breite der Fallbeschreibung", "Breite der Bewertung"]);
  expect(text(".state")).toMatch(/^Noch offen: .*: Vorfrage, .*, 2 kritische Maßnahmen, Antwortklasse$/);
  press("7");
  expect(text(".state")).toBe("7 ist keine Antwort auf diese Frage. Drücken Sie Y oder 0.");
  press("y", "0", "0", "h", "h", "1");
  await saved();
  expect([text("#saved-state"), find("#saved-state").title]).toEqual(["Gespeichert", expect.stringMatching(/^Gespeichert um \d\d:\d\d:\d\d$/)]);
  expect(text(".state")).toBe("Fertig – N führt zum nächsten offenen Fall.");
  press("u");
  await vi.waitFor(() => expect(text(".state")).toBe("Rückgängig gemacht: Antwortklasse, Fall 1."));
  fake.check = { ...fake.check, incomplete: 2, contradictory: 1 };
  click("#open-return");
  await vi.waitFor(() => expect(text("#check-result")).toBe("2 von 3 Fällen offen · 1 mit Widersprüchen · 0 mit Enthaltung"));
  click("#lock-button");
  expect(text("dialog")).toContain("Sie sind im Begriff, mit 2 offenen Fällen und 1 Fall mit Widersprüchen zu sperren.");
  click("#lock-sure");
  click("#lock-confirm");
  await vi.waitFor(() => find("#lock-state"));
  // What is attested is what was read.
  expect(fake.locked!.statement).toMatch(/^Ich habe diese Fälle selbst und allein bewertet/);
});

test("a clock that is wrong is told in German, and the reason for a packet that cannot be changed is the program's", async () => {
  fake.cautions = [
    { kind: "read_only", reason: "packet.db: the file is write-protected." },
    { kind: "clock", earlier: "latest_change", before: "2086-11-29T12:00:00Z", later: "now", after: "2026-11-30T12:00:00Z" },
  ];
  await rate({ language: "de" });
  const said = find("[role=alert]").textContent!;
  expect(said).toContain("Dieses Paket lässt sich hier lesen, aber nicht ändern: packet.db: the file is write-protected.");
  expect(said).toContain("Eine Uhr geht falsch: Ihre letzte Änderung wurde am 29.11.2086 gespeichert, und die Uhr dieses Computers zeigt den 30.11.2026.");
  click("[role=alert] button");
  expect(document.querySelector("[role=alert]")).toBeNull();
});

test("J means the next question, and not Ja: that is said once", async () => {
  await rate({ language: "de" });
  press("ArrowDown");
  expect(text(".state")).toMatch(/^Noch offen/);
  press("k", "j");
  expect(text(".state")).toBe("J führt zur nächsten Frage; Y heißt Ja.");
  press("k", "j");
  expect(text(".state")).toMatch(/^Noch offen/);
  expect(fake.sent).toEqual([]);
});

test("in English J says nothing of Yes", async () => {
  await rate({ language: "en" });
  press("j");
  expect(text(".state")).toMatch(/^Still to answer/);
});

test("what German says of one finished item is right", async () => {
  await rate({ language: "de" });
  expect(m.rate.whyLeft("2 min", 1)).toBe("Bisher fertig: 1, im Median 2 min pro Fall. Pausen zählen nicht.");
  expect(m.form.noSuchGrade(["1", "2", "3"])).toBe("Fehler erhalten Stufe 1, 2 oder 3.");
});

test("another language shows at once, and nothing that was begun is lost", async () => {
  await rate({});
  click("#next-item");
  await vi.waitFor(() => expect(text("#item-number")).toBe("2"));
  press("j", "7");
  expect(text(".state")).toMatch(/^7 is not an answer/);
  const note = find<HTMLTextAreaElement>("#note");
  note.focus();
  note.value = "half a";
  note.dispatchEvent(new Event("input", { bubbles: true }));
  const cursor = find(".question.current").dataset.question;
  preferences.choose({ language: "de" });
  flushSync();
  expect(text(".state")).toMatch(/^7 ist keine Antwort/);
  expect([document.title, text("#item-number")]).toEqual(["Fall 2 von 3 – Study – Primum", "2"]);
  expect([find("#note"), note.value, document.activeElement]).toEqual([note, "half a", note]);
  expect(find(".question.current").dataset.question).toBe(cursor);
  // The dialog takes the focus, and so sends the note.
  click("#open-looks");
  expect([text("dialog h2"), text("#open-looks"), note.placeholder]).toEqual(["Darstellung", "Aa Darstellung", "Notiz (T)"]);
  choose("");
  expect([text("dialog h2"), preferences.chosen.language]).toEqual(["Display", null]);
  choose("en");
  expect([text("dialog h2"), note.value, document.documentElement.lang]).toEqual(["Display", "half a", "en"]);
  await vi.waitFor(() => expect(fake.ratings[1]!.note).toBe("half a"));
});

test("what the study says claims no language, and what contradicts itself is told in the rater’s", async () => {
  fake.remarks = [{ kind: "contradiction", between: { kind: "gate", label: "Omission harm", at_most: 1, grade: 3 } }];
  await rate({ language: "de" });
  press("y");
  await vi.waitFor(() => find(".contradiction"));
  expect(text(".contradiction")).toBe("Sie haben die Vorfrage mit Ja beantwortet. Damit ist „Omission harm“ höchstens 1; Sie haben 3 vergeben.");
  const tongue = (selector: string) => find(selector).closest("[lang]")!.getAttribute("lang");
  for (const content of ["#prompt [data-block]", "#response [data-block]", "#action-text-0", ".scale .name", "h1", "#note", "[data-question^=action] .text .unseen"]) {
    expect([content, tongue(content)]).toEqual([content, ""]);
  }
  for (const own of ["#prompt h2", ".state", "#open-help", "[data-question^=gate] .text span:last-child"]) expect([own, tongue(own)]).toEqual([own, "de"]);
});

test("a language that this program does not have is that of the system, and is kept", async () => {
  await rate({ language: "xx" });
  expect([language.now, preferences.chosen.language]).toEqual(["en", "xx"]);
});

test("the language can be chosen on the first screen; a screen in English alone is English as a whole", async () => {
  screen = mount(App, { target: document.body });
  await vi.waitFor(() => find("#language"));
  choose("de");
  expect(text("#rate")).toBe("Ich bewerte");
  click("#open-plan");
  await vi.waitFor(() => expect(document.querySelector("#open-plan")).toBeNull());
  expect(document.documentElement.lang).toBe("en");
  await vi.waitFor(() => find("#plan-back"));
  click("#plan-back");
  await vi.waitFor(() => expect(text("#rate")).toBe("Ich bewerte"));
  expect(document.documentElement.lang).toBe("de");
});
