/** Brings finished results to disk: checked, resumed by a new address, atomic. */
import { AppError } from "../../errors/app_error.ts";
import { sniffMedia } from "../../media/image/sniff.ts";
import type { DownloadResult, Host } from "../../platform/host.ts";
import { httpTimeoutMs } from "../../service/hosted/settings.ts";
import { withExtension } from "./output_paths.ts";
import type { RunOutput } from "./run_plan.ts";

/** What saving needs. */
export interface SaveRequest {
  host: Host;
  outputs: readonly RunOutput[];
  /** A path for each output, absolute. */
  paths: readonly string[];
  /** The service is on loopback (sandbox, or opted in). */
  allowLoopback: boolean;
  /** Milliseconds for one transfer. */
  timeoutMs: number;
  onSaved: (path: string) => void;
  warn: (text: string) => void;
  /** Called with each saved file, to write what it was made of into it. */
  stamp?: (path: string, output: RunOutput) => Promise<void>;
}

/** What became of one output: its file, or why there is none. */
export interface SavedOutput {
  path?: string;
  error?: AppError;
}

/** Results are refused above this: 2 GiB. */
const MAX_RESULT_BYTES = 2 * 1024 ** 3;
const ATTEMPTS = 3;
const RETRY_DELAY_MS = 500;

/** Saves every output; a failure of one does not stop the others. */
export async function saveOutputs(request: SaveRequest): Promise<SavedOutput[]> {
  return await Promise.all(request.outputs.map(async (output, index) => {
    const path = request.paths[index];
    if (path === undefined || output.url === undefined) return {};
    try {
      const saved = await saveOne(request, output, path);
      await request.stamp?.(saved, output);
      request.onSaved(saved);
      return { path: saved };
    } catch (error) {
      return { error: asWriteError(error, path) };
    }
  }));
}

async function saveOne(request: SaveRequest, output: RunOutput, path: string): Promise<string> {
  const { files } = request.host;
  // What is there stays until the new file has been looked at.
  const replaces = (await files.stat(path))?.kind === "file";
  const arrival = replaces ? await files.temporary(path) : path;
  const { head, contentType } = await fetchTo(request, output, arrival);
  try {
    const saved = checkedPath(request, path, head, contentType);
    if (saved !== arrival) await files.rename(arrival, saved);
    return saved;
  } catch (error) {
    await files.remove(arrival);
    throw error;
  }
}

/** Where a file with these first bytes belongs. @throws AppError DOWNLOAD_FAILED for no media */
function checkedPath(
  request: SaveRequest,
  path: string,
  head: Uint8Array,
  contentType: string | null,
): string {
  const type = sniffMedia(head);
  if (!type) {
    if (head.length > 0 && !isText(contentType, head)) {
      // It is paid for: a format that is not known here may be known elsewhere.
      request.warn(`${path} is of no media type that is known here; it is kept as it came.`);
      return path;
    }
    throw new AppError("DOWNLOAD_FAILED", "The service sent something that is no media file.", {
      details: { path },
      hint: "Run the same command again, or open the URL of the result in a browser.",
    });
  }
  const wanted = extensionOf(path);
  if (wanted === undefined || sameFormat(wanted, type.extension)) return path;
  const renamed = withExtension(path, type.extension);
  request.warn(`The service sent ${type.mime}, so the file is ${renamed}`);
  return renamed;
}

async function fetchTo(
  request: SaveRequest,
  output: RunOutput,
  path: string,
): Promise<Pick<DownloadResult, "head" | "contentType">> {
  let url = output.url ?? "";
  for (let attempt = 1;; attempt++) {
    try {
      return await request.host.download(url, {
        maxBytes: MAX_RESULT_BYTES,
        idleTimeoutMs: httpTimeoutMs(request.host.facts.env),
        timeoutMs: request.timeoutMs,
        to: path,
        allowLoopback: request.allowLoopback,
      });
    } catch (error) {
      if (attempt >= ATTEMPTS || !isTransferError(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * attempt));
      // The address may have expired: a new one costs nothing.
      url = await output.freshUrl?.().catch(() => url) ?? url;
    }
  }
}

