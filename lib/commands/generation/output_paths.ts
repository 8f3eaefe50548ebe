/** Where results are saved: pure naming rules. */

/** What decides the names. */
export interface OutputNaming {
  /** `--output` as typed, `~` expanded. */
  output: string;
  /** True when the path is an existing folder. */
  isFolder: boolean;
  /** Extension of the results, without the dot. */
  extension: string;
  /** For names inside a folder. */
  prompt: string;
}

/**
 * Paths for `count` results: `name.png`, `name-2.png`, …; inside a folder the name comes from the
 * prompt. A path without an extension is used as it is.
 */
export function outputPaths(naming: OutputNaming, count: number): string[] {
  const inFolder = naming.isFolder || /[/\\]$/.test(naming.output);
  const base = inFolder
    ? `${naming.output.replace(/[/\\]+$/, "")}/${slug(naming.prompt)}.${naming.extension}`
    : naming.output;
  return Array.from(
    { length: count },
    (_, index) => index === 0 ? base : numbered(base, index + 1),
  );
}

/** `name.ext` → `name-2.ext`; a dot in a folder's name or at the start is not an extension. */
export function numbered(path: string, number: number): string {
  const { stem, extension } = splitExtension(path);
  return `${stem}-${number}${extension}`;
}

/** Splits off the extension with its dot. */
export function splitExtension(path: string): { stem: string; extension: string } {
  const match = /^(.*[^/\\])(\.[A-Za-z0-9]{1,5})$/s.exec(path);
  return match
    ? { stem: match[1] ?? path, extension: match[2] ?? "" }
    : { stem: path, extension: "" };
}

/** The path with the extension that the bytes ask for. */
export function withExtension(path: string, extension: string): string {
  return `${splitExtension(path).stem}.${extension}`;
}

const SLUG_LENGTH = 48;

/** A file name from a prompt: letters, digits and single dashes. */
export function slug(prompt: string): string {
  const words = prompt.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return words.slice(0, SLUG_LENGTH).replace(/-+$/, "") || "sogni";
}
