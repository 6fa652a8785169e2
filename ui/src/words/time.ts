import { m } from "../messages/language.svelte";

/** A length of time as it was measured: "2 min 40 s", "52 min", "1 h 5 min". */
export function lasting(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return m.words.seconds(seconds);
  const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (seconds < 600) return rest === 0 ? m.words.minutes(whole) : m.words.minutesSeconds(whole, rest);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return m.words.minutes(minutes);
  return minutes % 60 === 0 ? m.words.hours(minutes / 60) : m.words.hoursMinutes(Math.floor(minutes / 60), minutes % 60);
}

/** A length of time that is only estimated, as exact as that allows: "about 50 min", "about 2½ h". */
export function roughly(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  if (minutes < 9.5) return m.words.aboutMinutes(Math.max(1, Math.round(minutes)));
  if (minutes < 87.5) return m.words.aboutMinutes(5 * Math.round(minutes / 5));
  return m.words.aboutHours(Math.round(minutes / 30) / 2);
}
