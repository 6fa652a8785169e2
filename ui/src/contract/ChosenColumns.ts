import type { HeldColumn } from "./HeldColumn";
export type ChosenColumns = { held: Array<HeldColumn>, constants: Record<string, string>, };
