/**
 * A job of this run in the journal.
 *
 * A journal that cannot be written never stops a generation: the run goes on, and a warning says
 * that it could not be found again after a crash.
 */
import type { Host } from "../../platform/host.ts";
import type { DaySpend, Job, JobChange } from "../../platform/journal.ts";

/** What an entry needs of the machine and of the report. */
export interface EntryParts {
  journal: Host["journal"];
  warn: (text: string) => void;
}

/** One entered job; without one (`job` absent) nothing is written. */
export class JobEntry {
  #told = false;
  #sent = false;
  #open: boolean;

  /** @param held false for a job that another process looks after, which is only named */
  constructor(readonly parts: EntryParts, readonly job?: Job, held = job !== undefined) {
    this.#open = held;
  }

  get id(): string | undefined {
    return this.job?.id;
  }

  /** False when this process has closed the job or let it go. */
  get isHeld(): boolean {
    return this.#open;
  }

  /** Resolves when it is on disk that this project leaves now. */
  async sending(position: number, projectId: string, appId: string): Promise<void> {
    this.#sent = true;
    await this.#write((job) =>
      this.parts.journal({ call: "sending", job, position, projectId, appId })
    );
  }

  /** Writes down what has changed. */
  async change(change: JobChange): Promise<void> {
    if (change.release || change.open === false || change.forget) this.#open = false;
    await this.#write((job) => this.parts.journal({ call: "change", job, change }));
  }

  /**
   * The run ended with an error. What was never sent leaves no trace; what was stays open, because
   * nobody knows whether it arrived.
   */
  async abandon(error: unknown): Promise<void> {
    if (!this.#open) return;
    if (!this.#sent) return await this.change({ forget: true });
    const { code = "UNKNOWN_ERROR", message = String(error) } = (error ?? {}) as Partial<
      Record<"code" | "message", string>
    >;
    await this.change({ state: "unknown", release: true, error: { code, message } });
  }

  /**
   * Enters the estimate, unless the day would cost more than `limit`.
   *
   * @throws when the journal cannot say: a limit that cannot be checked does not hold
   */
  async reserve(
    estimated: number | null,
    limit: number | null,
  ): Promise<DaySpend & { accepted: boolean }> {
    if (this.id === undefined) throw new Error("the journal of jobs cannot be used");
    return await this.parts.journal({ call: "reserve", job: this.id, estimated, limit });
  }

  async #write(write: (job: string) => Promise<unknown>): Promise<void> {
    if (this.id === undefined) return;
    try {
      await write(this.id);
    } catch (error) {
      if (this.#told) return;
      this.#told = true;
      this.parts.warn(unusable(error));
    }
  }
}

/** The warning of a journal that failed. */
export function unusable(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `the journal of jobs cannot be used (${reason}), so this job would not be found again ` +
    "after a crash.";
}
