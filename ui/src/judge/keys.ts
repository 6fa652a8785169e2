/** The keys of the reading list; the screen shows each where it applies. */

import type { KeyBindingMap } from "tinykeys";
import { guarded } from "../kit/keys";

export interface Hands {
  step: (by: 1 | -1) => void;
  scroll: (by: 1 | -1) => void;
  leave: () => void;
}

export function bindings({ step, scroll, leave }: Hands): KeyBindingMap {
  const does = (act: () => void, repeats = false) => guarded(() => (act(), true), repeats);
  return {
    j: does(() => step(1), true),
    k: does(() => step(-1), true),
    ArrowRight: does(() => step(1), true),
    ArrowLeft: does(() => step(-1), true),
    Space: does(() => scroll(1), true),
    "Shift+Space": does(() => scroll(-1), true),
    Escape: does(leave),
  };
}
