/**
 * The main thread: reads the command line, gives up what the command does not need, runs it here
 * or in a worker, and ends the process. It is the only caller of `leave`.
 */
import type { Invocation } from "../cli/invocation.ts";
import { parse, type ReadSoFar, wantsJson } from "../cli/parse.ts";
import { Reporter } from "../cli/reporter.ts";
import type { Door } from "../platform/door.ts";
import { beforeLeaving, leave } from "../platform/exit.ts";
import type { Host, HostFacts, InterruptName, SandboxEndpoint } from "../platform/host.ts";
import type { AskJournal } from "../platform/journal.ts";
import { createLocalHost, SIGNAL_EXIT_CODES } from "../platform/local_host.ts";
import { giveUp, type PermissionKind } from "../platform/permissions.ts";
import { isDeno } from "../platform/runtime.ts";
import { execute, interrupted } from "./execute.ts";
import type { CommandNetwork } from "./network.ts";
import { COMMANDS, isLocal } from "./table.ts";
import { watchForUpdates } from "./update/watch.ts";
import type { CommandInput } from "./worker.ts";

/** A command that was interrupted gets this long to cancel what is paid for. */
const INTERRUPT_GRACE_MS = 15_000;
const REVOCABLE: readonly PermissionKind[] = ["net", "run", "sys", "ffi", "import"];

/**
 * Runs `argv` and ends the process.
 *
 * @param workerModule module that serves commands in a worker (`worker.ts`)
 */
export async function main(argv: readonly string[], workerModule: URL): Promise<never> {
  const { host, answered } = watchStdout(createLocalHost({ startSandbox, openJournal, openDoor }));
  const remind = await watchForUpdates(argv, host.facts);
  if (remind) beforeLeaving(remind);
  const asked = await readCommandLine(argv, host);
  if (typeof asked === "number") leave(asked);
  const invocation = asked.options.explainPermissions ? explained(asked) : asked;
  const entry = COMMANDS[invocation.command];
  if (invocation.options.json && entry && !isLocal(entry)) {
    answerAlways(host, answered, invocation.prompt ?? null);
  }
  if (entry) giveUp(REVOCABLE.filter((kind) => !entry.keeps.includes(kind)));
  if (entry?.where === "worker") {
    leave(await runService(invocation, withSandbox(invocation, host), workerModule, answered));
  }
  leave(await execute(invocation, host));
}

/** The command that only tells what another one would be given. */
function explained(invocation: Invocation): Invocation {
  return { ...invocation, command: "explain-permissions", words: [invocation.command] };
}

/** Runs a command that handles outside data: behind the wall where there is one. */
async function runService(
  invocation: Invocation,
  host: Host,
  workerModule: URL,
  answered: () => boolean,
): Promise<number> {
  let network: CommandNetwork;
  try {
    const { openNetwork } = await import("./network.ts");
    network = await openNetwork(invocation, host);
  } catch (error) {
    return await fail(error, host, {
      json: invocation.options.json === true && !answered(),
      prompt: invocation.prompt,
    });
  }
  if (isDeno) return await runInWorker(invocation, host, network, workerModule, answered);
  const { takeRoute } = await import("../net/route.ts");
  await takeRoute(network.route, host);
  return await execute(invocation, host);
}

async function openDoor(facts: HostFacts): Promise<Door> {
  const { processDoor } = await import("./network.ts");
  return processDoor(facts);
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

async function startSandbox(host: Host): Promise<SandboxEndpoint> {
  const { startSandboxFor } = await import("./sandbox_starter.ts");
  return await startSandboxFor(host);
}

/** The host, and whether anything has been written to stdout through it. */
function watchStdout(machine: Host): { host: Host; answered: () => boolean } {
  let written = false;
  const write: Host["write"] = (stream, data) => {
    written ||= stream === "stdout";
    machine.write(stream, data);
  };
  return { host: { ...machine, write }, answered: () => written };
}

/** A second signal leaves at once; in JSON mode not without the one object. */
function answerAlways(host: Host, answered: () => boolean, prompt: string | null): void {
  let answer: (() => void) | undefined;
  host.onInterrupt((name) => {
    import("../cli/report_failure.ts").then(({ reportFailure }) => {
      const report = reporterFor(host, true);
      answer = () => reportFailure(interrupted(name), report, host.facts, { prompt });
    });
  });
  beforeLeaving(() => {
    if (!answered()) answer?.();
  });
}

async function openJournal(facts: HostFacts): Promise<AskJournal> {
  const { createJournalServer } = await import("../store/journal/serve.ts");
  return createJournalServer(facts).ask;
}

/** The parsed command line, or the exit code of a line that cannot be used. */
async function readCommandLine(
  argv: readonly string[],
  host: Host,
): Promise<Invocation | number> {
  const { env, home } = host.facts;
  const soFar: ReadSoFar = { prompt: null };
  try {
    return parse(argv, { env, home }, soFar);
  } catch (error) {
    return await fail(error, host, { json: wantsJson(argv), prompt: soFar.prompt });
  }
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
  const failed = () => ({
    json: invocation.options.json === true && !answered(),
    prompt: invocation.prompt,
  });
  try {
    const code = await Promise.race([session.ended, late]);
    if (code !== "late") return code as number;
    await fail(interrupted(signal ?? "SIGINT"), host, failed());
    return SIGNAL_EXIT_CODES[signal ?? "SIGINT"];
  } catch (error) {
    return await fail(error, host, failed());
  } finally {
    session.terminate();
  }
}

/** Reports a failure that no command reported itself. */
async function fail(
  error: unknown,
  host: Host,
  { json, prompt = null }: { json: boolean; prompt: string | null | undefined },
): Promise<number> {
  const { reportFailure } = await import("../cli/report_failure.ts");
  return reportFailure(error, reporterFor(host, json), host.facts, { prompt });
}

function reporterFor(host: Host, json: boolean): Reporter {
  const openclaw = (host.facts.env.OPENCLAW_PLUGIN_CONFIG ?? "") !== "";
  return new Reporter(host, { json, quiet: false, openclaw });
}
