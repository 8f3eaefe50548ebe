/** Which renders a search means. */
import type { Job } from "../../platform/journal.ts";

/** The parts of a job that are searched. */
export type Searched = Pick<Job, "id" | "prompt" | "model" | "medium" | "files" | "createdAt">;

/** A year, a month or a day (UTC), as the beginning of a date. */
const DATE = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

/**
 * Whether a job has every word: in its prompt, model, medium, id or a file's name, whatever the
 * case. A word such as `2026`, `2026-11` or `2026-11-23` means the time it was made.
 */
export function matches(job: Searched, words: readonly string[]): boolean {
  const made = new Date(job.createdAt).toISOString();
  const paths = job.files.map(({ path }) => path);
  const text = [job.prompt, job.model, job.medium, job.id, ...paths].join("\n").toLowerCase();
  return words.flatMap((given) => given.split(/\s+/)).every((word) =>
    DATE.test(word)
      ? made.startsWith(word) || text.includes(word)
      : text.includes(word.toLowerCase())
  );
}
