/** `sogni-agent batch jobs.jsonl`: many renders from a file, going on where an earlier run stopped. */
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { AppError, invalidArgument } from "../errors/app_error.ts";
import type { CommandOutcome } from "../mcp/outcome.ts";
import { withLock } from "../store/lock.ts";
import { systemCode } from "../store/state_error.ts";
import { singleLine } from "../text/control.ts";
import { type DoneJob, donePath, readDone, writeDone } from "./batch/progress_file.ts";
import { type BatchJob, readJobs } from "./batch/read_jobs.ts";
import { type BatchOutcome, runJobs } from "./batch/run_jobs.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { interrupted } from "./execute.ts";
import { createExecutor } from "./executor.ts";
import { loadSettings } from "./generation/settings.ts";

const STANDARD_CONCURRENCY = 2;
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** A second run of the same file at once would make what this one is making. */
const LOCK_MS = 500;

/** Runs what is not done yet; `--again` does all of it anew. */
export const run: CommandRun = async (context) => {
  const { host, invocation: { options } } = context;
  const path = fileOf(context);
  if (options.dryRun) return await runFile(context, path);
  const { paths } = await loadSettings(context);
  // The lock lies with our own files: the folder of the batch is the user's.
  const mark = createHash("sha256").update(resolve(host.facts.cwd, path)).digest("hex");
  const lock = join(paths.base, `batch-${mark.slice(0, 12)}`);
  return await withLock(host, lock, () => runFile(context, path), LOCK_MS);
};

async function runFile(context: CommandContext, path: string): Promise<number> {
  const { host, report, invocation: { options } } = context;
  const jobs = readJobs(await readFile(context, path), path, {
    env: host.facts.env,
    home: host.facts.home,
  });
  const record = resolve(host.facts.cwd, donePath(path));
  const keep = options.dryRun !== true;
  const done = options.again || !keep ? new Map<string, DoneJob>() : await readDone(host, record);
  const todo = jobs.filter(({ mark }) => !done.has(mark));
  if (todo.length < jobs.length) {
    report.note(`${jobs.length - todo.length} of ${jobs.length} jobs are done already.`);
  }
  const abort = new AbortController();
  let signal: string | undefined;
  context.onInterrupt((name) => {
    signal = name;
    abort.abort();
  });
  const tell = teller(context, jobs.length);
  const outcome = await runJobs({
    jobs: todo,
    concurrency: options.concurrency ?? STANDARD_CONCURRENCY,
    execute: createExecutor(host, passedOn(context)),
    signal: abort.signal,
    async onDelivered(job, { object = {} }) {
      done.set(job.mark, { mark: job.mark, line: job.line, result: object });
      if (keep) {
        await writeDone(host, record, done).catch((error: unknown) =>
          report.warn(`${record} cannot be written; a later run would make this again: ${error}`)
        );
      }
      tell(job, object);
    },
    onFailed: (job, { object }) => tell(job, object ?? {}),
  });
  const facts = summary(jobs, done, outcome);
  if (signal !== undefined) {
    const error = interrupted(signal, "Interrupted; what was delivered is recorded.");
    throw new AppError(error.code, error.message, { details: { ...error.details, ...facts } });
  }
  if (facts.delivered < jobs.length) throw incomplete(facts);
  report.result(
    { success: true, type: "batch", ...facts, timestamp: new Date().toISOString() },
    jobs.flatMap(({ mark }) => linesOf(done.get(mark)?.result ?? {})),
  );
  return 0;
}

function fileOf({ invocation: { words } }: CommandContext): string {
  const [path = "", ...rest] = words;
  if (path !== "" && rest.length === 0) return path;
  throw invalidArgument(
    "batch takes one file of jobs.",
    { command: "batch", ...(rest.length > 0 ? { value: rest.join(" ") } : {}) },
    'Write one job a line, e.g. {"prompt": "a fox", "output": "fox.png"}, then: ' +
      "sogni-agent batch jobs.jsonl",
  );
}

async function readFile({ host }: CommandContext, path: string): Promise<string> {
  try {
    const bytes = await host.files.readBytes(resolve(host.facts.cwd, path), MAX_FILE_BYTES);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    const code = systemCode(error);
    throw new AppError("MISSING_FILE", `${path} cannot be read (${code}).`, {
      details: { path, cause: code },
      hint: "Check the path. One job a line, as JSON.",
      cause: error,
    });
  }
}

/** What every job is given besides its own line. */
function passedOn({ invocation: { options } }: CommandContext): string[] {
  return [
    ...options.sandbox ? ["--sandbox"] : [],
    ...options.dryRun ? ["--dry-run"] : [],
    ...options.again ? ["--again"] : [],
  ];
}

/** Facts for the end of the run. */
interface Summary extends Record<string, unknown> {
  total: number;
  delivered: number;
  results: (Record<string, unknown> & { line: number })[];
  failed: (Record<string, unknown> & { line: number })[];
  notStarted: number[];
}

function summary(
  jobs: readonly BatchJob[],
  done: ReadonlyMap<string, { result: Readonly<Record<string, unknown>> }>,
  { failed, notStarted }: BatchOutcome,
): Summary {
  const results = jobs.flatMap(({ line, mark }) => {
    const found = done.get(mark);
    return found ? [{ line, ...found.result }] : [];
  });
  return {
    total: jobs.length,
    delivered: results.length,
    results,
    failed: failed.map(({ job, outcome }) => ({ line: job.line, ...failureOf(outcome) })),
    notStarted: notStarted.map(({ line }) => line),
  };
}

function failureOf({ object = {}, stderr }: CommandOutcome): Record<string, unknown> {
  const { errorCode = null, error = stderr, errorCategory, retryable = false, hint } = object;
  return { errorCode, error, errorCategory, retryable, ...(hint === undefined ? {} : { hint }) };
}

function incomplete(facts: Summary): AppError {
  const { total, delivered, failed } = facts;
  const first = failed[0] ? ` The first: ${String(failed[0].error)}` : "";
  return new AppError(
    "BATCH_INCOMPLETE",
    `${total - delivered} of ${total} jobs were not delivered.${first}`,
    { details: facts, hint: "Run the same command again: what is delivered is not made again." },
  );
}

/** A line on stderr for each job that ends. */
function teller({ report }: CommandContext, total: number) {
  let ended = 0;
  return ({ line }: BatchJob, object: Readonly<Record<string, unknown>>) => {
    ended += 1;
    const what = object.success === true ? linesOf(object).join(" ") : String(object.error ?? "");
    report.note(singleLine(`[${ended}/${total}] line ${line}: ${what || "done"}`));
  };
}

/** Saved files, else links. */
function linesOf({ localPaths, urls }: Readonly<Record<string, unknown>>): string[] {
  const paths = Array.isArray(localPaths) ? localPaths.filter((path) => path !== null) : [];
  const places = paths.length > 0 || !Array.isArray(urls) ? paths : urls;
  return places.map(String);
}
