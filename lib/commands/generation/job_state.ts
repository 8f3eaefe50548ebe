/** What the journal is told about a job when its run is over. */
import type { AppError } from "../../errors/app_error.ts";
import type { JobChange, JobFile } from "../../platform/journal.ts";
import type { RunOutcome, RunOutput } from "./run_plan.ts";
import type { SavedOutput } from "./save_outputs.ts";

/** Codes by which the SDK only says that it lost sight of a project, or of a finished result. */
const LOST_SIGHT: ReadonlySet<string> = new Set([
  "DOWNLOAD_FAILED",
  "CONNECTION_FAILED",
  "NETWORK_TIMEOUT",
  "MEDIA_UPLOAD_FAILED",
]);

/** @returns `undefined` when results were delivered: then saving them decides */
export function changeAfterRun({ outputs, stopped, detached }: RunOutcome): JobChange | undefined {
  if (detached || (stopped?.kind === "interrupt" && stopped.kept)) {
    return { state: "running", release: true };
  }
  // Without a confirmation the work goes on for all we know, and is collected when it is done.
  if (stopped && !stopped.cancelled) return { state: "unknown", release: true };
  if (outputs.some(({ status }) => status === "completed")) return undefined;
  if (stopped) return { state: "cancelled", open: false };
  const error = outputs.find((output) => output.error)?.error;
  if (error && !isVerdict(error)) return { state: "unknown", release: true, error: brief(error) };
  return {
    state: "failed",
    open: false,
    error: error
      ? brief(error)
      : { code: "CONTENT_FILTERED", message: "Every result was withheld by the content filter." },
  };
}

/**
 * What saving came to, for a job that is still held.
 *
 * @param unsettled why an output is missing that may still come
 */
export function changeAfterSaving(
  delivered: readonly RunOutput[],
  saved: readonly SavedOutput[],
  absolute: (path: string) => string,
  unsettled?: AppError,
): JobChange {
  const files: JobFile[] = saved.flatMap(({ path }, index) => {
    const position = delivered[index]?.position;
    return path === undefined || position === undefined ? [] : [{ position, path: absolute(path) }];
  });
  const unsaved = saved.find(({ error }) => error)?.error ?? unsettled;
  // It stays open: a later run brings the rest to disk.
  if (unsaved) return { state: "finished", files, release: true, error: brief(unsaved) };
  return { state: saved.length > 0 ? "saved" : "finished", files, open: false };
}

/** Whether the service itself said how the project ended. */
function isVerdict({ code, details }: AppError): boolean {
  if (LOST_SIGHT.has(code) || details?.connectionLost) return false;
  if (details?.serviceWord === "projectLost") return false;
  return code !== "PROJECT_FAILED" || details?.serviceCode !== undefined ||
    details?.serviceWord !== undefined;
}

/** The first output that the service may still deliver: nothing it said has settled it. */
export function unsettledError(outputs: readonly RunOutput[]): AppError | undefined {
  return outputs.find(({ error }) => error && !isVerdict(error))?.error;
}

/** The first result that is made and paid for, but has no address. */
export function unaddressedError(outputs: readonly RunOutput[]): AppError | undefined {
  return outputs.find(({ error }) => error?.code === "DOWNLOAD_FAILED")?.error;
}

/** An error as the journal keeps it. */
export function brief({ code, message }: AppError): NonNullable<JobChange["error"]> {
  return { code, message };
}
