/**
 * Hosted runs and workflows in the journal: what was begun and paid for is found again by
 * `sogni-agent jobs`, however this process ends.
 */
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { Job, JobDestination, JobState } from "../../platform/journal.ts";
import type { CommandContext } from "../context.ts";
import { fixedDestination } from "../jobs/enter_job.ts";
import { JobEntry, unusable } from "../jobs/job_entry.ts";
import type { HostedSession } from "./session.ts";

/** Kinds of hosted work, as the journal names their medium. */
export type HostedMedium = "chat" | "workflow";

/** What is entered before the request leaves. */
export interface HostedDraft {
  readonly medium: HostedMedium;
  readonly model: string;
  readonly tokenType: string;
  /** By which the service knows a request that comes twice. */
  readonly idempotencyKey: string;
}

/** How hosted work ended, for the journal. */
export interface HostedEnd {
  /** `undefined`: it goes on, or waits for its user. */
  readonly state: JobState | undefined;
  readonly localPaths: readonly string[];
}

/** Whether a job of the journal is hosted work and not a generation. */
export function isHosted({ medium }: Pick<Job, "medium">): boolean {
  return medium === "chat" || medium === "workflow";
}

/** The key that a hosted job was sent with. */
export function idempotencyKeyOf({ plan }: Pick<Job, "plan">): string | undefined {
  const { idempotencyKey } = JSON.parse(plan) as { idempotencyKey?: unknown };
  return typeof idempotencyKey === "string" ? idempotencyKey : undefined;
}

/**
 * The book that hosted work is kept in. It is not that of generations: those may neither collect it
 * nor count its cost, which nobody tells, against a limit.
 */
export function hostedBook(
  { client, sandbox }: Pick<HostedSession, "client" | "sandbox">,
): Pick<Job, "endpoint" | "account"> {
  if (sandbox) return { endpoint: "sandbox", account: "sandbox/hosted" };
  const mark = createHash("sha256").update(client.options.apiKey).digest("hex").slice(0, 16);
  return { endpoint: client.options.base, account: `${mark}/hosted` };
}

/** Enters hosted work; never rejects. */
export async function enterHosted(
  context: CommandContext,
  session: HostedSession,
  { medium, model, tokenType, idempotencyKey }: HostedDraft,
): Promise<HostedEntry> {
  const { host, invocation, report } = context;
  const parts = { journal: host.journal, warn: (text: string) => report.warn(text) };
  const { prompt = "" } = invocation;
  try {
    const draft = {
      planHash: idempotencyKey,
      plan: JSON.stringify({ medium, prompt, model, idempotencyKey, projects: [] }),
      ...{ prompt, model, medium, count: 1 },
      tokenType: tokenType === "sogni" ? "sogni" as const : "spark" as const,
      ...hostedBook(session),
      sandbox: session.sandbox,
      destination: await destinationOf(context),
    };
    const { job, notes } = await host.journal({ call: "open", draft, again: true });
    for (const note of notes) report.warn(note);
    return new HostedEntry(context, new JobEntry(parts, job));
  } catch (problem) {
    report.warn(unusable(problem));
    return new HostedEntry(context, new JobEntry(parts));
  }
}

/** Hosted work that this process looks after. */
export class HostedEntry {
  constructor(readonly context: CommandContext, readonly entry: JobEntry) {}

  /**
   * Sends the request that begins the work.
   *
   * @param post resolves to the answer and to the id by which the service knows the work
   */
  async begin<T>(post: () => Promise<{ answer: T; id: string }>): Promise<T> {
    await this.entry.change({ state: "submitted" });
    try {
      const { answer, id } = await post();
      if (id !== "") await this.entry.sending(0, id, "");
      return answer;
    } catch (error) {
      await this.entry.change(
        mayHaveArrived(error)
          ? { state: "unknown", release: true, error: errorOf(error) }
          : { forget: true },
      );
      throw error;
    }
  }

  /** Nobody waits: the work goes on by itself. */
  async leave(): Promise<void> {
    await this.entry.change({ state: "running", release: true });
  }

  /** Looks after the work to its end, and writes down how that came. */
  async attend<T extends HostedEnd>(work: () => Promise<T>): Promise<T> {
    try {
      const end = await work();
      const { cwd } = this.context.host.facts;
      const files = end.localPaths.map((path, position) => ({
        position,
        path: resolve(cwd, path),
      }));
      await this.entry.change(
        end.state === undefined
          ? { state: "running", release: true }
          : { state: end.state, open: false, files },
      );
      return end;
    } catch (error) {
      await this.entry.change(changeByError(error));
      throw error;
    }
  }
}

/** The state of work that ended well or in part. */
export function endState(status: string | null | undefined, saved: number): JobState | undefined {
  if (status === "waiting_for_user") return undefined;
  if (status === "cancelled") return "cancelled";
  return saved > 0 ? "saved" : "finished";
}

function changeByError(error: unknown): Parameters<JobEntry["change"]>[0] {
  const told = errorOf(error);
  const details = error instanceof AppError ? error.details : undefined;
  if (details?.canceled === true) return { state: "cancelled", open: false, error: told };
  if (told.code === "DURABLE_CHAT_RUN_FAILED" || told.code === "WORKFLOW_FAILED") {
    return { state: "failed", open: false, error: told };
  }
  const unsaved = told.code === "DOWNLOAD_FAILED" || told.code === "OUTPUT_WRITE_FAILED";
  return { state: unsaved ? "finished" : "running", release: true, error: told };
}

/** An answer of the service, or a connection that was never made, leaves no doubt. */
function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof AppError)) return true;
  if (error.code === "DURABLE_CHAT_NO_RUN_ID") return true;
  return ["CONNECTION_FAILED", "NETWORK_TIMEOUT", "USER_CANCELLED", "API_TIMEOUT"].includes(
    error.code,
  );
}

function errorOf(error: unknown): { code: string; message: string } {
  const { code = "UNKNOWN_ERROR", message = String(error) } = (error ?? {}) as Partial<
    Record<"code" | "message", string>
  >;
  return { code, message };
}

async function destinationOf({ host, invocation }: CommandContext): Promise<JobDestination> {
  const { output } = invocation.options;
  if (output === undefined) return null;
  const { cwd } = host.facts;
  const isFolder = (await host.files.stat(resolve(cwd, output)))?.kind === "directory";
  return fixedDestination(cwd, { output, isFolder });
}
