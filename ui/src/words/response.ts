import type { ResponseView } from "../contract/ResponseView";

/** Why there is nothing, or not all, to read; null where the response is whole. */
export function blankWords({ filtered, empty }: ResponseView): string | null {
  if (!filtered) return empty ? "The response is blank." : null;
  if (empty) return "The provider filtered this response: there is no text.";
  return "The provider’s filter cut this response off; this is what was left.";
}
