/** The local clock time of an RFC 3339 moment, to the second. */
export function clockTime(moment: string): string {
  return new Date(moment).toLocaleTimeString("en-GB");
}

/** A length of time as it was measured: "2 min 40 s", "52 min", "1 h 5 min". */
export function lasting(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 600) return parts(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : parts(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

/** A length of time that is only estimated, as exact as that allows: "about 50 min", "about 2½ h". */
export function roughly(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 9.5) return `about ${Math.max(1, Math.round(minutes))} min`;
  if (minutes < 87.5) return `about ${5 * Math.round(minutes / 5)} min`;
  const halves = Math.round(minutes / 30);
  return `about ${Math.floor(halves / 2)}${halves % 2 === 1 ? "½" : ""} h`;
}

function parts(more: number, one: string, rest: number, other: string): string {
  return rest === 0 ? `${more} ${one}` : `${more} ${one} ${rest} ${other}`;
}

/** The local day and time of an RFC 3339 moment. */
export function dayTime(moment: string): string {
  return new Date(moment).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
