import type { Failure } from "../contract/Failure";
import { formatsInWords } from "./codes";

function isFailure(error: unknown): error is Failure {
  return typeof error === "object" && error !== null && "kind" in error && "message" in error;
}

/** Whatever a command rejected with, as a failure. What is not understood may not have been saved. */
export function failureOf(error: unknown): Failure {
  if (isFailure(error)) return { ...error, message: formatsInWords(error.message) };
  return { kind: "not_saved", message: error instanceof Error ? error.message : String(error) };
}

export function messageOf(error: unknown): string {
  return failureOf(error).message;
}
