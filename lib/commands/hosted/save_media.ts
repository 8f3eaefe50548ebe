/** `--output` of hosted commands: results by their URLs, as files. */
import { isAbsolute, resolve } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { sniffMedia } from "../../media/image/sniff.ts";
import type { CommandContext } from "../context.ts";
import { outputPaths, splitExtension, withExtension } from "../generation/output_paths.ts";
import { writeFailure } from "../generation/save_outputs.ts";
import type { HostedSession } from "./session.ts";

const MAX_BYTES = 2 * 1024 ** 3;
const IDLE_MS = 60_000;
const TOTAL_MS = 30 * 60_000;

/** Addresses of results anywhere in an answer, each once, in order. */
export function findMediaUrls(value: unknown): string[] {
  const found: string[] = [];
  const visit = (part: unknown, key: string) => {
    if (typeof part === "string") {
      if (MEDIA_KEY.test(key) && /^https?:\/\//i.test(part) && !found.includes(part)) {
        found.push(part);
      }
    } else if (Array.isArray(part)) { for (const item of part) visit(item, key); }
    else if (typeof part === "object" && part !== null) {
      for (const [name, item] of Object.entries(part)) visit(item, name);
    }
  };
  visit(value, "");
  return found;
}

/**
 * Saves results where `output` says, which is `--output` unless given: `name.png`, `name-2.png`, …, or into a folder.
 *
 * @returns the paths as typed; empty without `--output`
 * @throws AppError `DOWNLOAD_FAILED` or `OUTPUT_WRITE_FAILED`
 */
export async function saveMedia(
  { host, invocation, report }: CommandContext,
  { allowLoopback, signal }: HostedSession,
  urls: readonly string[],
  output: string | undefined = invocation.options.output,
): Promise<string[]> {
  if (output === undefined) return [];
  if (urls.length === 0) {
    report.warn("--output: there is no result to save yet.");
    return [];
  }
  const absolute = (path: string) => isAbsolute(path) ? path : resolve(host.facts.cwd, path);
  const isFolder = (await host.files.stat(absolute(output)))?.kind === "directory";
  const prompt = invocation.prompt ?? "";
  const paths = outputPaths({ output, isFolder, extension: "bin", prompt }, urls.length);
  const fetched: Fetched[] = [];
  try {
    for (const [index, url] of urls.entries()) {
      const path = paths[index] ?? output;
      const { head } = await fetchTo(url, absolute(path));
      fetched.push({ path, extension: sniffMedia(head)?.extension });
    }
  } finally {
    const moved = fittingNames(fetched);
    // Those that get another ending leave first, so that every name is free when it is taken.
    const order = moved.toSorted(([, a], [, b]) => paths.indexOf(a) - paths.indexOf(b));
    for (const [from, to] of order) {
      if (from !== to) await host.files.rename(absolute(from), absolute(to));
    }
    for (const [, to] of moved) report.note(`Saved to ${to}`);
    fetched.forEach((file, index) => file.path = moved[index]?.[1] ?? file.path);
  }
  return fetched.map(({ path }) => path);

  async function fetchTo(url: string, to: string) {
    try {
      return await host.download(url, {
        maxBytes: MAX_BYTES,
        idleTimeoutMs: IDLE_MS,
        timeoutMs: TOTAL_MS,
        to,
        allowLoopback,
        signal,
      });
    } catch (cause) {
      const code = String((cause as { code?: unknown }).code ?? "");
      const message = cause instanceof Error ? cause.message : String(cause);
      if (!TRANSFER_CODES.has(code)) throw writeFailure(to, code, message, cause);
      throw new AppError("DOWNLOAD_FAILED", `A result could not be downloaded: ${message}`, {
        details: { path: to, cause: code },
        hint: "The result is done and paid for; fetch it again with --get-workflow ID -o FILE.",
        cause,
      });
    }
  }
}

interface Fetched {
  path: string;
  /** What the bytes are; `undefined` when they are of no known kind. */
  extension: string | undefined;
}

/**
 * The name of each file, in the order given: those that are what was asked for by its ending take
 * the first names, so that `film.mp4` is the film and `film-2.png` the picture it was made from.
 */
function fittingNames(files: readonly Fetched[]): [from: string, to: string][] {
  const names = files.map(({ path }) => path);
  const asked = (path: string) =>
    splitExtension(path).extension.slice(1).toLowerCase().replace("jpeg", "jpg");
  const differs = ({ path, extension }: Fetched) =>
    extension !== undefined && asked(path) !== "" && asked(path) !== extension;
  const isAsked = ({ path, extension }: Fetched) => asked(path) === extension;
  const ranked = files.some(isAsked)
    ? [...files.filter((file) => !differs(file)), ...files.filter(differs)]
    : files;
  return files.map((file) => {
    const name = names[ranked.indexOf(file)] ?? file.path;
    return [
      file.path,
      differs(file) ? withExtension(name, file.extension ?? "bin") : name,
    ];
  });
}

const MEDIA_KEY =
  /^(?:url|urls|mediaUrls?|resultUrls?|imageUrls?|videoUrls?|audioUrls?|downloadUrl)$/;
const TRANSFER_CODES = new Set([
  "EHTTP",
  "ETIMEDOUT",
  "EFBIG",
  "ETRUNCATED",
  "EBADURL",
  "ENETWORK",
  "EABORT",
]);
