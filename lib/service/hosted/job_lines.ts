/** Lines about the jobs of a run: one for each change that matters. */
import type { JobProgress } from "./run_events.ts";

interface JobState {
  percent: number | undefined;
  printedPercent: number | undefined;
  eta: number | undefined;
  url: string | undefined;
  error: string | undefined;
}

/** Smallest step of progress that is worth a line, in percentage points. */
const STEP = 5;

/** Remembers what was said of each job. */
export class JobLines {
  #jobs = new Map<string, JobState>();

  /** The line for a report of progress, or `undefined` when nothing changed enough. */
  next(report: JobProgress): string | undefined {
    const { jobIndex } = report;
    if (jobIndex === undefined) return undefined;
    const key = `${report.toolCallId ?? ""} ${jobIndex}`;
    const state = this.#jobs.get(key) ??
      {
        percent: undefined,
        printedPercent: undefined,
        eta: undefined,
        url: undefined,
        error: undefined,
      };
    this.#jobs.set(key, state);
    if (report.jobProgress !== undefined) {
      state.percent = Math.round(Math.min(1, Math.max(0, report.jobProgress)) * 100);
    }
    const line = changeLine(report, state);
    return line === undefined ? undefined : `[job ${jobIndex}] ${line}`;
  }
}

function changeLine(report: JobProgress, state: JobState): string | undefined {
  const { jobError, resultUrl, jobEtaSeconds: eta } = report;
  if (jobError !== undefined && jobError !== state.error) {
    state.error = jobError;
    return `error: ${jobError}`;
  }
  const percent = state.percent === undefined ? "" : `${state.percent}%`;
  if (resultUrl !== undefined && resultUrl !== state.url) {
    state.url = resultUrl;
    return percent === "" ? `done → ${resultUrl}` : `done (${percent}) → ${resultUrl}`;
  }
  const moved = state.percent !== undefined &&
    (state.printedPercent === undefined || state.percent - state.printedPercent >= STEP);
  const etaChanged = eta !== undefined && eta !== state.eta;
  if (!moved && !etaChanged) return undefined;
  state.printedPercent = state.percent;
  if (eta !== undefined) state.eta = eta;
  const wait = eta === undefined ? "" : `(${Math.round(eta)}s)`;
  return [percent, wait].filter((part) => part !== "").join(" ");
}
