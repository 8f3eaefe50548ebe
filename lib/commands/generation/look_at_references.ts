/** What can be wrong with references before anything is loaded, connected to or paid for. */
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { blockedReason } from "../../net/address.ts";
import { bareHost, checkHost, parseUrl } from "../../net/url_guard.ts";
import { isUrl } from "../../plan/needs.ts";
import type { Plan } from "../../plan/types.ts";
import type { HostFiles } from "../../platform/host.ts";
import { nameReferenceFlag } from "./reference_flag.ts";

/** What is known of the command line. */
export interface ReferenceFacts {
  /** Say which flag gave what is refused. */
  options?: Options;
  /** What `--last-image` stands for: it may be on this machine when the service is. */
  ownResult?: string | undefined;
}

/**
 * Looks at the references of a plan: files have to be there and hold something, addresses have to
 * be public by their form. Names are looked up when they are fetched.
 *
 * @throws AppError MISSING_FILE, INVALID_MEDIA_REFERENCE, INVALID_URL
 */
export async function lookAtReferences(
  files: Pick<HostFiles, "stat">,
  plan: Pick<Plan, "projects">,
  { options = {}, ownResult }: ReferenceFacts = {},
): Promise<void> {
  const sources = plan.projects.flatMap(({ media }) => media.map(({ source }) => source));
  for (const source of new Set(sources)) {
    if (source === ownResult && isOnThisMachine(source)) continue;
    if (!isUrl(source)) {
      await lookAtFile(files, source);
      continue;
    }
    try {
      await lookAtUrl(source);
    } catch (error) {
      throw nameReferenceFlag(error, options, source);
    }
  }
}

/** Whether an address is one of this machine; only results of a service here have such. */
export function isOnThisMachine(source: string): boolean {
  if (!isUrl(source) || !URL.canParse(source)) return false;
  return blockedReason(bareHost(new URL(source)), "literal") === "loopback";
}

/** The error for a reference that holds nothing. */
export function emptyReference(source: string): AppError {
  return new AppError("INVALID_MEDIA_REFERENCE", `The reference ${source} is empty.`, {
    details: { source },
    hint: "Check whether it was written or downloaded completely.",
  });
}

/** The error for a reference that is no file that can be read. */
export function missingFile(source: string, what: string, cause?: unknown): AppError {
  return new AppError("MISSING_FILE", `The reference file ${source} ${what}.`, {
    details: { path: source },
    hint: "Check the path; relative paths are seen from the folder the command runs in.",
    cause,
  });
}

async function lookAtFile(files: Pick<HostFiles, "stat">, source: string): Promise<void> {
  const info = await files.stat(source);
  if (!info) throw missingFile(source, "does not exist");
  if (info.kind === "directory") throw missingFile(source, "is a folder");
  if (info.kind === "file" && info.size === 0) throw emptyReference(source);
}

async function lookAtUrl(source: string): Promise<void> {
  // Any public address stands in for the look-up that comes with the fetch.
  await checkHost(bareHost(parseUrl(source, ["https:"])), () => Promise.resolve(["1.1.1.1"]));
}
