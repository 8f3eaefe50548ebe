/**
 * The main thread: reads the command line, gives up what the command does not need, runs it here
 * or in a worker, and ends the process. It is the only caller of `leave`.
 */
import type { Invocation } from "../cli/invocation.ts";
import { parse, type ReadSoFar, wantsJson } from "../cli/parse.ts";
import type { Door } from "../platform/door.ts";
import { beforeLeaving, leave } from "../platform/exit.ts";
import type { Host, HostFacts, SandboxEndpoint } from "../platform/host.ts";
import type { AskJournal } from "../platform/journal.ts";
import { createLocalHost } from "../platform/local_host.ts";
import { giveUp, heldPermissions, type PermissionKind } from "../platform/permissions.ts";
import { execute, interrupted } from "./execute.ts";
import { COMMANDS, isLocal } from "./table.ts";
import { watchForUpdates } from "./update/watch.ts";

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
  const machine = entry?.tellsGrants ? withGrants(host) : host;
  if (entry) giveUp(REVOCABLE.filter((kind) => !entry.keeps.includes(kind)));
  if (entry?.where === "worker") {
    const { runService } = await import("./run_service.ts");
    leave(await runService(invocation, machine, workerModule, answered));
  }
  leave(await execute(invocation, machine));
}

/** The command that only tells what another one would be given. */
function explained(invocation: Invocation): Invocation {
  return { ...invocation, command: "explain-permissions", words: [invocation.command] };
}

/** What is held now, before it is given up; asking costs time that other commands need not spend. */
function withGrants(host: Host): Host {
  const grants = heldPermissions();
  return grants ? { ...host, facts: { ...host.facts, grants } } : host;
}

async function openDoor(facts: HostFacts): Promise<Door> {
  const { processDoor } = await import("./network.ts");
  return processDoor(facts);
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
    import("./fail.ts").then(({ failNow }) => {
      answer = () => failNow(interrupted(name), host, { json: true, prompt });
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
    const { failNow } = await import("./fail.ts");
    return failNow(error, host, { json: wantsJson(argv), prompt: soFar.prompt });
  }
}
