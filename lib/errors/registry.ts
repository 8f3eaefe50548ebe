/**
 * The error registry: every code that sogni-agent can report, in one table.
 *
 * Codes are public and append-only. `type`, `category` and `retryable` follow the classification
 * of the command-line contract; `doc` is the line that documentation prints.
 */

/** Facts about one error code. */
export interface ErrorEntry {
  /** The contract's `errorType`. */
  type: string;
  /** The contract's `errorCategory`. */
  category: string;
  /** Whether the same command may succeed later without a change. */
  retryable: boolean;
  /** One line of documentation. */
  doc: string;
  /** How `errorCode` is written in JSON where it differs from the key. */
  publicCode?: string;
}

const PARAMETER = { type: "PARAMETER_INVALID", category: "schema_validation", retryable: false };
const PERMISSION = {
  type: "PERMISSION_REQUIRED",
  category: "permission_required",
  retryable: false,
};
const CREDITS = { type: "COST_LIMIT_EXCEEDED", category: "insufficient_credits", retryable: true };
const CANCELLED = { type: "USER_CANCELLED", category: "cancelled", retryable: false };
const TIMEOUT = { type: "PROVIDER_TIMEOUT", category: "timeout", retryable: true };
const ASSET = { type: "ASSET_NOT_FOUND", category: "asset_not_found", retryable: false };
const REFUSED = { type: "SAFETY_REJECTED", category: "content_refused", retryable: false };
const TRANSIENT = { type: "GPU_WORKER_FAILED", category: "transient_failure", retryable: true };
const MODEL = { type: "MODEL_UNAVAILABLE", category: "model_unavailable", retryable: true };
const UNKNOWN = { type: "UNKNOWN_ERROR", category: "permanent_failure", retryable: false };
const BILLING = { type: "SUBSCRIPTION_LIMIT", category: "subscription_billing", retryable: false };

const WORKFLOW = {
  type: "WORKFLOW_VALIDATION_FAILED",
  category: "workflow_validation",
  retryable: false,
};

