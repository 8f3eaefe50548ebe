/**
 * The journal: what was sent, where it shall go, what it cost.
 *
 * A job is written down before its request leaves, so a process that dies at any moment leaves
 * either no job at the service, or a job whose id is known here.
 */
import type { DatabaseSync } from "node:sqlite";
import type {
  Job,
  JobChange,
  JobDraft,
  JobFilter,
  JournalAnswer,
  JournalRequest,
} from "../../platform/journal.ts";
import { newJobId } from "./job_id.ts";
import { Ledger } from "./ledger.ts";
import { INSERT_JOB, jobValues, SELECT_JOBS, toJob } from "./rows.ts";
import { allRows, firstRow, type Row, runSql, type SqlValue } from "./sql.ts";

/** What the journal is told about the process it serves. */
export interface JournalOptions {
  /** Number of this process. */
  pid: number;
  now: () => number;
  /** Whether the process that a row names as its owner runs. */
  isAttended: (row: Row) => boolean;
}

const DEFAULT_LIMIT = 100;

/** Requests on an open database. Each is one transaction. */
export class Journal {
  readonly #ledger: Ledger;
  readonly #owned = new Set<string>();
  #inTransaction = false;

  constructor(readonly database: DatabaseSync, readonly options: JournalOptions) {
    this.#ledger = new Ledger(database, options.now);
  }

  /** Ids of open jobs that this process looks after. */
  get owned(): ReadonlySet<string> {
    return this.#owned;
  }

