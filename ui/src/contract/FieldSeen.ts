export type FieldSeen = { name: string, required: boolean, several: boolean, constant: boolean, };
