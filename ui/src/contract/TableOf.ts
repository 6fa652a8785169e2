export type TableOf = "grades" | "responses" | "scenarios";
