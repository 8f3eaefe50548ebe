/** Whether another process still runs. */
import process from "node:process";

/**
 * Asks the system without touching the process.
 *
 * @returns `undefined` when this process may not ask (Deno without permission to run programs)
 */
export function isProcessAlive(pid: number): boolean | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    const { code, name } = error as { code?: string; name?: string };
    if (code === "ESRCH") return false;
    // It exists but belongs to someone else.
    if (code === "EPERM") return true;
    return name === "NotFound" ? false : undefined;
  }
}
