export type HeldColumn = { column: string, field: string, };
