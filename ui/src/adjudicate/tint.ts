import type { Span } from "../contract/Span";
import { rangeOf } from "../text/position";
import { COLOURS, colour, type Quoted } from "./quoted";

const SEVERAL = "voice-several";

/** Tints what voices quote, each in its colour, and what several quote in one of its own. Returns what ends it. */
export function tint(root: HTMLElement, parts: Quoted[]): () => void {
  if (typeof Highlight === "undefined") return () => {};
  const names = [...Array.from({ length: COLOURS }, (_, place) => `voice-${place + 1}`), SEVERAL];
  const nameOf = ({ voices }: Quoted) => (voices.length > 1 ? SEVERAL : `voice-${colour(voices[0]!)}`);
  for (const name of names) {
    const spans = parts.filter((part) => nameOf(part) === name).map(({ span }) => span);
    if (spans.length > 0) CSS.highlights.set(name, new Highlight(...ranges(root, spans)));
  }
  return () => names.forEach((name) => CSS.highlights.delete(name));
}

function ranges(root: HTMLElement, spans: Span[]): Range[] {
  return spans.map((span) => rangeOf(root, span)).filter((range) => range !== null);
}
