/** The record of the update check: when it ran, what it found, what was said about it. */
import type { Host } from "../platform/host.ts";
import { updateJsonFile } from "./json_file.ts";
import { parseUpdateRecord, type UpdateRecord } from "./update_record_text.ts";

/** A change of the record: what to put over it, or `undefined` to leave it. */
export type RecordChange = (
  current: UpdateRecord | undefined,
) => Partial<UpdateRecord> | undefined;

/**
 * Puts new fields over the record under its lock; all other fields stay. A file that cannot be
 * understood is kept aside and a new one begun.
 *
 * @throws AppError STATE_WRITE_FAILED, STATE_LOCKED
 */
export async function changeUpdateRecord(
  host: Pick<Host, "files" | "facts">,
  path: string,
  change: RecordChange,
): Promise<void> {
  const write = () =>
    updateJsonFile(host, path, asObject, (raw) => {
      const fields = change(raw && parseUpdateRecord(JSON.stringify(raw)));
      return fields && { ...raw, ...fields };
    });
  try {
    await write();
  } catch (error) {
    if ((error as { code?: unknown }).code !== "STATE_FILE_DAMAGED") throw error;
    await write();
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : undefined;
}