/** Every error code with its facts. */
export const ERRORS = {
  INVALID_ARGUMENT: {
    ...PARAMETER,
    doc: "A flag, its value or a combination of flags cannot be used.",
  },
  COUNT_LIMIT_EXCEEDED: {
    ...PARAMETER,
    doc: "More outputs were asked for than SOGNI_MAX_COUNT allows.",
  },
  INVALID_CONFIG: {
    ...PARAMETER,
    doc: "The plugin configuration holds a value that cannot be used.",
  },
  INVALID_PATH: { ...PARAMETER, doc: "A path holds a control character or cannot be used." },
  INVALID_VIDEO_SIZE: { ...PARAMETER, doc: "With --strict-size the size cannot be kept exactly." },
  INVALID_URL: {
    ...PARAMETER,
    doc: "A reference URL is refused by the URL guard or cannot be parsed.",
  },
  INVALID_API_BASE_URL: { ...PARAMETER, doc: "The API origin cannot be parsed as a URL." },
  UNSAFE_API_BASE_URL: { ...PERMISSION, doc: "The API origin may not receive the API key." },
  NOT_IMPLEMENTED: { ...UNKNOWN, doc: "The flag is known but this build cannot carry it out yet." },
  MISSING_CREDENTIALS: { ...PERMISSION, doc: "No API key was found." },
  CREDENTIALS_UNREADABLE: { ...PERMISSION, doc: "The credentials file exists but cannot be read." },
  MISSING_API_KEY: { ...PERMISSION, doc: "The command needs an API key." },
  INVALID_API_KEY: { ...PERMISSION, doc: "The service refused the API key." },
  INSUFFICIENT_BALANCE: { ...CREDITS, doc: "The balance does not cover the job." },
  COST_LIMIT_EXCEEDED: {
    type: "COST_LIMIT_EXCEEDED",
    category: "cost_limit",
    retryable: false,
    doc: "The cost is above --max-cost or SOGNI_MAX_COST_PER_DAY, or is not known.",
  },
  JOB_NOT_FOUND: { ...ASSET, doc: "The journal has no job of this id." },
  JOB_NOT_REACHABLE: {
    ...PERMISSION,
    doc: "The job belongs to another account or service than the one in use.",
  },
  JOB_CANCEL_FAILED: { ...TRANSIENT, doc: "The service did not confirm that a job was cancelled." },
  JOURNAL_UNUSABLE: { ...UNKNOWN, doc: "The journal of jobs cannot be read or written." },
  MISSING_STEPS: { ...PARAMETER, doc: "A cost estimate needs a number of steps." },
  MISSING_FRAMES: { ...PARAMETER, doc: "A cost estimate needs a number of frames." },
  MISSING_FILE: { ...ASSET, doc: "A local input file does not exist." },
  FILE_NOT_FOUND: { ...ASSET, doc: "A file does not exist." },
  FETCH_FAILED: { ...TRANSIENT, doc: "A URL answered with an error or could not be reached." },
  NETWORK_TIMEOUT: { ...TIMEOUT, doc: "The network did not answer in time." },
  CONNECTION_FAILED: {
    ...TRANSIENT,
    doc: "The service could not be reached or closed the connection.",
  },
  PROJECT_TIMEOUT: {
    ...TIMEOUT,
    doc: "The render did not finish within --timeout; it was cancelled.",
  },
  PROJECT_TIMEOUT_CANCEL_FAILED: {
    ...TIMEOUT,
    doc: "The render did not finish in time and could not be cancelled.",
  },
  PROJECT_FAILED: {
    ...UNKNOWN,
    doc: "The service reported that the render failed; its code or words tell the category.",
  },
  MODEL_UNAVAILABLE: { ...MODEL, doc: "The model is not offered by the service now." },
  MODEL_NOT_FOUND: { ...PARAMETER, doc: "The model id is not known to the service." },
  CONTENT_FILTERED: { ...REFUSED, doc: "Every result was withheld by the content filter." },
  NO_OUTPUT: { ...TRANSIENT, doc: "The service finished without delivering a result." },
  DOWNLOAD_FAILED: { ...TRANSIENT, doc: "A finished result could not be downloaded." },
  OUTPUT_WRITE_FAILED: { ...UNKNOWN, doc: "A result could not be written to disk." },
  NO_LAST_RENDER: { ...ASSET, doc: "No render has been recorded yet." },
  STATE_FILE_DAMAGED: { ...UNKNOWN, doc: "A state file cannot be parsed; it was kept aside." },
  STATE_READ_FAILED: { ...UNKNOWN, doc: "A state file cannot be read." },
  STATE_WRITE_FAILED: { ...UNKNOWN, doc: "A state file cannot be written." },
  TEMP_FOLDER_FAILED: { ...UNKNOWN, doc: "No folder for temporary files can be made." },
  STATE_LOCKED: { ...TRANSIENT, doc: "Another process holds the lock of a state file." },
  PERSONA_NOT_FOUND: { ...ASSET, doc: "No persona has this name, id or tag." },
  PERSONA_EXISTS: { ...PARAMETER, doc: "A persona of this name exists already." },
  PERSONA_VOICE_NOT_FOUND: { ...ASSET, doc: "The persona has no usable voice clip." },
  MISSING_FFMPEG: { ...UNKNOWN, doc: "ffmpeg is needed and was not found." },
  INVALID_FFMPEG: { ...PARAMETER, doc: "FFMPEG_PATH does not name an ffmpeg." },
  FFMPEG_FAILED: { ...UNKNOWN, doc: "ffmpeg ended with an error." },
  FFMPEG_EXTRACT_FAILED: { ...UNKNOWN, doc: "ffmpeg could not extract the frame." },
  FFMPEG_AUDIO_PREP_FAILED: { ...UNKNOWN, doc: "ffmpeg could not convert the reference audio." },
  FFMPEG_AUDIO_ID_FAILED: { ...UNKNOWN, doc: "ffmpeg could not convert the voice clip." },
  FFMPEG_SEEDANCE_AUDIO_PREP_FAILED: {
    ...UNKNOWN,
    doc: "ffmpeg could not convert the Seedance audio reference.",
  },
  FFMPEG_SEEDANCE_AUDIO_TRIM_FAILED: {
    ...UNKNOWN,
    doc: "ffmpeg could not cut the Seedance audio reference.",
  },
  FFMPEG_SEEDANCE_V2V_PREP_FAILED: {
    ...UNKNOWN,
    doc: "ffmpeg could not cut the Seedance video reference.",
  },
  UNSUPPORTED_MEDIA_TYPE: { ...PARAMETER, doc: "The file is not of a type that can be used here." },
  MEDIA_REFERENCE_TOO_LARGE: { ...PARAMETER, doc: "A reference file is above the size limit." },
  MEDIA_REFERENCE_NOT_FOUND: { ...ASSET, doc: "A reference file does not exist." },
  MEDIA_REFERENCE_LIMIT_EXCEEDED: {
    ...PARAMETER,
    doc: "More references were given than the model takes.",
  },
  MEDIA_UPLOAD_FAILED: { ...TRANSIENT, doc: "A reference could not be uploaded." },
  APP_ID_PERSISTENCE_FAILED: { ...UNKNOWN, doc: "The application id could not be stored." },
  APP_ID_POOL_EXHAUSTED: {
    ...TRANSIENT,
    doc: "Every application id is leased by a running process.",
  },
  INVALID_APP_ID: { ...PARAMETER, doc: "The application id is empty or malformed." },
  USER_CANCELLED: {
    ...CANCELLED,
    doc: "The run was interrupted; the paid project was cancelled first.",
  },
  SUBSCRIPTION_NOT_COVERED: {
    ...BILLING,
    publicCode: "4078",
    doc: "Service code 4078: no active subscription covers the job.",
  },
  SUBSCRIPTION_QUEUE_FULL: {
    ...BILLING,
    retryable: true,
    publicCode: "4079",
    doc: "Service code 4079: the subscription's queue is full.",
  },
  SUBSCRIPTION_RENEWAL_PENDING: {
    ...BILLING,
    publicCode: "4080",
    doc: "Service code 4080: the renewal payment is being retried.",
  },
  SUBSCRIPTION_PLAN_TOO_LOW: {
    ...BILLING,
    publicCode: "4081",
    doc: "Service code 4081: the feature needs a higher plan.",
  },
  API_REQUEST_FAILED: {
    ...UNKNOWN,
    doc: "The API answered with an error that has no code of its own.",
  },
  API_FORBIDDEN: {
    ...PERMISSION,
    publicCode: "API_REQUEST_FAILED",
    doc: "The API refused the request for this key (HTTP 403).",
  },
  API_NOT_FOUND: {
    ...ASSET,
    publicCode: "API_REQUEST_FAILED",
    doc: "The API knows no such thing (HTTP 404).",
  },
  API_TIMEOUT: {
    ...TIMEOUT,
    publicCode: "API_REQUEST_FAILED",
    doc: "The API gave up waiting (HTTP 408 or 504).",
  },
  API_REJECTED: {
    ...PARAMETER,
    publicCode: "API_REQUEST_FAILED",
    doc: "The API cannot use the request (HTTP 400, 409, 413 or 422).",
  },
  API_WORKFLOW_REJECTED: {
    ...WORKFLOW,
    publicCode: "API_REQUEST_FAILED",
    doc: "The API cannot use the workflow (HTTP 400, 409 or 422).",
  },
  API_UNAVAILABLE: {
    ...TRANSIENT,
    publicCode: "API_REQUEST_FAILED",
    doc: "The API failed by itself (HTTP 5xx).",
  },
  API_REDIRECT_REFUSED: {
    ...PERMISSION,
    publicCode: "API_REQUEST_FAILED",
    doc: "The API redirects a request that carries the key.",
  },
  RATE_LIMITED: {
    type: "RATE_LIMITED",
    category: "transient_failure",
    retryable: true,
    doc: "The API asks for a pause (HTTP 429); details name the seconds.",
  },
  API_STREAM_FAILED: { ...TRANSIENT, doc: "An event stream could not be opened or kept open." },
  API_STREAM_FORBIDDEN: {
    ...PERMISSION,
    publicCode: "API_STREAM_FAILED",
    doc: "The API refused the event stream for this key.",
  },
  API_STREAM_NOT_FOUND: {
    ...ASSET,
    publicCode: "API_STREAM_FAILED",
    doc: "The API knows no such event stream.",
  },
  INVALID_MEDIA_REFERENCE: { ...PARAMETER, doc: "A reference is not a file or not usable data." },
  INVALID_WORKFLOW_INPUT: { ...WORKFLOW, doc: "--workflow-input is not a usable workflow." },
  INVALID_REPLAY_INPUT: { ...PARAMETER, doc: "--ingest-replay is not a usable replay record." },
  EMPTY_STORYBOARD_STORYLINE: {
    ...TRANSIENT,
    doc: "The planning model answered without a storyline.",
  },
  STORYBOARD_INVALID: { ...WORKFLOW, doc: "A storyline cannot be compiled into a storyboard." },
  MISSING_WORKFLOW_ID: { ...PARAMETER, doc: "A workflow action needs an id." },
  WORKFLOW_FAILED: { ...UNKNOWN, doc: "The hosted workflow ended in failure." },
  DURABLE_CHAT_NO_RUN_ID: { ...TRANSIENT, doc: "The API accepted a chat run without naming it." },
  DURABLE_CHAT_RUN_FAILED: { ...UNKNOWN, doc: "The durable chat run ended in failure." },
  DURABLE_CHAT_STREAM_INTERRUPTED: {
    ...TRANSIENT,
    doc: "The event stream of a chat run broke off before the run ended.",
  },
  NO_RELEASE_NOTES: { ...ASSET, doc: "The changelog has nothing for the versions asked for." },
  SELF_UPDATE_UNAVAILABLE: {
    ...UNKNOWN,
    doc: "This installation cannot update itself; the hint says what can.",
  },
  SELF_UPDATE_FAILED: { ...UNKNOWN, doc: "The update failed; the old version is still in place." },
  RELEASE_UNTRUSTED: {
    ...PERMISSION,
    doc: "A release is not signed by the pinned key, or is not what was signed.",
  },
  SETUP_NO_RUNTIME: { ...ASSET, doc: "None of the runtimes named by setup --only is here." },
  SETUP_NPM_FAILED: { ...UNKNOWN, doc: "npm could not install or remove the program." },
  SETUP_RUNTIME_FAILED: { ...UNKNOWN, doc: "Setup could not change some of the runtimes." },
  SETUP_BACKUP_FAILED: { ...UNKNOWN, doc: "The state folder could not be backed up; it stays." },
  BATCH_INCOMPLETE: { ...TRANSIENT, doc: "Some jobs of a batch were not delivered." },
  INTERNAL_ERROR: { ...UNKNOWN, doc: "A defect in sogni-agent; please report it." },
} as const satisfies Record<string, ErrorEntry>;

/** A registered error code. */
export type ErrorCode = keyof typeof ERRORS;

/** The entry of a code, with the optional fields visible. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  return ERRORS[code];
}
