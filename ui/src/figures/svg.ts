/** A figure as a document of its own, for a paper or a slide. */

/** What the screen's rules give a shape or a word, written on it so that it looks the same without them. */
const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
  "paint-order",
] as const;

const DRAWN = "svg, g, path, rect, circle, line, text, tspan, polygon";
/** Namespaces are written by the serializer, and no other attribute of these has a use outside the window. */
const FOREIGN = /^(class|style|id|xmlns.*|on.*|aria-.*|.*href)$/;
const XMLNS = "http://www.w3.org/2000/svg";

/** The picture with its looks written into it, in the light colours that print well, on white. */
export function standalone(picture: SVGSVGElement, title: string): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  // Beside the original the copy is under the same rules, and `print` has the light colours.
  const sheet = document.createElement("div");
  sheet.className = "print";
  sheet.append(copy);
  picture.parentElement?.append(sheet);
  const looks = new Map([copy, ...copy.querySelectorAll(DRAWN)].map((element) => [element as Element, looksOf(element)]));
  sheet.remove();
  for (const [element, look] of looks) dress(element, look, element === copy ? undefined : looks.get(element.parentElement!));
  for (const element of [copy, ...copy.querySelectorAll("*")]) bare(element);
  frame(copy, title);
  return new XMLSerializer().serializeToString(copy);
}

type Look = Record<string, string>;

function looksOf(element: Element): Look {
  const style = getComputedStyle(element);
  return Object.fromEntries(LOOKS.map((name) => [name, style.getPropertyValue(name)]));
}

/** Writes what an element does not have from its parent anyway. */
function dress(element: Element, look: Look, parent: Look | undefined) {
  for (const [name, value] of Object.entries(look)) {
    const usual = name === "opacity" ? "1" : (parent?.[name] ?? "");
    if (value === usual || value === "normal") element.removeAttribute(name);
    else if (value !== "") element.setAttribute(name, value);
  }
}

/** Takes away what means nothing outside the window, or could load or run something. */
function bare(element: Element) {
  if (["style", "script", "title"].includes(element.localName)) element.remove();
  for (const { name } of [...element.attributes]) {
    if (FOREIGN.test(name)) element.removeAttribute(name);
  }
}

/** What is said in the figure's frame on screen: its size, its ground and its title. */
function frame(picture: SVGSVGElement, title: string) {
  const [x = 0, y = 0, width = 0, height = 0] = (picture.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  const pad = 8;
  const box = { x: x - pad, y: y - pad, width: width + 2 * pad, height: height + 2 * pad };
  picture.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  picture.setAttribute("width", String(box.width));
  picture.setAttribute("height", String(box.height));
  picture.setAttribute("role", "img");
  const ground = document.createElementNS(XMLNS, "rect");
  for (const [name, value] of Object.entries(box)) ground.setAttribute(name, String(value));
  ground.setAttribute("fill", "#ffffff");
  const heading = document.createElementNS(XMLNS, "title");
  heading.textContent = title;
  picture.prepend(heading, ground);
}

/** A file's name from a caption. */
export function fileName(caption: string): string {
  const words = caption.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["figure"];
  return `${words.slice(0, 8).join("-")}.svg`;
}
