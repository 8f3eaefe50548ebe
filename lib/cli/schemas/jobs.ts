/** What `jobs` and `--detach` print, and the events of progress. */
import {
  about,
  flag,
  just,
  list,
  number,
  object,
  oneOf,
  orNull,
  type Schema,
  text,
  time,
  whole,
} from "./shape.ts";

const FIELDS = {
  jobId: text,
  status: about(
    "running: wait for it. finished: collect it. unknown: sent, and nobody heard how it ended",
    oneOf("running", "finished", "saved", "failed", "cancelled", "unknown", "planned"),
  ),
  "state?": text,
  prompt: text,
  model: text,
  medium: text,
  count: whole,
  projectIds: list(text),
  output: orNull(text),
  localPaths: list(text),
  tokenType: oneOf("spark", "sogni"),
  estimatedCost: orNull(number),
  billedCost: orNull(number),
  attended: about("Whether a running process looks after it", flag),
  "jobError?": object({ code: text, message: text }),
  "sandbox?": just(true),
  createdAt: time,
  updatedAt: time,
} as const;

/** `jobs status ID`, and a wait that met its limit. */
export const JOB: Schema = object({
  success: just(true),
  type: just("job"),
  ...FIELDS,
  "projects?": about(
    "What the service says, where nobody looks after the job",
    list(object({ projectId: orNull(text), status: text })),
  ),
  "reachable?": about("false: the service could not be asked", flag),
  "timestamp?": time,
});

/** `jobs list`. */
export const JOBS: Schema = object({
  success: just(true),
  type: just("jobs"),
  jobs: list(object(FIELDS)),
  timestamp: time,
});

/** A line of stderr with `--progress ndjson`. */
export const PROGRESS: Schema = object({
  event: just("progress"),
  percent: { type: "integer", minimum: 0, maximum: 100 },
  completed: whole,
  total: whole,
  etaSeconds: orNull(number),
  elapsedSeconds: number,
  phase: orNull(text),
});
