/** The one check of every path that a local media command is given. */
import { join, resolve } from "node:path";
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";

// Every control character but the tab.
// deno-lint-ignore no-control-regex
const REFUSED = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** @throws AppError `INVALID_PATH` naming `label` */
export function refuseControlCharacters(label: string, path: string): void {
  if (!REFUSED.test(path)) return;
  throw new AppError("INVALID_PATH", `${label} holds a control character: ${quote(path)}.`, {
    details: { label },
    hint: "Rename the file, or give a path without line breaks and other control characters.",
  });
}

/**
 * Checks a path, expands a leading `~` and makes it absolute.
 *
 * @param label says which argument it is: `--concat-audio`
 */
export function localPath(host: Host, label: string, path: string): string {
  refuseControlCharacters(label, path);
  return resolve(host.facts.cwd, shownPath(host, path));
}

/** A path as results show it: as it was typed, with a leading `~` expanded. */
export function shownPath(host: Host, path: string): string {
  const { home } = host.facts;
  if (path === "~") return home;
  return /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
}

/**
 * {@link localPath} of a file that must exist.
 *
 * @throws AppError `FILE_NOT_FOUND`
 */
export async function inputPath(host: Host, label: string, path: string): Promise<string> {
  const absolute = localPath(host, label, path);
  const info = await host.files.stat(absolute);
  if (info?.kind === "file" || info?.kind === "other") return absolute;
  const problem = info ? "is a folder, not a file" : "does not exist";
  throw new AppError("FILE_NOT_FOUND", `${label}: ${quote(absolute)} ${problem}.`, {
    details: { path: absolute },
    hint: "Check the path; it is taken relative to the current folder.",
  });
}

/**
 * True when writing `output` would replace one of the inputs.
 *
 * Names that differ only in case are one file on most macOS and Windows disks.
 */
export async function replacesInput(
  host: Host,
  output: string,
  inputs: readonly string[],
): Promise<boolean> {
  if (!(await host.files.stat(output))) return false;
  const fold = host.facts.system === "linux" ? same : lower;
  const target = fold(await host.files.realPath(output));
  for (const input of inputs) {
    if (fold(await host.files.realPath(input)) === target) return true;
  }
  return false;
}

function quote(path: string): string {
  return JSON.stringify(path);
}

function same(path: string): string {
  return path;
}

function lower(path: string): string {
  return path.toLowerCase();
}