/** An error page or message, by its header or by how it begins. */
export function isText(contentType: string | null, head: Uint8Array): boolean {
  if (/^text\/|\b(?:html|xml|json|javascript)\b/i.test(contentType ?? "")) return true;
  return /^(?:\xef\xbb\xbf)?\s*[<{[]/.test(String.fromCharCode(...head));
}

const TRANSFER_CODES = ["EHTTP", "ETIMEDOUT", "ETRUNCATED", "ENETWORK"];

function isTransferError(error: unknown): boolean {
  return TRANSFER_CODES.includes(String((error as { code?: unknown }).code));
}

function asWriteError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = String((error as { code?: unknown }).code ?? "");
  // By name, because a disk has an EFBIG of its own.
  if ((error as { name?: unknown }).name === "DownloadError") {
    return new AppError("DOWNLOAD_FAILED", `The result could not be downloaded: ${message}`, {
      details: { path, cause: code },
      hint: `The render is done and paid for. ${URL_HINT}`,
      cause: error,
    });
  }
  return writeFailure(path, code, message, error, ` The render is paid for. ${URL_HINT}`);
}

/** Where to find the address of a result that could not be saved; errors show it unsigned. */
export const URL_HINT = "Its URL, good for a while, is shown by: sogni-agent --last --json";

const WRITE_HINTS: Readonly<Record<string, string>> = {
  EACCES: "The folder is not writable: choose another with --output, or change its permissions.",
  EPERM: "The folder is not writable: choose another with --output, or change its permissions.",
  EROFS: "The file system is read-only: choose another folder with --output.",
  ENOSPC: "The disk is full: free some space, or choose another disk with --output.",
  EDQUOT: "The disk quota is used up: free some space, or choose another disk with --output.",
  EISDIR: "The path is a folder: end it with / to save into it, or name a file.",
  ENOTDIR: "A part of the path is a file, not a folder: choose another path with --output.",
  EEXIST: "A part of the path is a file, not a folder: choose another path with --output.",
  EFBIG:
    "The file is larger than allowed here: see ulimit -f, or choose another disk with --output.",
  ENOENT: "The folder does not exist and could not be made: choose another path with --output.",
  ENOTFILE: "Results are saved as files: choose another path with --output.",
  ENAMETOOLONG: "The name is too long for the file system: choose a shorter one with --output.",
};

/**
 * The error of a file that could not be written.
 *
 * @param afterHint more for the hint, such as what became of the result
 */
export function writeFailure(
  path: string,
  code: string,
  message: string,
  cause?: unknown,
  afterHint = "",
): AppError {
  // The runtime keeps a few places, such as /proc, for programs that may do everything.
  const refused = (cause as { name?: unknown } | undefined)?.name === "NotCapable";
  const because = refused ? "EACCES" : code || message;
  const why = refused ? "this place may not be written" : message;
  return new AppError("OUTPUT_WRITE_FAILED", `Cannot write ${path}: ${why}`, {
    details: { filePath: path, cause: because },
    hint: `${WRITE_HINTS[because] ?? "Choose another path with --output."}${afterHint}`,
    cause,
  });
}

function extensionOf(path: string): string | undefined {
  return /\.([A-Za-z0-9]{1,5})$/.exec(path)?.[1]?.toLowerCase();
}

const KNOWN = [
  "png",
  "jpg",
  "jpeg",
  "webp",
  "gif",
  "mp4",
  "mov",
  "webm",
  "mp3",
  "flac",
  "wav",
  "m4a",
];

/** An extension that names no media type is left alone. */
function sameFormat(wanted: string, actual: string): boolean {
  if (!KNOWN.includes(wanted)) return true;
  const plain = (extension: string) => extension === "jpeg" ? "jpg" : extension;
  return plain(wanted) === plain(actual);
}
