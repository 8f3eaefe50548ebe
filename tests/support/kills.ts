/** Kills agents at chosen moments. */
import type { ChildProcess } from "node:child_process";
import type { Sandbox } from "../../lib/sandbox/options.ts";
import type { AgentRun, Place } from "./agent.ts";

const POLL_MS = 2;

/** When to kill; looked at every few milliseconds. */
export type Moment = (stderr: string) => boolean;

/** Moments of one run, seen from the service. */
export function momentsOf({ recorder }: Sandbox): Record<string, Moment> {
  const requests = recorder.received("jobRequest").length;
  const downloads = recorder.requests(/^\/storage\/results\//).length;
  return {
    "before it connects": (stderr) => stderr.includes("Connecting"),
    "before it sends": (stderr) => stderr.includes("Connected"),
    "after it sent": () => recorder.received("jobRequest").length > requests,
    "during the download": () => recorder.requests(/^\/storage\/results\//).length > downloads,
  };
}

/** Runs the agent and kills it (SIGKILL) at the moment; a run that ends before is left alone. */
export async function killAt(
  place: Place,
  args: readonly string[],
  moment: Moment,
): Promise<AgentRun> {
  let stderr = "";
  let timer: ReturnType<typeof setInterval> | undefined;
  const watch = (child: ChildProcess) => {
    timer = setInterval(() => {
      if (moment(stderr)) child.kill("SIGKILL");
    }, POLL_MS);
  };
  try {
    return await place.run(args, { onStart: watch, onStderr: (text) => stderr = text });
  } finally {
    clearInterval(timer);
  }
}
