/**
 * The generation service as commands see it: one interface, answered by the real service or by the
 * sandbox on loopback, both through the official SDK (`sdk_service.ts`).
 */
import type { LiveModel } from "../catalog/live_model.ts";
import type { AppError } from "../errors/app_error.ts";
import type { MediaSlot, ProjectParams } from "../plan/types.ts";

/** Where the service is and who asks. */
export interface ServiceOptions {
  restEndpoint: string;
  socketEndpoint: string;
  apiKey: string;
  appId: string;
  network: "fast" | "relaxed";
  /** Milliseconds to wait for the connection. */
  connectTimeoutMs: number;
  /** Milliseconds to wait for the answer of a single call; default 30 s. */
  callTimeoutMs?: number;
  /** Only look-ups and prices, no socket: nothing can be sent, and no application id is used up. */
  restOnly?: boolean;
  /** Hears of what the SDK would log; for `SOGNI_DEBUG`. */
  debug?: (text: string) => void;
}

/** A reference whose bytes are at hand. */
export interface LoadedMedia {
  slot: MediaSlot;
  /** A typed Blob, or the URL that is forwarded. */
  value: Blob | string;
}

/** One token's balance; `null` when the service did not say. */
export interface Balances {
  spark: number | null;
  sogni: number | null;
}

/** What the price of a project is expected to be. */
export interface Estimate {
  spark: number | null;
  sogni: number | null;
  usd: number | null;
}

/** How far one project is. */
export interface ProjectProgress {
  /** 0 to 1 over all outputs of the project. */
  fraction: number;
  /** Outputs that are done and will be delivered. */
  completed: number;
  total: number;
  /** Seconds, when the service or the pace tells. */
  etaSeconds?: number;
  queuePosition?: number;
  /** True when no worker serves the model at the moment. */
  noWorkers?: boolean;
}

/** One output of a project. */
export interface ProjectOutput {
  /** Position among the outputs of the project, in submission order, from 0. */
  index: number;
  status: "completed" | "withheld" | "failed";
  jobId: string;
  url?: string;
  seed?: number;
  error?: AppError;
}

/** How a project ended. */
export interface ProjectOutcome {
  projectId: string;
  outputs: ProjectOutput[];
  /** Why the project as a whole failed; outputs that were finished before are still listed. */
  error?: AppError;
}

/** A project that the service is working on. */
export interface RunningProject {
  readonly id: string;
  /** Settles when the project ended in whatever way; never rejects. */
  readonly done: Promise<ProjectOutcome>;
  /** What has been finished so far. */
  finished(): ProjectOutput[];
  /** A new address for a finished output: the old ones are short-lived. */
  freshUrl(jobId: string): Promise<string>;
  /** Cancels the paid work; false when the service did not confirm in time. */
  cancel(timeoutMs: number): Promise<boolean>;
}

/** What the service keeps of a project. */
export interface ProjectRecord {
  /** `unknown`: the service has never heard of it, or it is another account's. */
  status: "running" | "completed" | "failed" | "cancelled" | "unknown";
  /** What was finished, without addresses. */
  outputs: ProjectOutput[];
  /** Tokens that were taken; `null` when not known. */
  billed: number | null;
  /** Why it failed or was cancelled. */
  error?: AppError;
}

/** Projects that may have been sent by another process. */
export interface ProjectRecords {
  /** @throws AppError when the service does not answer clearly */
  lookUp(projectId: string): Promise<ProjectRecord>;
  /** A new address for a finished output. */
  resultUrl(projectId: string, jobId: string, params: ProjectParams): Promise<string>;
  /** Cancels paid work; false when the service did not confirm in time. Needs the socket. */
  cancelProject(projectId: string, timeoutMs: number): Promise<boolean>;
}

/** Generation, balances and prices. */
export interface GenerationService extends ProjectRecords {
  /** Opens the connection. @throws AppError INVALID_API_KEY, CONNECTION_FAILED, NETWORK_TIMEOUT */
  connect(): Promise<void>;
  balances(): Promise<Balances>;
  /**
   * Sends one project.
   *
   * @param onSending hears the project's id before the request leaves, which waits for it
   * @throws AppError when it was refused before it was sent
   */
  submit(
    params: ProjectParams,
    media: readonly LoadedMedia[],
    onProgress: (progress: ProjectProgress) => void,
    onSending?: (projectId: string) => Promise<void>,
  ): Promise<RunningProject>;
  /** Tokens taken for a project that ended, as far as the service has said so by now. */
  billed(projectId: string): number | null;
  /** Prices exactly this project. */
  estimate(params: ProjectParams, media: readonly { slot: MediaSlot }[]): Promise<Estimate>;
  /**
   * What the service says of a model now; `undefined` when it does not answer.
   *
   * @throws AppError MODEL_NOT_FOUND when it does not offer the model
   */
  model(modelId: string): Promise<LiveModel | undefined>;
  /** Workers that serve a model at the moment; `undefined` when the service does not say. */
  workers(modelId: string, network: "fast" | "relaxed"): Promise<number | undefined>;
  /** Leaves the service; takes at most a second. */
  close(): Promise<void>;
}
