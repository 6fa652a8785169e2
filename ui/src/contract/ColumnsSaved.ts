export type ColumnsSaved = { file: string, };
