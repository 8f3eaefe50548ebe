/** The one place that ends the process. */
import process from "node:process";
import { killChildren } from "./child.ts";

const cleanups: (() => void)[] = [];

/** Runs `cleanup` (synchronously) before the process ends by {@link leave}. */
export function beforeLeaving(cleanup: () => void): void {
  cleanups.push(cleanup);
}

/** Kills children, cleans up and ends the process with `code`. */
export function leave(code: number): never {
  killChildren();
  for (const cleanup of cleanups.reverse()) {
    try {
      cleanup();
    } catch {
      // A clean-up that fails must not keep the process from ending.
    }
  }
  process.exit(code);
}
