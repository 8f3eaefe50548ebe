/** Whose rights this process has. */
import process from "node:process";

/** Effective user id; `undefined` where there are none (Windows). */
export function effectiveUserId(): number | undefined {
  return process.geteuid?.();
}
