/** What a batch has done, beside its file: the next run goes on from there. */
import type { Host } from "../../platform/host.ts";

/** One line of it. */
export interface DoneJob {
  readonly mark: string;
  readonly line: number;
  /** The success object of the job. */
  readonly result: Readonly<Record<string, unknown>>;
}

/** The path beside `jobs.jsonl`: `jobs.jsonl.done`. */
export function donePath(path: string): string {
  return `${path}.done`;
}

/** What was done before, by mark. A line that a killed run left half is passed over. */
export async function readDone(
  { files }: Pick<Host, "files">,
  path: string,
): Promise<Map<string, DoneJob>> {
  const text = await files.readText(path).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "ENOENT") return "";
    throw error;
  });
  const done = new Map<string, DoneJob>();
  for (const line of text.split("\n")) {
    const entry = readEntry(line);
    if (entry) done.set(entry.mark, entry);
  }
  return done;
}

function readEntry(line: string): DoneJob | undefined {
  try {
    const { mark, line: number, result } = JSON.parse(line) as Partial<DoneJob>;
    return typeof mark === "string" && typeof number === "number" && typeof result === "object" &&
        result !== null
      ? { mark, line: number, result }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file; it is small next to what it tells of. */
export async function writeDone(
  { files }: Pick<Host, "files">,
  path: string,
  done: ReadonlyMap<string, DoneJob>,
): Promise<void> {
  const lines = [...done.values()].map((entry) => `${JSON.stringify(entry)}\n`);
  await files.writeAtomic(path, lines.join(""), { mode: 0o600 });
}
