/** The `Host` of this thread: the real machine. */
import process from "node:process";
import { runProgram } from "./child.ts";
import { download } from "./download.ts";
import { leave } from "./exit.ts";
import { readFacts } from "./facts.ts";
import { createFiles } from "./files.ts";
import type { Host, HostFacts, InterruptName, SandboxEndpoint } from "./host.ts";
import { isProcessAlive } from "./process_alive.ts";
import { writeStream } from "./streams.ts";
import { askTerminal, readStandardInput } from "./terminal_input.ts";

/** What the entry point adds to the machine. */
export interface LocalHostOptions {
  facts?: HostFacts;
  /** Starts the embedded sandbox; injected, because this folder knows nothing of it. */
  startSandbox?: (host: Host) => Promise<SandboxEndpoint>;
}

const SIGNALS: readonly InterruptName[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Exit code of a process that ends by a signal it handled: 128 + the signal's number. */
export const SIGNAL_EXIT_CODES: Readonly<Record<InterruptName, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

/** The machine behind the `Host` interface. */
export function createLocalHost(options: LocalHostOptions = {}): Host {
  const facts = options.facts ?? readFacts();
  let sandbox: Promise<SandboxEndpoint> | undefined;
  const host: Host = {
    facts,
    files: createFiles(facts.tempDir),
    write: writeStream,
    run: runProgram,
    download,
    startSandbox() {
      if (!options.startSandbox) return Promise.reject(new Error("no sandbox in this host"));
      sandbox ??= options.startSandbox(host);
      return sandbox;
    },
    prompt: (question, { hidden = false } = {}) => askTerminal(question, hidden),
    readStdin: readStandardInput,
    isProcessAlive: (pid) => Promise.resolve(isProcessAlive(pid)),
    onInterrupt: listenForInterrupts,
  };
  return host;
}

let listening = false;
let received: InterruptName | undefined;
const handlers: ((name: InterruptName) => void)[] = [];

/** The first signal goes to the handlers; a second one ends the process at once. */
function listenForInterrupts(handler: (name: InterruptName) => void): void {
  handlers.push(handler);
  if (received) handler(received);
  if (listening) return;
  listening = true;
  for (const name of SIGNALS) {
    if (process.platform === "win32" && name === "SIGTERM") continue;
    process.on(name, () => {
      if (received) leave(SIGNAL_EXIT_CODES[name]);
      received = name;
      for (const each of handlers) each(name);
    });
  }
}
