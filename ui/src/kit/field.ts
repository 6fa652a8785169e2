/** An empty or unreadable number field holds null. */
export type Field = number | null;
