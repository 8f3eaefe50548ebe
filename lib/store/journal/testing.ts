/** Journals for tests. */
import type { Job, JobDraft } from "../../platform/journal.ts";
import { Journal } from "./journal.ts";
import { openDatabase } from "./open_database.ts";

/** A job of one picture; `facts` replace its parts. */
export function draft(facts: Partial<JobDraft> = {}): JobDraft {
  return {
    planHash: "hash",
    plan: "{}",
    prompt: "a lighthouse",
    model: "model",
    medium: "image",
    count: 1,
    tokenType: "spark",
    endpoint: "https://api.example.test",
    account: "account",
    sandbox: false,
    destination: null,
    ...facts,
  };
}

/** Processes of a test that share one journal; those that were killed are dead to the others. */
export interface Processes {
  /** The journal as a process of this number sees it. */
  process(pid: number): Journal;
  kill(pid: number): void;
  /** Moves the clock of all. */
  pass(milliseconds: number): void;
  close(): void;
}

/** Opens the journal at `path` for several processes. */
export async function processesAt(path: string, startedAt = Date.UTC(2030, 0, 15, 12)) {
  const { database } = await openDatabase(path);
  const dead = new Set<unknown>();
  const journals = new Map<number, Journal>();
  let time = startedAt;
  const processes: Processes = {
    process(pid) {
      const known = journals.get(pid);
      if (known) return known;
      const isAttended = ({ owner }: Record<string, unknown>) => owner !== null && !dead.has(owner);
      const journal = new Journal(database, { pid, now: () => time, isAttended });
      journals.set(pid, journal);
      return journal;
    },
    kill: (pid) => void dead.add(pid),
    pass: (milliseconds) => void (time += milliseconds),
    close: () => database.close(),
  };
  return processes;
}

/** Enters a job and writes down that its only request leaves. */
export function submitted(journal: Journal, facts: Partial<JobDraft> = {}, projectId = "P1"): Job {
  const { job } = journal.open({ call: "open", draft: draft(facts), again: false });
  journal.sending({ call: "sending", job: job.id, position: 0, projectId, appId: "app" });
  return job;
}
