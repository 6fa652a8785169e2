import type { Counted } from "./Counted";
export type TextsFound = { count: number, scenarios: number, groups: Array<Counted>, problems: Array<string>, notes: Array<string>, };
