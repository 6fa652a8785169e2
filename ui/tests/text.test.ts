import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import type { Block } from "../src/contract/Block";
import Blocks from "../src/kit/blocks/Blocks.svelte";
import { portions } from "../src/text/portions";
import { lineOf, positionOf, rangeAt, rangeOf, sentenceStarts, spanOf } from "../src/text/position";
import { piecesOf, quote, quoteAt, rawPieces } from "../src/text/shown";

let shown: Record<string, unknown> | undefined;

function show(blocks: Block[]): HTMLElement {
  const root = document.createElement("article");
  document.body.replaceChildren(root);
  shown = mount(Blocks, { target: root, props: { blocks } });
  return root;
}

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
});

const text = (text: string, start: number) => ({ kind: "text", text, start }) as const;

test("hostile text stays text", () => {
  const root = show([
    {
      kind: "paragraph",
      content: [
        text("<script>alert(1)</script><img src=x onerror=alert(2)>", 0),
        { kind: "link", content: [text("here", 60)], address: "javascript:alert(3)" },
        { kind: "image", content: [text("a graph", 90)], address: "https://example.org/pixel.png" },
      ],
    },
    { kind: "code", text: "<iframe src=//example.org>", start: 120 },
  ]);
  expect(root.querySelectorAll("script, img, iframe, a, [href], [src], [onerror]")).toHaveLength(0);
  for (const words of ["<script>alert(1)</script>", "onerror=alert(2)", "javascript:alert(3)", "<iframe"]) {
    expect(root.textContent).toContain(words);
  }
});

test("a place counts Unicode scalar values of the raw text", () => {
  // Raw: "😀👩‍⚕️ **Call** now"; the faces are 1 and 4 scalar values, 2 and 5 UTF-16 units.
  const root = show([
    { kind: "paragraph", content: [text("😀👩‍⚕️ ", 0), { kind: "strong", content: [text("Call", 8)] }, text(" now", 14)] },
  ]);
  const [faces, call, now] = [...root.querySelectorAll("[data-start]")].map((leaf) => leaf.firstChild!);
  expect(positionOf(root, faces!, 7)).toBe(5);
  expect(positionOf(root, call!, 2)).toBe(10);
  expect(positionOf(root, now!, 1)).toBe(15);
  expect(rangeAt(root, 10)?.toString()).toBe("ll now");
});

test("a selection that begins between pieces of text marks the next one", () => {
  const root = show([
    { kind: "paragraph", content: [text("Rest.", 0)] },
    { kind: "list", start: null, items: [[{ kind: "paragraph", content: [text("Call.", 9)] }]] },
  ]);
  expect(positionOf(root, root.querySelector("ul")!, 0)).toBe(9);
});

test("sentences are found across emphasis, and begin again in each block", () => {
  const root = show([
    {
      kind: "paragraph",
      content: [text("Do ", 0), { kind: "strong", content: [text("not", 5)] }, text(" stop. Call today.", 10)],
    },
    { kind: "paragraph", content: [text("Then rest", 30)] },
  ]);
  expect(sentenceStarts(root)).toEqual([0, 17, 30]);
});

test("a sentence is tinted and quoted as it is read: across emphasis, and not into the next", () => {
  // Raw: "1. **Take 😀 [one](a b)** now. Then\\\nwait.\n\nRest"
  const blocks: Block[] = [
    {
      kind: "paragraph",
      content: [
        { kind: "strong", content: [text("Take 😀 ", 5), { kind: "link", content: [text("one", 13)], address: "a b" }] },
        text(" now. Then", 24),
        { kind: "break" },
        text("wait.", 36),
      ],
    },
    { kind: "paragraph", content: [text("Rest", 43)] },
  ];
  const root = show(blocks);
  const pieces = piecesOf(blocks);
  const tinted = (position: number) => rangeAt(root, position)?.toString().replace(/\s\(a b\)/, "");
  expect(sentenceStarts(root).map(tinted)).toEqual(["Take 😀 one now.", "Thenwait.", "Rest"]);
  expect(sentenceStarts(root).map((start) => quoteAt(pieces, start, 70))).toEqual(["Take 😀 one now.", "Then wait.", "Rest"]);
  // The place of a mark represents what is shown next.
  expect([quoteAt(pieces, 3, 6), tinted(3)]).toEqual(["Take 😀…", "Take 😀 one now."]);
  expect(quoteAt(pieces, 60, 70)).toBe("");
  expect(quoteAt(rawPieces("**Call** now. Wait."), 0, 70)).toBe("**Call** now.");
});

