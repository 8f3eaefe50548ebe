/** The record of the last render: one JSON object, replaced by each run. */
import { resolve } from "node:path";
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import type { LastRenderFacts } from "../plan/types.ts";
import { updateJsonFile } from "./json_file.ts";
import type { StatePaths } from "./paths.ts";
import { readStateText } from "./state_file.ts";

/** The keys are those of the success object, see the contract. */
export type LastRenderRecord = Record<string, unknown>;

type Machine = Pick<Host, "files" | "facts">;

/**
 * Replaces the record. One that is damaged is kept aside first.
 *
 * @throws AppError STATE_WRITE_FAILED, STATE_LOCKED
 */
export async function writeLastRender(
  host: Machine,
  paths: StatePaths,
  record: LastRenderRecord,
): Promise<void> {
  const write = () => updateJsonFile(host, paths.lastRender, asRecord, () => record);
  try {
    await write();
  } catch (error) {
    const moved = error instanceof AppError && error.code === "STATE_FILE_DAMAGED" &&
      error.details?.keptAt !== null;
    if (!moved) throw error;
    await write();
  }
}

/** The text of the record as it is in the file; `undefined` when nothing was rendered yet. */
export async function readLastRenderText(
  host: Machine,
  paths: StatePaths,
): Promise<string | undefined> {
  const text = await readStateText(host, paths.lastRender);
  return text === undefined || text.trim() === "" ? undefined : text;
}

/** The record in a text, or `undefined` when the text is no JSON object. */
export function parseLastRender(text: string): LastRenderRecord | undefined {
  try {
    return asRecord(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch {
    return undefined;
  }
}

/**
 * What `--last-seed` and `--last-image` take from the record. A damaged one stays where it is:
 * `--last` still shows it, and the next render keeps it aside.
 *
 * @param warn hears of a record that cannot be used; what it throws is passed on
 * @returns `undefined` when there is none
 */
export async function lastRenderFacts(
  host: Machine,
  paths: StatePaths,
  warn: (text: string, error: AppError) => void,
): Promise<LastRenderFacts | undefined> {
  let record: LastRenderRecord | undefined;
  try {
    record = await readRecord(host, paths);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    warn(`Warning: ${error.message}${error.hint ? ` ${error.hint}` : ""}`, error);
  }
  if (!record) return undefined;
  const image = await existingImage(host, record);
  return {
    ...(typeof record.seed === "number" ? { seed: record.seed } : {}),
    ...(image === undefined ? {} : { image }),
  };
}

async function readRecord(
  host: Machine,
  paths: StatePaths,
): Promise<LastRenderRecord | undefined> {
  const text = await readLastRenderText(host, paths);
  if (text === undefined) return undefined;
  const record = parseLastRender(text);
  if (record) return record;
  throw new AppError("STATE_FILE_DAMAGED", `${paths.lastRender} cannot be understood.`, {
    details: { path: paths.lastRender, keptAt: null },
    hint: "Repair it or move it away; the next render keeps it aside.",
  });
}

/** The local file if it is there now, else the first URL. */
async function existingImage(
  { files, facts }: Machine,
  record: LastRenderRecord,
): Promise<string | undefined> {
  const { localPath, urls } = record;
  if (typeof localPath === "string" && localPath !== "") {
    const info = await files.stat(resolve(facts.cwd, localPath)).catch(() => undefined);
    if (info?.kind === "file") return localPath;
  }
  const first: unknown = Array.isArray(urls) ? urls[0] : undefined;
  return typeof first === "string" && /^https?:\/\//i.test(first) ? first : undefined;
}

function asRecord(value: unknown): LastRenderRecord | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as LastRenderRecord
    : undefined;
}
