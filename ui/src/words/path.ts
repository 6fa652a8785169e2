/** A file's or folder's own name. */
export function baseName(path: string): string {
  return path.replace(/[\\/]+$/, "").split(/[\\/]/).at(-1) ?? path;
}

/** The path of `name` in the folder that holds `file`. */
export function beside(file: string, name: string): string {
  return `${file.slice(0, file.length - baseName(file).length)}${name}`;
}

/** Whether a path is that of a study's file rather than a packet's. */
export function isStudy(path: string): boolean {
  return path.trim().toLowerCase().endsWith(".primum-study");
}
