import type { ListedSheet } from "./ListedSheet";
export type SheetList = { file: string, sheet?: string, rater?: string, sheets: Array<ListedSheet>, };
