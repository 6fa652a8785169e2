export type ListedSheet = { name: string, hidden: boolean, };
