/** Finds the service that a job was sent to, and opens it. */
import { AppError } from "../../errors/app_error.ts";
import type { Job } from "../../platform/journal.ts";
import { createSdkService } from "../../service/sdk_service.ts";
import type { GenerationService } from "../../service/types.ts";
import type { CommandContext } from "../context.ts";
import { type Access, connect, findAccess } from "../generation/connection.ts";
import { loadSettings, type Settings } from "../generation/settings.ts";
import { accountOf } from "./enter_job.ts";

const CONNECT_TIMEOUT_MS = 30_000;

/** The services of one command, each opened once. */
export class JobServices {
  #settings: Promise<Settings> | undefined;
  #own: Promise<Access> | undefined;
  readonly #opened = new Map<string, Promise<GenerationService>>();

  constructor(readonly context: CommandContext) {}

  /**
   * Where a job can be looked up.
   *
   * @throws AppError JOB_NOT_REACHABLE when it belongs to another service or account, and the
   * errors of missing credentials
   */
  async accessTo(job: Job): Promise<Access> {
    if (job.sandbox) return await this.#practice(job);
    if (this.context.invocation.options.sandbox) {
      throw new AppError("JOB_NOT_REACHABLE", `Job ${job.id} is not a practice job.`, {
        details: { jobId: job.id },
        hint: "Leave out --sandbox, or unset SOGNI_SANDBOX.",
      });
    }
    const access = await (this.#own ??= this.#findOwn());
    const { endpoint, account } = accountOf(access);
    if (endpoint === job.endpoint && account === job.account) return access;
    const other = endpoint === job.endpoint ? "another API key" : job.endpoint;
    throw new AppError("JOB_NOT_REACHABLE", `Job ${job.id} was sent with ${other}.`, {
      details: { jobId: job.id, endpoint: job.endpoint },
      hint: "Use the API key and the endpoint that the job was sent with.",
    });
  }

  /** Opens the service of a job for look-ups. */
  async records(job: Job): Promise<GenerationService> {
    const access = await this.accessTo(job);
    const known = this.#opened.get(access.service.restEndpoint);
    if (known) return await known;
    const opening = open(access);
    opening.catch(() => {});
    this.#opened.set(access.service.restEndpoint, opening);
    return await opening;
  }

  /** Runs `work` with a full connection, as the application that sent the job where that is free. */
  async connected<T>(job: Job, work: (service: GenerationService) => Promise<T>): Promise<T> {
    const access = await this.accessTo(job);
    const settings = await (this.#settings ??= loadSettings(this.context));
    const request = { context: this.context, ...settings, network: "fast" as const };
    const connection = await connect(access, request, job.appId ?? undefined);
    try {
      return await work(connection.service);
    } finally {
      await connection.close();
    }
  }

  async close(): Promise<void> {
    for (const opening of this.#opened.values()) await (await opening.catch(() => null))?.close();
  }

  /** The practice service that outlived its command, if it is still the one of the job. */
  async #practice(job: Job): Promise<Access> {
    const { host, invocation } = this.context;
    const refused = (message: string, hint: string) =>
      new AppError("JOB_NOT_REACHABLE", message, { details: { jobId: job.id }, hint });
    if (job.access && !invocation.options.sandbox) {
      throw refused(`Job ${job.id} is a practice job.`, "Add --sandbox.");
    }
    const endpoint = job.access && await host.startSandbox().catch(() => undefined);
    if (job.access && endpoint?.restEndpoint === job.endpoint) return practiceAccess(job.access);
    throw refused(
      `The practice service of job ${job.id} has ended.`,
      "Practice jobs that are to outlive their command are sent with --sandbox --detach.",
    );
  }

  async #findOwn(): Promise<Access> {
    const settings = await (this.#settings ??= loadSettings(this.context));
    return await findAccess({ context: this.context, ...settings, network: "fast" });
  }
}

function practiceAccess(access: NonNullable<Job["access"]>): Access {
  return {
    service: { ...access, network: "fast", connectTimeoutMs: CONNECT_TIMEOUT_MS },
    sandbox: true,
    detached: access,
    allowLoopback: true,
  };
}

async function open(access: Access): Promise<GenerationService> {
  const service = createSdkService({ ...access.service, appId: "rest-only", restOnly: true });
  await service.connect();
  return service;
}
