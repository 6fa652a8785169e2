import { expect, test } from "vitest";
import { fileName, standalone } from "../src/figures/svg";
import { labels } from "../src/findings/plane-labels";

const PICTURE = `<div><svg class="plot" viewBox="0 0 100 50" width="100" height="50" aria-label="x" onclick="go()"
  xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
  <style>.plot { color: red }</style>
  <script>alert(1)</script>
  <g class="dots" id="a" style="fill: rgb(1, 2, 3)"><circle cx="1" cy="2" r="3" fill="currentColor"><title>tip</title></circle></g>
  <a href="https://example.org"><text style="font-size: 12px" x="1" y="1">0.5 &lt; 1</text></a>
  <use xlink:href="other.svg#b"></use>
</svg></div>`;

test("a saved figure stands by itself", () => {
  document.body.innerHTML = PICTURE;
  const picture = document.querySelector("svg")!;
  const before = document.body.innerHTML;
  const text = standalone(picture, "Gap & more");
  expect(document.body.innerHTML, "the figure on screen stays as it was").toBe(before);

  const saved = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(saved.querySelector("parsererror")).toBeNull();
  expect(saved.documentElement.localName).toBe("svg");
  expect(saved.querySelector("title")?.textContent).toBe("Gap & more");
  expect(saved.querySelector("script, style")).toBeNull();
  for (const element of saved.querySelectorAll("*")) {
    for (const { name } of element.attributes) expect(name).not.toMatch(/^(class|style|id|on.*|aria-.*|.*href)$/);
  }
  expect(saved.querySelector("g")?.getAttribute("fill")).toBe("rgb(1, 2, 3)");
  expect(saved.querySelector("text")?.getAttribute("font-size")).toBe("12px");
  const ground = saved.querySelector("rect")!;
  expect([ground.getAttribute("fill"), ground.getAttribute("width"), ground.getAttribute("height")]).toEqual(["#ffffff", "116", "66"]);
  expect(saved.documentElement.getAttribute("viewBox")).toBe("-8 -8 116 66");
});

test("a figure's file is called as the figure", () => {
  expect(fileName("OH layperson minus physician, with 95 % intervals over pairs")).toBe("oh-layperson-minus-physician-with-95-intervals-over.svg");
  expect(fileName("…")).toBe("figure.svg");
});

test("names of close points do not lie on each other", () => {
  const spots = [
    { x: 40, y: 100, r: 5, text: "deepseek" },
    { x: 60, y: 104, r: 5, text: "gemini" },
    { x: 290, y: 104, r: 5, text: "opus" },
  ];
  const [first, second, last] = labels(spots, 300);
  expect(first!.anchor, "its right is taken").not.toBe("start");
  expect(second).toMatchObject({ anchor: "start", x: 69, y: 104 });
  expect(last!.anchor, "the edge is near").toBe("end");
});
