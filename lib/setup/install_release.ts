/** Updates a lone executable from a signed release. */
import { createHash } from "node:crypto";
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { compareVersions } from "../text/compare_versions.ts";
import { MANIFEST_NAME } from "./release_channel.ts";
import {
  readSignedManifest,
  type ReleaseFile,
  type ReleaseManifest,
  untrusted,
} from "./release_manifest.ts";
import { nameOfNext, replaceProgram } from "./replace_program.ts";

/** What is updated, and from where. */
export interface ReleaseRequest {
  /** Path of the running executable, links followed. */
  readonly program: string;
  /** `linux-x64`, … */
  readonly target: string;
  readonly running: string;
  /** Ends with `/`. */
  readonly baseUrl: string;
  /** Base64, SPKI. */
  readonly publicKey: string;
  /** A release server on this machine is allowed; for tests. */
  readonly allowLoopback?: boolean;
  /** Hears what is going on. */
  readonly onStep?: (text: string) => void;
}

/** What came of it: the version now in place. */
export interface ReleaseResult {
  readonly version: string;
  readonly updated: boolean;
}

type Machine = Pick<Host, "files" | "facts" | "download" | "run">;

const MAX_MANIFEST_BYTES = 1024 * 1024;
const MAX_PROGRAM_BYTES = 512 * 1024 * 1024;
const HASH_BLOCK_BYTES = 4 * 1024 * 1024;

/**
 * Downloads, checks signature, version, machine, size and hash, starts the new program once, and
 * only then replaces the old one. Whatever fails, the old one stays.
 *
 * @throws AppError SELF_UPDATE_UNAVAILABLE, RELEASE_UNTRUSTED, SELF_UPDATE_FAILED
 */
export async function installRelease(
  host: Machine,
  request: ReleaseRequest,
): Promise<ReleaseResult> {
  if (request.publicKey === "" || request.baseUrl === "") throw noKeyYet();
  const manifest = await fetchManifest(host, request);
  const { version } = manifest;
  const age = compareVersions(version, request.running);
  if (version === request.running) return { version, updated: false };
  if (age <= 0) {
    throw untrusted(
      `The release offered is ${version}, which is not newer than ${request.running}.`,
      { offered: version, running: request.running },
    );
  }
  const file = manifest.files[request.target];
  if (!Object.hasOwn(manifest.files, request.target) || !file) {
    throw new AppError(
      "SELF_UPDATE_UNAVAILABLE",
      `Release ${version} has nothing for this machine (${request.target}).`,
      { details: { target: request.target, targets: Object.keys(manifest.files) } },
    );
  }
  await replaceBy(host, request, version, file);
  return { version, updated: true };
}

async function fetchManifest(host: Machine, request: ReleaseRequest): Promise<ReleaseManifest> {
  request.onStep?.("Looking for a newer release...");
  const [manifest, signature] = await Promise.all([
    fetchSmall(host, request, MANIFEST_NAME),
    fetchSmall(host, request, `${MANIFEST_NAME}.sig`),
  ]);
  return readSignedManifest(manifest, new TextDecoder().decode(signature), request.publicKey);
}

async function fetchSmall(
  host: Machine,
  { baseUrl, allowLoopback = false }: ReleaseRequest,
  name: string,
): Promise<Uint8Array> {
  try {
    const { bytes } = await host.download(`${baseUrl}${name}`, {
      maxBytes: MAX_MANIFEST_BYTES,
      idleTimeoutMs: 15_000,
      timeoutMs: 30_000,
      allowLoopback,
    });
    return bytes ?? new Uint8Array();
  } catch (error) {
    throw failed(`${name} could not be fetched`, error);
  }
}

async function replaceBy(
  host: Machine,
  { program, baseUrl, allowLoopback = false, onStep }: ReleaseRequest,
  version: string,
  file: ReleaseFile,
): Promise<void> {
  const next = nameOfNext(program, version);
  try {
    onStep?.(`Fetching ${version} (${(file.size / 1024 / 1024).toFixed(1)} MiB)...`);
    await host.download(`${baseUrl}${file.name}`, {
      maxBytes: Math.min(file.size, MAX_PROGRAM_BYTES),
      idleTimeoutMs: 30_000,
      timeoutMs: 30 * 60_000,
      to: next,
      allowLoopback,
    });
    await checkFile(host, next, file);
    await host.files.chmod(next, ((await host.files.stat(program))?.mode ?? 0) | 0o755);
    await checkThatItRuns(host, next, version);
    await replaceProgram(host, program, next);
  } catch (error) {
    await host.files.remove(next).catch(() => {});
    throw error instanceof AppError ? error : failed("the new program was not put in place", error);
  }
}

async function checkFile({ files }: Machine, path: string, file: ReleaseFile): Promise<void> {
  const size = (await files.stat(path))?.size ?? 0;
  const hash = createHash("sha256");
  for (let at = 0; at < size; at += HASH_BLOCK_BYTES) {
    hash.update(await files.readRange(path, at, HASH_BLOCK_BYTES));
  }
  if (size !== file.size || hash.digest("hex") !== file.sha256) {
    throw untrusted(`${file.name} is not the file that was signed.`, { name: file.name });
  }
}

/** A program for another libc or processor would pass every other check. */
async function checkThatItRuns(host: Machine, program: string, version: string): Promise<void> {
  const { code, stdout } = await host.run(program, ["--version", "--no-update-check"], {
    timeoutMs: 30_000,
  });
  const said = new TextDecoder().decode(stdout).trim();
  if (code !== 0 || said !== version) {
    throw failed(`the new program does not run here (exit code ${code})`);
  }
}

function failed(what: string, cause?: unknown): AppError {
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  const reason = typeof message === "string" ? `: ${message}` : "";
  const denied = code === "EACCES" || code === "EPERM" || code === "EROFS";
  return new AppError("SELF_UPDATE_FAILED", `The update failed: ${what}${reason}.`, {
    details: { ...(typeof code === "string" ? { cause: code } : {}) },
    hint: denied
      ? "The old version is still in place. Run the update as the owner of the program, or install " +
        "sogni-agent into a folder of your own."
      : "The old version is still in place. Try again later.",
    ...(cause === undefined ? {} : { cause }),
  });
}

function noKeyYet(): AppError {
  return new AppError(
    "SELF_UPDATE_UNAVAILABLE",
    "This executable cannot update itself: no release key has been published yet, so a download " +
      "could not be trusted.",
    {
      details: { kind: "binary" },
      hint: "Put a newer executable in its place by hand, or install with a package manager.",
    },
  );
}
