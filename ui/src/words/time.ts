/** The local clock time of an RFC 3339 moment, to the second. */
export function clockTime(moment: string): string {
  return new Date(moment).toLocaleTimeString("en-GB");
}

/** The local day and time of an RFC 3339 moment. */
export function dayTime(moment: string): string {
  return new Date(moment).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