test("a quotation runs from piece to piece of the text, without white space at its ends", () => {
  const raw = "😀 **Call** now.\n\n- Then wait.";
  const blocks: Block[] = [
    { kind: "paragraph", content: [text("😀 ", 0), { kind: "strong", content: [text("Call", 4)] }, text(" now.", 10)] },
    { kind: "list", start: null, items: [[{ kind: "paragraph", content: [text("Then wait.", 19)] }]] },
  ];
  const root = show(blocks);
  const [face, call, now, wait] = [...root.querySelectorAll("[data-start]")].map((leaf) => leaf.firstChild!);
  const select = (from: [Node, number], to: [Node, number]) => {
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return spanOf(root, range, raw);
  };
  expect(select([call!, 1], [now!, 4])).toEqual({ start: 5, end: 14 });
  expect(select([face!, 2], [call!, 4])).toEqual({ start: 2, end: 8 });
  expect(select([now!, 0], [wait!, 4])).toEqual({ start: 11, end: 23 });
  // A triple click selects up to the beginning of the next block.
  expect(select([call!, 0], [root.querySelector("ul")!, 0])).toEqual({ start: 4, end: 15 });
  expect(select([now!, 0], [now!, 1])).toBeNull();
  const span = { start: 5, end: 23 };
  expect(rangeOf(root, span)?.toString()).toBe("all now.Then");
  expect(quote(piecesOf(blocks), span, 40)).toBe("all now. Then");
  expect(quote(piecesOf(blocks), span, 3)).toBe("all…");
});

test("a part that begins in the markup before the first shown character is shown from there", () => {
  const root = show([{ kind: "paragraph", content: [{ kind: "text", text: "Stop it", start: 2 }] }]);
  expect(rangeOf(root, { start: 0, end: 6 })?.toString()).toBe("Stop");
  expect(rangeOf(root, { start: 0, end: 2 })).toBeNull();
});

test("a text that is too much to format is shown as it was written, and says so", () => {
  const raw = "😀 **Call** now. Then [wait".repeat(400);
  const root = show([{ kind: "plain", text: raw, reason: "it has more than 40,000 characters" }]);
  expect(root.querySelector("[role=note]")!.textContent).toBe(
    "This text is shown as it was written, without formatting: it has more than 40,000 characters.",
  );
  const leaves = [...root.querySelectorAll("[data-start]")];
  expect(leaves.length).toBeGreaterThan(4);
  expect(leaves.map((leaf) => leaf.textContent).join("")).toBe(raw);
  expect(root.querySelectorAll("strong")).toHaveLength(0);
});

test("a place in a text shown as it was written is that of the raw text, across its portions", () => {
  const raw = "😀 Call **now**.\n".repeat(300);
  const root = show([{ kind: "plain", text: raw, reason: "" }]);
  const last = [...root.querySelectorAll("[data-start]")].at(-1)!;
  const line = [..."😀 Call **now**.\n"].length;
  const inLast = positionOf(root, last.firstChild!, 3)!;
  expect(quoteAt(rawPieces(raw), inLast, 4)).toBe("Call…");
  expect(inLast % line).toBe(2);
  const span = { start: 2, end: 299 * line + 6 };
  expect(rangeOf(root, span)!.toString()).toBe([...raw].slice(span.start, span.end).join(""));
  const range = rangeOf(root, span)!;
  expect(spanOf(root, range, raw)).toEqual(span);
  expect(sentenceStarts(root)).toEqual(Array.from({ length: 300 }, (_, number) => number * line));
});

test("a portion that is measured is laid out, and the others wait to be seen", () => {
  const root = show([{ kind: "plain", text: "A line.\n".repeat(1000), reason: "" }]);
  expect(root.querySelectorAll(".portion:not(.far)")).toHaveLength(0);
  lineOf(rangeAt(root, 7000)!);
  const laidOut = [...root.querySelectorAll<HTMLElement>(".portion:not(.far)")];
  expect(laidOut.map((portion) => portion.dataset.start)).toEqual(["6000"]);
});

test("portions end with a line, or a word, or within a word but never within a character", () => {
  const ends = (text: string) => portions(text).map((portion) => [...portion.text].at(-1));
  expect(ends("A line.\n".repeat(500)).slice(0, -1).every((end) => end === "\n")).toBe(true);
  expect(ends("word ".repeat(1000)).slice(0, -1).every((end) => end === " ")).toBe(true);
  expect(ends("x" + "🩺".repeat(3000)).every((end) => end === "🩺")).toBe(true);
  expect(portions("")).toEqual([]);
  for (const text of ["A line.\n".repeat(500), "x" + "🩺".repeat(3000), "\n".repeat(5000), "a" + " ".repeat(5000)]) {
    expect(portions(text).map((portion) => portion.text).join("")).toBe(text);
    for (const portion of portions(text)) {
      expect([...text].slice(portion.start).join("").startsWith(portion.text)).toBe(true);
      expect(portion.text.length).toBeLessThanOrEqual(2000);
    }
  }
});

test("the direction of a block is asked for when its text is there", () => {
  const root = document.createElement("article");
  document.body.replaceChildren(root);
  const asked: string[] = [];
  const descriptor = Object.getOwnPropertyDescriptor(HTMLElement.prototype, "dir")!;
  Object.defineProperty(HTMLElement.prototype, "dir", {
    configurable: true,
    set(this: HTMLElement, dir: string) {
      asked.push(`${this.isConnected} ${this.textContent}`);
      descriptor.set!.call(this, dir);
    },
  });
  shown = mount(Blocks, { target: root, props: { blocks: [{ kind: "paragraph", content: [text("[", 0), text("]", 4)] }] } });
  flushSync();
  Object.defineProperty(HTMLElement.prototype, "dir", descriptor);
  expect(asked).toEqual(["true []"]);
  expect(root.querySelector("p")!.getAttribute("dir")).toBe("auto");
});
