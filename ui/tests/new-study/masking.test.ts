import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { LeakDecision } from "../../src/contract/LeakDecision";
import DraftText from "../../src/new-study/leaks/DraftText.svelte";
import { MASKED } from "../../src/contract/constants";
import { extend, leakOf, pieces, step, wordsOf } from "../../src/new-study/leaks/selection";
import { Work } from "../../src/new-study/work.svelte";
import { scalarsBefore, spanOf } from "../../src/text/position";

const RESPONSE = { in: "response", response: 0 } as const;

function mask(start: number, end: number, replacement?: string): LeakDecision {
  return { leak: { text: "t", kind: "by_hand", start, end }, action: { do: "mask", ...(replacement !== undefined && { replacement }) } };
}

/** Numbers from 0 to 1 that are the same in every run. */
function draws(seed: number) {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** Combining marks, right to left, emoji of several parts, NUL, line ends of every kind. */
const BITS = ["a", "B ", "e\u0301", "\u0301", "سؤال", "אב", "\u202e", "🩺", "👩\u200d⚕️", "🇩🇪", "\u0000", "\r\n", "\n", "\t", "  ", "通义", "Claude", "İ", "𝔘", "\ufeff"];

test("any selection of the shown text is the same part of the raw text, to the scalar value", () => {
  const draw = draws(20260409);
  const pick = (below: number) => Math.floor(draw() * below);
  for (let round = 0; round < 400; round++) {
    const text = Array.from({ length: 1 + pick(12) }, () => BITS[pick(BITS.length)]).join("");
    const length = [...text].length;
    const cut = () => pick(length + 1);
    const masks = Array.from({ length: pick(3) }, () => [cut(), cut()].sort((a, b) => a - b) as [number, number]);
    const shown = pieces(text, "t", masks.filter(([start, end]) => start < end).map(([start, end]) => mask(start, end)), []).flat();
    expect(shown.map((piece) => piece.text).join("")).toBe(text);
    const root = document.createElement("article");
    for (const { start, text: words } of shown) {
      const leaf = document.createElement("span");
      leaf.dataset.start = String(start);
      leaf.append(words);
      root.append(leaf);
    }
    document.body.replaceChildren(root);
    /** A point of the document: a leaf, and UTF-16 units into it. */
    const point = () => {
      const leaf = pick(shown.length);
      const offset = pick(shown[leaf]!.text.length + 1);
      const before = shown.slice(0, leaf).reduce((units, piece) => units + piece.text.length, 0);
      return { node: root.children[leaf]!.firstChild!, offset, units: before + offset };
    };
    const [from, to] = [point(), point()].sort((a, b) => a.units - b.units) as [ReturnType<typeof point>, ReturnType<typeof point>];
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    const span = spanOf(root, range, text);
    // A unit within a pair takes the whole of it.
    const whole = [...text.matchAll(/./gsu)].filter(({ 0: scalar, index }) => index + scalar.length > from.units && index < to.units);
    const words = whole.map(([scalar]) => scalar).join("");
    const selected = span ? [...text].slice(span.start, span.end).join("") : "";
    expect(selected, JSON.stringify({ text, from: from.units, to: to.units })).toBe(words.trim());
    if (span) expect(leakOf(text, "t", RESPONSE, span).matched).toBe(selected);
  }
});

test("an offset within a pair of units is that of its start or its end", () => {
  expect([0, 1, 2, 3, 4].map((units) => scalarsBefore("a🩺b", units))).toEqual([0, 1, 1, 2, 3]);
  expect([0, 1, 2, 3, 4].map((units) => scalarsBefore("a🩺b", units, "end"))).toEqual([0, 1, 2, 2, 3]);
});

test("masks that share a character are one, in the words of the first", () => {
  const shown = pieces("😀 I am Zorblax.", "t", [mask(4, 8, "x"), mask(2, 6, ""), mask(7, 14)], [leakOf("😀 I am Zorblax.", "t", RESPONSE, { start: 0, end: 1 })]).flat();
  expect(shown.map(({ text, masked }) => (masked ? `[${text}]` : text)).join("")).toBe("😀 [I am Zorblax].");
  expect(shown.filter(({ instead }) => instead !== null).map(({ instead }) => instead)).toEqual([""]);
  expect(shown[0]).toMatchObject({ text: "😀", open: true, masked: false });
  expect(pieces("abc", "other", [mask(0, 1)], []).flat()).toHaveLength(1);
});

test("the keys go from word to word, and take more of them", () => {
  const text = "😀 I am, Zorblax.";
  const words = wordsOf(text);
  const shown = (span: { start: number; end: number } | null) => span && [...text].slice(span.start, span.end).join("");
  expect(words.map(shown)).toEqual(["I", "am", "Zorblax"]);
  const first = step(words, null, 1)!;
  const second = step(words, first, 1)!;
  expect([shown(first), shown(second), shown(step(words, null, -1)), step(words, first, -1)]).toEqual(["I", "am", "Zorblax", null]);
  expect(shown(extend(words, second, 1))).toBe("am, Zorblax");
  expect(shown(extend(words, extend(words, second, 1), -1))).toBe("am");
  expect(shown(extend(words, second, -1))).toBe("am");
});

test("what is marked is shown in its sentence", () => {
  const leak = leakOf("One. I am 🩺 Zorblax now!  Two.", "t", RESPONSE, { start: 12, end: 19 });
  expect([leak.matched, leak.sentence, leak.offset]).toEqual(["Zorblax", "I am 🩺 Zorblax now!", 7]);
});

let shown: Record<string, unknown> | undefined;
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  clearMocks();
});