  open({ draft, again }: JournalRequest<"open">): JournalAnswer<"open"> {
    return this.#transaction(() => {
      this.#buryDead(draft);
      const others = this.#jobs(
        "WHERE open = 1 AND jobs.endpoint = ? AND jobs.account = ? ORDER BY created_at DESC",
        draft.endpoint,
        draft.account,
      );
      const same = again ? undefined : others.find(({ planHash }) => planHash === draft.planHash);
      const orphans = others.filter((job) => !job.attended && job !== same);
      if (same) return { job: same, existing: true, orphans, notes: [] };
      return { job: this.#enter(draft), existing: false, orphans, notes: [] };
    });
  }

  sending({ job, position, projectId, appId }: JournalRequest<"sending">): null {
    return this.#transaction(() => {
      this.#run("INSERT OR REPLACE INTO projects VALUES (?, ?, ?)", job, position, projectId);
      this.#run(
        "UPDATE jobs SET state = 'submitted', app_id = ?, updated_at = ? WHERE id = ?",
        appId,
        this.options.now(),
        job,
      );
      this.#ledger.sent(job);
      return null;
    });
  }

  change({ job, change }: { job: string; change: JobChange }): null {
    return this.#transaction(() => {
      if (change.forget) return this.#forget(job);
      for (const { position, path } of change.files ?? []) {
        this.#run("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", job, position, path);
      }
      this.#run(
        `UPDATE jobs SET state = coalesce(?, state), error = coalesce(?, error),
          open = iif(?, ?, open), owner = iif(?, NULL, owner), updated_at = ? WHERE id = ?`,
        change.state ?? null,
        change.error ? JSON.stringify(change.error) : null,
        change.open === undefined ? 0 : 1,
        change.open ? 1 : null,
        change.release || change.open === false ? 1 : 0,
        this.options.now(),
        job,
      );
      if (change.release || change.open === false) this.#owned.delete(job);
      this.#ledger.change(job, change);
      return null;
    });
  }

  claim({ job }: JournalRequest<"claim">): Job | null {
    return this.#transaction(() => {
      const [found] = this.#jobs("WHERE jobs.id = ?", job);
      if (!found?.open || (found.attended && !this.#owned.has(job))) return null;
      const { pid, now } = this.options;
      this.#run("UPDATE jobs SET owner = ?, beat = ? WHERE id = ?", pid, now(), job);
      this.#owned.add(job);
      return { ...found, attended: true };
    });
  }

  find({ id }: JournalRequest<"find">): Job | null {
    const text = id.toLowerCase();
    const [exact] = this.#jobs("WHERE jobs.id = ?", text);
    if (exact || text === "") return exact ?? null;
    const [first, second] = this.#jobs(
      "WHERE substr(jobs.id, 1, ?) = ? LIMIT 2",
      text.length,
      text,
    );
    if (first) return second ? null : first;
    // What the service calls it will do, too.
    const [named] = this.#jobs("WHERE jobs.id = (SELECT job FROM projects WHERE id = ?)", id);
    return named ?? null;
  }

  list({ filter }: { filter: JobFilter }): JournalAnswer<"list"> {
    const { open, endpoint, account, limit = DEFAULT_LIMIT } = filter;
    const jobs = this.#jobs(
      `WHERE (? IS NULL OR open IS iif(?, 1, NULL)) AND (? IS NULL OR jobs.endpoint = ?)
        AND (? IS NULL OR jobs.account = ?) ORDER BY created_at DESC, jobs.id DESC LIMIT ?`,
      open === undefined ? null : 1,
      open ? 1 : 0,
      endpoint ?? null,
      endpoint ?? null,
      account ?? null,
      account ?? null,
      limit,
    );
    return { jobs, notes: [] };
  }

  reserve(request: JournalRequest<"reserve">): JournalAnswer<"reserve"> {
    return this.#transaction(() => this.#ledger.reserve(request));
  }

  clean(): JournalAnswer<"clean"> {
    return this.#transaction(() => {
      const removed = runSql(this.database, "DELETE FROM jobs WHERE open IS NULL");
      const kept = firstRow(this.database, "SELECT count(*) AS number FROM jobs");
      return { removed, kept: Number(kept?.number ?? 0) };
    });
  }

  /** Says that this process still looks after its jobs. */
  beat(): void {
    for (const id of this.#owned) {
      this.#run("UPDATE jobs SET beat = ? WHERE id = ?", this.options.now(), id);
    }
  }

  #forget(job: string): null {
    this.#owned.delete(job);
    this.#ledger.change(job, { open: false });
    this.#run("DELETE FROM jobs WHERE id = ?", job);
    return null;
  }

  #enter(draft: JobDraft): Job {
    const { pid, now } = this.options;
    const id = newJobId(now());
    this.#run(INSERT_JOB, ...jobValues(draft, id, pid, now()));
    this.#ledger.enter(id, draft);
    this.#owned.add(id);
    const [job] = this.#jobs("WHERE jobs.id = ?", id);
    if (!job) throw new Error("the job that was just entered is not there");
    return job;
  }

  /** Closes what is over: jobs of dead processes that were never sent or whose service is gone. */
  #buryDead({ access, endpoint }: JobDraft): void {
    for (const job of this.#jobs("WHERE open = 1")) {
      if (job.attended) continue;
      const unsent = job.projectIds.length === 0 && job.state === "planned";
      // There is one lasting practice service at a time: a new one means that the old one is gone.
      const replaced = access !== undefined && job.access && job.endpoint !== endpoint;
      if (!unsent && job.endpoint !== "sandbox" && !replaced) continue;
      const message = unsent
        ? "The command ended before anything was sent."
        : "The practice service ended with the command.";
      this.change({
        job: job.id,
        change: { state: "failed", open: false, error: { code: "NO_OUTPUT", message } },
      });
    }
  }

  #jobs(where: string, ...values: SqlValue[]): Job[] {
    return allRows(this.database, `${SELECT_JOBS} ${where}`, ...values)
      .map((row) => toJob(row, (owned) => this.#isAttended(owned)));
  }

  /** The owner may be this very process, whose number is not asked for. */
  #isAttended(row: Row): boolean {
    return row.owner === this.options.pid
      ? this.#owned.has(String(row.id))
      : this.options.isAttended(row);
  }

  #run(sql: string, ...values: SqlValue[]): void {
    runSql(this.database, sql, ...values);
  }

  #transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    this.database.exec("BEGIN IMMEDIATE");
    this.#inTransaction = true;
    try {
      const value = work();
      this.database.exec("COMMIT");
      return value;
    } catch (error) {
      try {
        this.database.exec("ROLLBACK");
      } catch {
        // A full disk has rolled it back already.
      }
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }
}
