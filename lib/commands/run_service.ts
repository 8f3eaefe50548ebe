/** Runs a command that handles outside data: behind the wall where there is one. */
import type { Invocation } from "../cli/invocation.ts";
import type { Host, InterruptName, SandboxEndpoint } from "../platform/host.ts";
import { hasWall } from "../platform/has_wall.ts";
import { SIGNAL_EXIT_CODES } from "../platform/local_host.ts";
import { execute, interrupted } from "./execute.ts";
import { type CommandNetwork, openNetwork } from "./network.ts";
import type { CommandInput } from "./worker.ts";

/** A command that was interrupted gets this long to cancel what is paid for. */
const INTERRUPT_GRACE_MS = 15_000;

/**
 * @param workerModule module that serves commands in a worker (`worker.ts`)
 * @param answered whether stdout has been written to
 * @returns the exit code
 */
export async function runService(
  invocation: Invocation,
  machine: Host,
  workerModule: URL,
  answered: () => boolean,
): Promise<number> {
  const host = withSandbox(invocation, machine);
  let network: CommandNetwork;
  try {
    network = await openNetwork(invocation, host);
  } catch (error) {
    return await fail(error, host, invocation, answered());
  }
  if (hasWall) return await runInWorker(invocation, host, network, workerModule, answered);
  const { takeRoute } = await import("../net/route.ts");
  await takeRoute(network.route, host);
  return await execute(invocation, host);
}

/** Work that is left behind needs a practice service that stays, too. */
function withSandbox({ command, options }: Invocation, host: Host): Host {
  const isLeft = command === "jobs" || (command === "generate" && options.detach);
  if (!options.sandbox || !isLeft) return host;
  let starting: Promise<SandboxEndpoint> | undefined;
  const start = async () => {
    const { lastingSandbox } = await import("./lasting_sandbox.ts");
    return await lastingSandbox(host, command !== "jobs");
  };
  return { ...host, startSandbox: () => starting ??= start() };
}

async function runInWorker(
  invocation: Invocation,
  host: Host,
  { route, net, reach }: CommandNetwork,
  workerModule: URL,
  answered: () => boolean,
): Promise<number> {
  const { startWorker } = await import("../platform/worker_session.ts");
  let signal: InterruptName | undefined;
  const session = startWorker({
    module: workerModule,
    task: "command",
    input: { invocation, route } satisfies CommandInput,
    grants: { net, loopback: route.allowLoopback },
    host: reach ? (await import("../platform/reach.ts")).hostWithin(host, reach) : host,
  });
  const late = new Promise<"late">((resolve) => {
    host.onInterrupt((name) => {
      signal = name;
      setTimeout(() => resolve("late"), INTERRUPT_GRACE_MS);
    });
  });
  try {
    const code = await Promise.race([session.ended, late]);
    if (code !== "late") return code as number;
    await fail(interrupted(signal ?? "SIGINT"), host, invocation, answered());
    return SIGNAL_EXIT_CODES[signal ?? "SIGINT"];
  } catch (error) {
    return await fail(error, host, invocation, answered());
  } finally {
    session.terminate();
  }
}

/** @param answered whether stdout has its JSON object already */
async function fail(
  error: unknown,
  host: Host,
  { options, prompt }: Invocation,
  answered: boolean,
): Promise<number> {
  const { failNow } = await import("./fail.ts");
  return failNow(error, host, { json: options.json === true && !answered, prompt: prompt ?? null });
}
