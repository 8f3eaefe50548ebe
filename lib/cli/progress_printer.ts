/** Shows a moving `ProgressState` in the way that suits the reader. */
import { type ProgressState, renderBar, renderEvent, renderPlain } from "./progress.ts";
import type { Reporter } from "./reporter.ts";

/** How progress is shown. */
export type ProgressMode = "bar" | "plain" | "ndjson" | "none";

/** What decides the mode. */
export interface ProgressSurroundings {
  /** `--progress`, when given. */
  asked?: string | undefined;
  quiet: boolean;
  stderrIsTerminal: boolean;
  env: Readonly<Record<string, string>>;
}

/** The mode: what was asked for, else a bar on a terminal that can show one, else plain lines. */
export function chooseProgressMode(surroundings: ProgressSurroundings): ProgressMode {
  const { asked, quiet, stderrIsTerminal, env } = surroundings;
  if (asked === "ndjson" || asked === "none" || asked === "plain" || asked === "bar") return asked;
  if (quiet) return "none";
  const simple = env.TERM === "dumb" || (env.ACCESSIBLE ?? "") !== "";
  return stderrIsTerminal && !simple ? "bar" : "plain";
}

/** Milliseconds between two frames of the bar. */
const FRAME_MS = 100;
/** Plain lines come at these steps of the percentage. */
const PLAIN_STEP = 0.25;
const CLEAR_LINE = "\r\u001b[K";

/** Draws, throttles and takes the bar away before other lines. */
export class ProgressPrinter {
  #drawn = false;
  #lastFrame = 0;
  #lastPlain = 0;
  #lastEvent = "";

  constructor(
    readonly report: Reporter,
    readonly mode: ProgressMode,
    readonly columns: number,
    readonly unicode: boolean,
  ) {
    if (mode === "bar") report.onBeforeLine(() => this.clear());
  }

  /** Shows a state; cheap to call often. */
  show(state: ProgressState, now = Date.now()): void {
    if (this.mode === "bar") this.#frame(state, now);
    if (this.mode === "plain") this.#plain(state);
    if (this.mode === "ndjson") this.#event(state);
  }

  /** Takes the bar off the screen. */
  clear(): void {
    if (!this.#drawn) return;
    this.#drawn = false;
    this.report.sink.write("stderr", CLEAR_LINE);
  }

  #frame(state: ProgressState, now: number): void {
    if (now - this.#lastFrame < FRAME_MS && state.fraction < 1) return;
    this.#lastFrame = now;
    this.#drawn = true;
    const line = renderBar(state, this.columns, this.unicode);
    this.report.sink.write("stderr", `${CLEAR_LINE}${line}`);
  }

  #plain(state: ProgressState): void {
    if (state.fraction < this.#lastPlain + PLAIN_STEP || state.fraction >= 1) return;
    this.#lastPlain = Math.floor(state.fraction / PLAIN_STEP) * PLAIN_STEP;
    this.report.note(renderPlain(state));
  }

  #event(state: ProgressState): void {
    const key = `${Math.floor(state.fraction * 100)} ${state.completed} ${state.phase ?? ""}`;
    if (key === this.#lastEvent) return;
    this.#lastEvent = key;
    this.report.sink.write("stderr", `${renderEvent(state)}\n`);
  }
}
