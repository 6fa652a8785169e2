import { readFileSync } from "node:fs";
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { Figure } from "../src/contract/Figure";
import type { Paint } from "../src/contract/Paint";
import Shapes from "../src/figures/Shapes.svelte";
import { figureOf } from "../src/figures/of";

const plain: Paint = { fill: "accent", strength: 0.5, stroke: null, width: 0, dashed: false };
const line: Paint = { fill: null, strength: 1, stroke: "edge", width: 1, dashed: true };
const figure: Figure = {
  of: "axes/tone/table",
  name: "tone",
  title: "Tone",
  description: "…",
  width: 100,
  height: 50,
  shapes: [
    { kind: "rect", x: 1, y: 2, width: 3, height: 4, paint: plain },
    { kind: "circle", x: 1, y: 2, r: 3, paint: plain },
    { kind: "path", points: [[0, 0], [1, 1], [2, 0]], paint: plain },
    { kind: "path", points: [[0, 0], [1, 1]], paint: line },
    { kind: "text", x: 1, y: 2, text: "<b>&", size: 12, anchor: "middle", tone: "muted", halo: true, turned: true },
  ],
};

test("a figure on screen has the shapes that its file has, in the window\u2019s colours", async () => {
  const screen = mount(Shapes, { target: document.body, props: { figure } });
  const svg = document.querySelector("svg")!;
  expect(svg.getAttribute("viewBox")).toBe("0 0 100 50");
  expect([...svg.children].map(({ localName }) => localName)).toEqual(["rect", "circle", "polygon", "polyline", "text"]);
  const [rect, , polygon, polyline, text] = [...svg.children];
  expect(rect!.classList).toContain("fill-accent");
  expect(rect!.getAttribute("fill-opacity")).toBe("0.5");
  expect(polygon!.getAttribute("points")).toBe("0,0 1,1 2,0");
  expect(polyline!.classList).toContain("stroke-edge");
  expect(polyline!.getAttribute("stroke-dasharray")).toBe("4 3");
  expect(text!.textContent).toBe("<b>&");
  expect(text!.getAttribute("transform")).toBe("rotate(-90 1 2)");
  expect([...text!.classList]).toEqual(expect.arrayContaining(["fill-muted", "halo"]));
  await unmount(screen);
});

test("every colour that a shape can have is one of the window\u2019s", () => {
  const tones = readFileSync("src/contract/Tone.ts", "utf8").match(/"(\w+)"/g)!.map((tone) => tone.slice(1, -1));
  const rules = readFileSync("src/figures/Shapes.svelte", "utf8");
  expect(tones.length).toBeGreaterThan(4);
  for (const tone of tones) {
    expect(rules).toMatch(new RegExp(`\\.fill-${tone} \\{\\s*fill: var\\(--${tone}\\)`));
    expect(rules).toMatch(new RegExp(`\\.stroke-${tone} \\{\\s*stroke: var\\(--${tone}\\)`));
  }
});

test("the figure of a part of a report is found by its place", () => {
  expect(figureOf([figure], "axes/tone/table")).toBe(figure);
  expect(figureOf([figure], "axes/tone")).toBeUndefined();
});
