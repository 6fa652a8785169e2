/** The only file that knows Tauri. */

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import type { Step } from "./contract/Step";
import type { Commands } from "./contract/commands";

/** Runs a command; rejects with a `Failure`. */
export function call<K extends keyof Commands>(
  name: K,
  args: Commands[K]["arguments"],
): Promise<Commands[K]["reply"]> {
  return invoke("call", { name, arguments: args });
}

/** Cancels the command that is running, which then rejects with a `Failure` of the kind `cancelled`. */
export function cancel(): Promise<void> {
  return invoke("cancel");
}

/** Calls `handler` with each step of the command that is running; returns what ends it. */
export function onProgress(handler: (step: Step) => void): Promise<() => void> {
  return listen<Step>("progress", ({ payload }) => handler(payload));
}

/** Files that a dialog offers before others: what they are called, and how their names end; none is every file. */
export interface Offered {
  name: string;
  endings: string[];
}

/** A file, of the first that are `offered` unless the person chooses the next. */
export function chooseFile(title: string, offered: Offered[] = []): Promise<string | null> {
  return invoke("choose_file", { title, offered });
}

/** Any number of files, none if the person changes their mind. */
export function chooseFiles(title: string): Promise<string[]> {
  return invoke("choose_files", { title });
}

export function chooseFolder(title: string): Promise<string | null> {
  return invoke("choose_folder", { title });
}

/** Where to save a file that is first called `name`. */
export function chooseSave(title: string, name: string): Promise<string | null> {
  return invoke("choose_save", { title, name });
}

/** The packet the program was started with, if any. */
export function startupFile(): Promise<string | null> {
  return invoke("startup_file");
}

/** Calls `handler` with the files dropped on the window; returns what ends it. */
export function onFileDrop(
  handler: (paths: string[]) => void,
  hover: (over: boolean) => void = () => {},
): Promise<() => void> {
  return getCurrentWebview().onDragDropEvent(({ payload }) => {
    hover(payload.type === "enter" || payload.type === "over");
    if (payload.type === "drop") handler(payload.paths);
  });
}

/** Asks `mayClose` before the window closes; returns what ends it. */
export function onClose(mayClose: () => Promise<boolean>): Promise<() => void> {
  return getCurrentWindow().onCloseRequested(async (event) => {
    if (!(await mayClose())) event.preventDefault();
  });
}

/** Closes the window without asking. */
export function closeWindow(): Promise<void> {
  return getCurrentWindow().destroy();
}
