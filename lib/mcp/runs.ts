/** The runs of a server: how many go at once, how long a call waits, and that none is left behind. */
import { type CommandOutcome, type Execute, failedOutcome, type RunProgress } from "./outcome.ts";
import type { ToolName } from "./tool_texts.ts";

/** One run of a command. */
export interface Run {
  /** Id that the model is given, such as `run-3`. */
  readonly id: string;
  readonly tool: ToolName;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Never rejects. */
  readonly done: Promise<CommandOutcome>;
  /** Set when it has ended. */
  readonly outcome: CommandOutcome | undefined;
  readonly progress: RunProgress | undefined;
  /** Hears of progress until the returned function is called. */
  watch(listener: (progress: RunProgress) => void): () => void;
  /** Interrupts it; the paid job is cancelled. */
  cancel(): void;
}

/** How a run is started. */
export interface RunRequest {
  tool: ToolName;
  argv: readonly string[];
  /** Takes one of the places at the service. */
  online: boolean;
}

/** Ended runs that can still be asked for. */
const KEPT = 100;

/** All runs of one server. */
export class RunBook {
  readonly #runs = new Map<string, Run>();
  readonly #queue: (() => void)[] = [];
  #free: number;
  #next = 1;

  /** @param places how many runs may be at the service at once */
  constructor(readonly execute: Execute, places: number) {
    this.#free = places;
  }

  /** Starts a run, or lines it up. */
  start({ tool, argv, online }: RunRequest): Run {
    const controller = new AbortController();
    const listeners = new Set<(progress: RunProgress) => void>();
    const state: { outcome?: CommandOutcome; progress?: RunProgress } = {};
    const onProgress = (progress: RunProgress) => {
      state.progress = progress;
      for (const listener of listeners) listener(progress);
    };
    const work = async () => {
      if (online && !await this.#enter(controller.signal)) return NEVER_BEGUN;
      try {
        if (controller.signal.aborted) return NEVER_BEGUN;
        return await this.execute(argv, { signal: controller.signal, onProgress });
      } finally {
        if (online) this.#leave();
      }
    };
    const run: Run = {
      id: `run-${this.#next++}`,
      tool,
      startedAt: Date.now(),
      done: work().catch(crashed).then((outcome) => state.outcome = outcome),
      get outcome() {
        return state.outcome;
      },
      get progress() {
        return state.progress;
      },
      watch(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      cancel: () => controller.abort(),
    };
    this.#runs.set(run.id, run);
    this.#forget();
    return run;
  }

  /** A run by its id. */
  find(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** Runs that go on, oldest first. */
  running(): Run[] {
    return [...this.#runs.values()].filter(({ outcome }) => outcome === undefined);
  }

  /** Interrupts everything and waits for it, this long at most. */
  async cancelAll(timeoutMs: number): Promise<void> {
    const open = this.running();
    for (const run of open) run.cancel();
    await within(Promise.all(open.map(({ done }) => done)), timeoutMs);
  }

  /** @returns false when it was cancelled while it stood in line */
  async #enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#free > 0) {
      this.#free--;
      return true;
    }
    return await new Promise((resolve) => {
      const enter = () => {
        signal.removeEventListener("abort", give);
        resolve(true);
      };
      const give = () => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        resolve(false);
      };
      signal.addEventListener("abort", give, { once: true });
      this.#queue.push(enter);
    });
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#free++;
  }

  #forget(): void {
    for (const [id, { outcome }] of this.#runs) {
      if (this.#runs.size <= KEPT) return;
      if (outcome !== undefined) this.#runs.delete(id);
    }
  }
}

/** Waits for the end of a run; `undefined` when the time or the patience was over first. */
export async function waitFor(
  run: Run,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<CommandOutcome | undefined> {
  if (signal.aborted) return run.outcome;
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  await within(Promise.race([run.done, gone]), timeoutMs);
  return run.outcome;
}

async function within(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, timeoutMs));
  await Promise.race([work, late]);
  clearTimeout(timer);
}

const NEVER_BEGUN = failedOutcome("USER_CANCELLED", "Cancelled before it began.");

/** One call that breaks leaves the others, and the server, as they are. */
function crashed(error: unknown): CommandOutcome {
  return failedOutcome("INTERNAL_ERROR", error instanceof Error ? error.message : String(error));
}
