/** Jobs as rows of the database. */
import type {
  Job,
  JobAccess,
  JobDestination,
  JobDraft,
  JobFile,
  JobState,
} from "../../platform/journal.ts";
import type { Row, SqlValue } from "./sql.ts";

/** Every column of a job, with what the side tables hold as JSON. */
export const SELECT_JOBS = `
  SELECT jobs.*, ledger.estimated, ledger.billed,
    (SELECT json_group_array(json_array(position, id)) FROM projects WHERE job = jobs.id) AS projects,
    (SELECT json_group_array(json_array(position, path)) FROM files WHERE job = jobs.id) AS files
  FROM jobs LEFT JOIN ledger ON ledger.job = jobs.id`;

/** Values of a new job, in the order of {@link INSERT_JOB}. */
export function jobValues(draft: JobDraft, id: string, owner: number, now: number): SqlValue[] {
  return [
    id,
    draft.planHash,
    draft.plan,
    draft.prompt,
    draft.model,
    draft.medium,
    draft.count,
    draft.tokenType,
    draft.endpoint,
    draft.account,
    draft.sandbox ? 1 : 0,
    draft.access ? JSON.stringify(draft.access) : null,
    draft.destination ? JSON.stringify(draft.destination) : null,
    "planned",
    1,
    owner,
    now,
    now,
    now,
  ];
}

/** Enters a job. */
export const INSERT_JOB = `
  INSERT INTO jobs (id, plan_hash, plan, prompt, model, medium, count, token_type, endpoint, account,
    sandbox, access, destination, state, open, owner, beat, created_at, updated_at)
  VALUES (${Array(19).fill("?").join(", ")})`;

/** @param isAttended whether a running process looks after the job of this row */
export function toJob(row: Row, isAttended: (row: Row) => boolean): Job {
  const access = fromJson<JobAccess>(row.access);
  return {
    id: String(row.id),
    planHash: String(row.plan_hash),
    plan: String(row.plan),
    prompt: String(row.prompt),
    model: String(row.model),
    medium: String(row.medium),
    count: Number(row.count),
    tokenType: row.token_type === "sogni" ? "sogni" : "spark",
    endpoint: String(row.endpoint),
    account: String(row.account),
    sandbox: row.sandbox === 1,
    ...(access ? { access } : {}),
    destination: fromJson<JobDestination>(row.destination),
    state: row.state as JobState,
    open: row.open === 1,
    appId: typeof row.app_id === "string" ? row.app_id : null,
    projectIds: byPosition(fromJson<[number, string][]>(row.projects) ?? []),
    files: files(fromJson<[number, string][]>(row.files) ?? []),
    estimated: amount(row.estimated),
    billed: amount(row.billed),
    error: fromJson<NonNullable<Job["error"]>>(row.error),
    attended: row.open === 1 && isAttended(row),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
  };
}

function byPosition(pairs: readonly [number, string][]): (string | null)[] {
  const ids: (string | null)[] = [];
  for (const [position, id] of pairs) ids[position] = id;
  return Array.from(ids, (id) => id ?? null);
}

function files(pairs: readonly [number, string][]): JobFile[] {
  return pairs.map(([position, path]) => ({ position, path }))
    .sort((a, b) => a.position - b.position);
}

function amount(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function fromJson<T>(text: unknown): T | null {
  return typeof text === "string" ? JSON.parse(text) as T : null;
}
