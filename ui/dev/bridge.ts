/** What stands in for src/bridge.ts in a plain browser: the same program, asked through the development server. */

import type * as bridge from "../src/bridge";
import type { Commands } from "../src/contract/commands";

export async function call<K extends keyof Commands>(name: K, args: Commands[K]["arguments"]): Promise<Commands[K]["reply"]> {
  const response = await fetch("/call", { method: "POST", body: JSON.stringify({ name, arguments: args }) });
  const { ok, error } = (await response.json()) as { ok?: Commands[K]["reply"]; error?: unknown };
  if (error !== undefined) throw error;
  return ok as Commands[K]["reply"];
}

/** A browser does not tell where a file is, so its path is asked for. */
const ask = (title: string) => Promise.resolve(window.prompt(`${title}: its path`));
const nothing = () => Promise.resolve(() => {});

export const chooseFile = ask;
export const chooseFolder = ask;
export const chooseSave = (title: string, name: string) => Promise.resolve(window.prompt(`${title}: its path`, name));
export const chooseFiles = async (title: string) => (await ask(title))?.split(/\s*,\s*/).filter((path) => path !== "") ?? [];
/** As in http://localhost:1420/?open=/home/me/packet-A.primum-packet. */
export const startupFile = () => Promise.resolve(new URLSearchParams(location.search).get("open"));
// One request follows another: nothing can be cancelled, and no step is told.
export const cancel = () => Promise.resolve();
export const onProgress = nothing;
export const onFileDrop = nothing;
export const onClose = nothing;
export const closeWindow = () => Promise.resolve();

({ call, cancel, onProgress, chooseFile, chooseFiles, chooseFolder, chooseSave, startupFile, onFileDrop, onClose, closeWindow }) satisfies typeof bridge;
