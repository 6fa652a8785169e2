export type ListSheets = { file: string, };