test("words are masked here, everywhere, and taken back act by act", async () => {
  const text = "I am Zorblax. Zorblax helps.";
  const elsewhere = leakOf("Ask Zorblax.", "u", { in: "response", response: 4 }, { start: 4, end: 11 });
  const all = [leakOf(text, "t", RESPONSE, { start: 5, end: 12 }), leakOf(text, "t", RESPONSE, { start: 14, end: 21 }), elsewhere];
  mockIPC((_, payload) => {
    const { name } = payload as { name: string };
    if (name === "show_text") return { text, places: [RESPONSE] };
    if (name === "list_texts") return { texts: Array.from({ length: texts }, () => line), of: 900 };
    return { leaks: all, unmasked: [0, 1, 2], texts: 900 };
  });
  let texts = 2;
  const work = new Work();
  const line = { text: "t", place: RESPONSE, scenario: "s", excerpt: "" };
  document.body.replaceChildren();
  shown = mount(DraftText, { target: document.body, props: { work, line, search: "", failed: () => {} } });
  const pane = await vi.waitFor(() => {
    expect(document.querySelector("article")!.textContent).toBe(text);
    return document.querySelector<HTMLElement>("#draft-text")!;
  });
  const press = (key: string, shiftKey = false) => {
    pane.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
    document.dispatchEvent(new Event("selectionchange"));
    flushSync();
  };
  for (let word = 0; word < 3; word++) press("ArrowRight");
  press("m");
  expect(work.form.decisions).toEqual([{ leak: all[0]!.id, action: { do: "mask", replacement: MASKED } }]);
  expect(document.querySelector(".masked")!.textContent).toBe("Zorblax");
  press("ArrowRight");
  await vi.waitFor(() => expect(document.querySelector("#mask-everywhere")!.textContent!.trim()).toBe("Mask in all 2 places"));
  press("M", true);
  expect(work.byHand.map(({ id }) => `${id.text}${id.start}`)).toEqual(["t5", "t14", "u4"]);
  press("u");
  expect(work.byHand).toHaveLength(1);
  // Words that are in many texts are found when that is asked for.
  texts = 800;
  press("ArrowRight");
  await vi.waitFor(() => expect(document.querySelector("#find-many")!.textContent).toBe("Find them in 800 texts"));
  document.querySelector<HTMLElement>("#find-many")!.click();
  await vi.waitFor(() => expect(document.querySelector("#mask-everywhere")!.textContent!.trim()).toBe("Mask in all 3 places"));
  work.takeBack(work.byHand);
  expect(work.form.decisions).toEqual([]);
});
