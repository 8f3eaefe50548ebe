/** What jobs cost, by day. */
import type { DatabaseSync } from "node:sqlite";
import type {
  DaySpend,
  JobChange,
  JobDraft,
  JournalAnswer,
  JournalRequest,
} from "../../platform/journal.ts";
import { allRows, runSql } from "./sql.ts";

/** The ledger's part of each request; transactions are the caller's. */
export class Ledger {
  constructor(readonly database: DatabaseSync, readonly now: () => number) {}

  /** A new job, not sent yet. */
  enter(job: string, { endpoint, account, tokenType }: JobDraft): void {
    runSql(
      this.database,
      "INSERT INTO ledger (job, day, endpoint, account, token_type, sent) VALUES (?, ?, ?, ?, ?, 0)",
      ...[job, dayOf(this.now()), endpoint, account, tokenType],
    );
  }

  /** From here on the job counts, whatever becomes of it. */
  sent(job: string): void {
    runSql(this.database, "UPDATE ledger SET sent = 1 WHERE job = ?", job);
  }

  change(job: string, { billed, estimated, open }: JobChange): void {
    if (billed !== undefined || estimated !== undefined) {
      runSql(
        this.database,
        `UPDATE ledger SET billed = coalesce(?, billed), estimated = coalesce(?, estimated)
          WHERE job = ?`,
        ...[billed ?? null, estimated ?? null, job],
      );
    }
    // What was never sent costs nothing.
    if (open === false) {
      runSql(this.database, "DELETE FROM ledger WHERE job = ? AND sent = 0", job);
    }
  }

  /** See `JournalCalls.reserve`; what others have reserved and not sent yet counts too. */
  reserve({ job, estimated, limit }: JournalRequest<"reserve">): JournalAnswer<"reserve"> {
    const day = this.#today(job);
    const accepted = limit === null ||
      (estimated !== null && day.unknown.length === 0 && day.spent + estimated <= limit);
    if (accepted) {
      runSql(this.database, "UPDATE ledger SET estimated = ? WHERE job = ?", estimated, job);
    }
    return { ...day, accepted };
  }

  /** Costs of the day, the account and the token of a job, without the job itself. */
  #today(job: string): DaySpend {
    const rows = allRows(
      this.database,
      `SELECT other.job, other.sent, coalesce(other.billed, other.estimated) AS cost
      FROM ledger AS own JOIN ledger AS other USING (endpoint, account, token_type)
      WHERE own.job = ? AND other.job <> own.job AND other.day = ?`,
      ...[job, dayOf(this.now())],
    );
    return {
      spent: rows.reduce((sum, { cost }) => sum + Number(cost ?? 0), 0),
      unknown: rows.filter(({ cost, sent }) => cost === null && sent === 1)
        .map((row) => String(row.job)),
    };
  }
}

/** The day on the user's calendar, `2026-01-31`. */
export function dayOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
