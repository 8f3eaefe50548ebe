/** Tells a client how far a run is: never backwards, not too often, nothing after the end. */
import type { RunProgress } from "./outcome.ts";

/** Sends one notification. */
export type SendProgress = (
  progress: { progress: number; total: number; message: string },
) => void;

/** Milliseconds between two notifications. */
const MIN_INTERVAL_MS = 500;
/** A sign of life for clients that give up on silence. */
const HEARTBEAT_MS = 10_000;
/** What a sign of life adds, so that the number grows. */
const STEP = 0.01;

/** Follows one run. */
export class ProgressTeller {
  #last = -STEP;
  #sentAt = -Infinity;
  #message: string;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  readonly #startedAt = Date.now();

  constructor(readonly send: SendProgress, message: string) {
    this.#message = message;
    this.#tell(0);
    this.#heartbeat = setInterval(() => this.#tell(this.#last), HEARTBEAT_MS);
  }

  /** Shows a state; cheap to call often. */
  show({ percent, etaSeconds, phase }: RunProgress): void {
    const eta = etaSeconds === null ? "" : `about ${etaSeconds} s left`;
    this.#message = [`${percent}%`, phase ?? "", eta].filter(Boolean).join(", ");
    if (Date.now() - this.#sentAt >= MIN_INTERVAL_MS) this.#tell(percent);
  }

  /** Nothing is sent from here on. */
  end(): void {
    clearInterval(this.#heartbeat);
    this.#sentAt = Infinity;
  }

  #tell(percent: number): void {
    if (this.#sentAt === Infinity) return;
    this.#sentAt = Date.now();
    this.#last = Math.round(Math.max(percent, this.#last + STEP) * 100) / 100;
    const seconds = Math.round((this.#sentAt - this.#startedAt) / 1000);
    const message = seconds > 0 ? `${this.#message} (${seconds} s)` : this.#message;
    this.send({ progress: this.#last, total: 100, message });
  }
}
