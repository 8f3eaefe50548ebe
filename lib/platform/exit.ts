/** The one place that ends the process. */
import process from "node:process";

const cleanups: (() => void)[] = [];

/** Runs `cleanup` (synchronously) before the process ends by {@link leave}. */
export function beforeLeaving(cleanup: () => void): void {
  cleanups.push(cleanup);
}

/** Cleans up (children are killed, too) and ends the process with `code`. */
export function leave(code: number): never {
  for (const cleanup of cleanups.reverse()) {
    try {
      cleanup();
    } catch {
      // A clean-up that fails must not keep the process from ending.
    }
  }
  process.exit(code);
}
