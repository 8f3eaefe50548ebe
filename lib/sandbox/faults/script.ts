/**
 * The language of scripted faults.
 *
 * A script is a JSON array of rules (or `{"rules": [...]}`). A rule names a fault, its parameters
 * and where it strikes. The same rules work in tests, in `SOGNI_SANDBOX_FAULTS`, and inline in a
 * prompt as `[[fault:NAME key=value …]]`.
 *
 * @example
 * ```json
 * [{"fault": "error", "code": 4078, "message": "no active subscription", "job": 1},
 *  {"fault": "dropSocket", "phase": "progress", "prompt": "a storm"}]
 * ```
 */

/** Points in a project's life where a fault can strike, in order. */
export const PHASES = [
  "connected",
  "request",
  "queued",
  "initiating",
  "started",
  "progress",
  "result",
  "completed",
] as const;

/** One of {@link PHASES}. */
export type Phase = (typeof PHASES)[number];

/** Where a rule strikes; everything left out matches. */
export interface FaultTarget {
  /** Text that the prompt contains, in any case. */
  prompt?: string;
  /** Number of the project in this sandbox, from 1. */
  job?: number;
  /** Index of the output in its project, from 0. */
  output?: number;
  /** Part of the REST path (REST and storage faults). */
  path?: string;
  /** HTTP method (REST faults). */
  method?: string;
  /** How often the rule strikes at most. */
  times?: number;
}

/** Every fault with its parameters. */
export type Fault =
  /** A `jobError`: for the whole project (the default) or for one output. */
  | {
    fault: "error";
    code?: number | string;
    message?: string;
    level?: "project" | "output";
    phase?: Phase;
    /** Further fields of the frame, such as `subscriptionLimit`. */
    fields?: Record<string, unknown>;
  }
  /** Nothing more comes after the phase. */
  | { fault: "stall"; phase?: Phase }
  /** The socket goes away: cut, or closed with `closeCode`. */
  | { fault: "dropSocket"; phase?: Phase; closeCode?: number; reason?: string }
  /** The server restarts: error 1001 instead of admission, then every socket closes with 1012. */
  | { fault: "restart" }
  /** The request frame is never seen. */
  | { fault: "loseRequest" }
  /** The content filter fires; `detected` delivers the media with an advisory mark instead. */
  | { fault: "filtered"; detected?: boolean; sources?: string[] }
  /** Simulated work takes `factor` times as long; `milliseconds` is added to each step. */
  | { fault: "slow"; factor?: number; milliseconds?: number }
  /** Every frame of the project comes twice. */
  | { fault: "duplicate" }
  /** Neighbouring frames of the project change places. */
  | { fault: "reorder" }
  /** `jobResult` never comes; the record has it. */
  | { fault: "loseResult" }
  /** The final `jobCompleted` never comes. */
  | { fault: "loseCompleted" }
  /** The attempt fails with `jobRetry` and starts again with a new `imgID`. */
  | { fault: "retry"; attempts?: number }
  /** No worker serves the model: the project stays queued. */
  | { fault: "noWorkers" }
  /** A cancellation is refused, or with `silent` never answered. */
  | { fault: "refuseCancel"; silent?: boolean; message?: string }
  /** An upload ends with this status. */
  | { fault: "badUpload"; status?: number }
  /** An upload is never answered. */
  | { fault: "stallUpload" }
  /** A download ends with this status. */
  | { fault: "downloadStatus"; status?: number }
  /** A download comes in pieces with a pause after each. */
  | { fault: "slowDownload"; pieces?: number; milliseconds?: number }
  /** A download ends early, after this part of its bytes (0 to 1). */
  | { fault: "truncateDownload"; keep?: number }
  /** A download is something else: this type and body. */
  | { fault: "wrongType"; contentType?: string; body?: string }
  /** A REST call fails. */
  | {
    fault: "rest";
    status?: number;
    errorCode?: number;
    message?: string;
    /** Seconds, sent as header and in the envelope. */
    retryAfter?: number;
    /** Shape of the body. */
    body?: "envelope" | "html" | "text" | "malformed" | "empty";
    /** Milliseconds before the answer. */
    delay?: number;
  }
  /** An event stream is cut after so many events of this connection (default 2). */
  | { fault: "dropStream"; after?: number }
  /** The key is refused: 401 on REST, close code 4021 on the socket. */
  | { fault: "rejectKey" }
  /** The socket opens and stays silent. */
  | { fault: "noAuthenticated" }
  /** The socket opens late. */
  | { fault: "delayUpgrade"; milliseconds?: number }
  /** The upgrade is answered with an HTTP error. */
  | { fault: "refuseUpgrade"; status?: number };

/** Name of a fault. */
export type FaultName = Fault["fault"];

/** A fault and where it strikes. */
export type FaultRule = Fault & FaultTarget;

/** Rules in the order in which they are tried. */
export type FaultScript = readonly FaultRule[];

/** The fault's parameters by name, for checking scripts: kind of each value. */
export const FAULT_PARAMETERS: Record<FaultName, Record<string, ParameterKind>> = {
  error: {
    code: "number or word",
    message: "text",
    level: ["project", "output"],
    phase: PHASES,
    fields: "object",
  },
  stall: { phase: PHASES },
  dropSocket: { phase: PHASES, closeCode: "number", reason: "text" },
  restart: {},
  loseRequest: {},
  filtered: { detected: "boolean", sources: "texts" },
  slow: { factor: "number", milliseconds: "number" },
  duplicate: {},
  reorder: {},
  loseResult: {},
  loseCompleted: {},
  retry: { attempts: "number" },
  noWorkers: {},
  refuseCancel: { silent: "boolean", message: "text" },
  badUpload: { status: "number" },
  stallUpload: {},
  downloadStatus: { status: "number" },
  slowDownload: { pieces: "number", milliseconds: "number" },
  truncateDownload: { keep: "number" },
  wrongType: { contentType: "text", body: "text" },
  rest: {
    status: "number",
    errorCode: "number",
    message: "text",
    retryAfter: "number",
    body: ["envelope", "html", "text", "malformed", "empty"],
    delay: "number",
  },
  dropStream: { after: "number" },
  rejectKey: {},
  noAuthenticated: {},
  delayUpgrade: { milliseconds: "number" },
  refuseUpgrade: { status: "number" },
};

/** What a parameter may be; a list stands for its words. */
export type ParameterKind =
  | "number"
  | "text"
  | "boolean"
  | "number or word"
  | "texts"
  | "object"
  | readonly string[];

/** Parameters that every rule may have. */
export const TARGET_PARAMETERS: Record<keyof FaultTarget, ParameterKind> = {
  prompt: "text",
  job: "number",
  output: "number",
  path: "text",
  method: "text",
  times: "number",
};
