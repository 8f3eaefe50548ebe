/**
 * What is asked of the journal of paid jobs, and what it answers.
 *
 * The database belongs to the main thread; a command behind the wall reaches it by these requests,
 * which are plain data. `lib/store/journal/` answers them.
 */

/**
 * Where a job stands.
 *
 * `planned`: nothing was sent. `submitted`: a request left, or was about to. `running`: the service
 * has said something about it. `finished`: made, not all of it on disk. `unknown`: it was sent, and
 * nobody heard how it ended.
 */
export type JobState =
  | "planned"
  | "submitted"
  | "running"
  | "finished"
  | "saved"
  | "failed"
  | "cancelled"
  | "unknown";

/** Where the results of a job go: named from what was typed, or path by path; `null`: nowhere. */
export type JobDestination =
  | { readonly output: string; readonly isFolder: boolean }
  | { readonly paths: readonly string[] }
  | null;

/** How to reach a practice service that outlives the command. Its key opens nothing else. */
export interface JobAccess {
  readonly restEndpoint: string;
  readonly socketEndpoint: string;
  readonly apiKey: string;
}

/** What a job is when it is entered. */
export interface JobDraft {
  /** What makes two jobs the same work, see `plan_hash.ts`. */
  readonly planHash: string;
  /** The plan as JSON. */
  readonly plan: string;
  readonly prompt: string;
  readonly model: string;
  readonly medium: string;
  /** Number of results asked for. */
  readonly count: number;
  readonly tokenType: "spark" | "sogni";
  /** Origin of the API; `sandbox` for the service that ends with its process. */
  readonly endpoint: string;
  /** A mark of the account; jobs of other accounts cannot be looked up. */
  readonly account: string;
  readonly sandbox: boolean;
  readonly access?: JobAccess;
  readonly destination: JobDestination;
}

/** One result of a job that is on disk. */
export interface JobFile {
  /** Place among all results of the job, from 0. */
  readonly position: number;
  readonly path: string;
}

/** A job as it stands in the journal. */
export interface Job extends JobDraft {
  /** Short, and sorted by time. */
  readonly id: string;
  readonly state: JobState;
  /** False when nothing more is expected. */
  readonly open: boolean;
  readonly appId: string | null;
  /** By project of the plan; `null` where none was sent. */
  readonly projectIds: readonly (string | null)[];
  readonly files: readonly JobFile[];
  /** Tokens; `null`: not known. */
  readonly estimated: number | null;
  readonly billed: number | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** A process that runs now looks after the job. */
  readonly attended: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What changes in a job; absent parts stay. */
export interface JobChange {
  readonly state?: JobState;
  readonly open?: boolean;
  readonly billed?: number;
  readonly estimated?: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly files?: readonly JobFile[];
  /** This process stops looking after the job. */
  readonly release?: boolean;
  /** The job was never sent and is to leave no trace. */
  readonly forget?: boolean;
}

/** Which jobs are asked for; newest first. */
export interface JobFilter {
  readonly open?: boolean;
  readonly endpoint?: string;
  readonly account?: string;
  readonly limit?: number;
}

/** Costs of one day. */
export interface DaySpend {
  /** Tokens that were billed, or estimated where the bill is not known yet. */
  readonly spent: number;
  /** Jobs that were sent and whose cost nobody knows. */
  readonly unknown: readonly string[];
}

/** Each request by its name: what it takes and what comes back. */
export interface JournalCalls {
  /**
   * Enters a job, unless the same work is under way: then that job comes back as `existing`.
   * `orphans` are open jobs of this endpoint and account that no process looks after.
   */
  open: [
    { draft: JobDraft; again: boolean },
    { job: Job; existing: boolean; orphans: Job[]; notes: string[] },
  ];
  /** A request is about to leave: after this answer it may. */
  sending: [{ job: string; position: number; projectId: string; appId: string }, null];
  change: [{ job: string; change: JobChange }, null];
  /** Takes over a job that nobody looks after; `null`: somebody does. */
  claim: [{ job: string }, Job | null];
  /** By id or by a beginning of it that only one job has. */
  find: [{ id: string }, Job | null];
  list: [{ filter: JobFilter }, { jobs: Job[]; notes: string[] }];
  /**
   * Puts the estimate of a job in the ledger, unless the day would cost more than `limit`.
   * Refused: nothing is written.
   */
  reserve: [
    { job: string; estimated: number | null; limit: number | null },
    DaySpend & { accepted: boolean },
  ];
  /** Forgets closed jobs; the ledger stays. */
  clean: [Record<never, never>, { removed: number; kept: number }];
}

/** Name of a request. */
export type JournalCall = keyof JournalCalls;

/** A request of one kind. */
export type JournalRequest<Call extends JournalCall = JournalCall> = Call extends JournalCall
  ? { readonly call: Call } & JournalCalls[Call][0]
  : never;

/** What comes back. */
export type JournalAnswer<Call extends JournalCall> = JournalCalls[Call][1];

/** Asks the journal; rejects when it cannot be used. */
export type AskJournal = <Call extends JournalCall>(
  request: JournalRequest<Call>,
) => Promise<JournalAnswer<Call>>;
