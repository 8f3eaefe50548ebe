/** Time inside the sandbox: simulated work that can be sped up, and waits that end with it. */
import { setImmediate } from "node:timers";

/** Thrown out of a wait when the sandbox stops or the work is called off. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** The sandbox's clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Waits for simulated work: `milliseconds` times the sandbox's speed, at least one turn. */
  work(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Waits in real milliseconds, whatever the speed. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Waits until the signal is aborted or the sandbox stops. */
  forever(signal?: AbortSignal): Promise<never>;
  /** Ends every wait with {@link Stopped}. */
  stop(): void;
}

/**
 * @param speed multiplier of simulated work; 0 for none
 * @param now epoch milliseconds
 */
export function createClock(speed: number, now: () => number = Date.now): Clock {
  const stopping = new AbortController();
  const wait = (milliseconds: number | undefined, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sources = signal ? [stopping.signal, signal] : [stopping.signal];
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = (settle: () => void) => {
        clearTimeout(timer);
        for (const source of sources) source.removeEventListener("abort", stop);
        settle();
      };
      const stop = () => end(() => reject(new Stopped("the wait was ended")));
      if (sources.some((source) => source.aborted)) return stop();
      for (const source of sources) source.addEventListener("abort", stop);
      if (milliseconds === undefined) return;
      if (milliseconds > 0) timer = setTimeout(() => end(resolve), milliseconds);
      else setImmediate(() => end(resolve));
    });
  return {
    now,
    work: (milliseconds, signal) => wait(milliseconds * speed, signal),
    sleep: (milliseconds, signal) => wait(milliseconds, signal),
    forever: (signal) => wait(undefined, signal) as Promise<never>,
    stop: () => stopping.abort(),
  };
}
