import type { ResponseView } from "../contract/ResponseView";
import { m } from "../messages/language.svelte";

/** Why there is nothing, or not all, to read; null where the response is whole. */
export function blankWords({ filtered, empty }: ResponseView): string | null {
  if (!filtered) return empty ? m.words.blank : null;
  if (empty) return m.words.filtered;
  return m.words.cutOff;
}
