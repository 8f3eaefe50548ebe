/** What can be wrong with references before anything is loaded, connected to or paid for. */
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { bareHost, checkHost, parseUrl } from "../../net/url_guard.ts";
import { isUrl } from "../../plan/needs.ts";
import type { Plan } from "../../plan/types.ts";
import type { HostFiles } from "../../platform/host.ts";
import { nameReferenceFlag } from "./reference_flag.ts";

/**
 * Looks at the references of a plan: files have to be there, addresses have to be public by their
 * form. Names are looked up when they are fetched.
 *
 * @param options say which flag gave what is refused
 * @throws AppError MISSING_FILE, INVALID_URL
 */
export async function lookAtReferences(
  files: Pick<HostFiles, "stat">,
  plan: Pick<Plan, "projects">,
  options: Options = {},
): Promise<void> {
  const sources = plan.projects.flatMap(({ media }) => media.map(({ source }) => source));
  for (const source of new Set(sources)) {
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
}

async function lookAtUrl(source: string): Promise<void> {
  // Any public address stands in for the look-up that comes with the fetch.
  await checkHost(bareHost(parseUrl(source, ["https:"])), () => Promise.resolve(["1.1.1.1"]));
}
