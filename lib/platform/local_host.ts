/** The `Host` of this thread: the real machine. */
import process from "node:process";
import type { Door } from "./door.ts";
import { leave } from "./exit.ts";
import { readFacts } from "./facts.ts";
import {
  FILE_METHODS,
  type Host,
  type HostFacts,
  type HostFiles,
  type InterruptName,
  type SandboxEndpoint,
} from "./host.ts";
import type { AskJournal } from "./journal.ts";
import { machineMark } from "./machine_mark.ts";
import { isProcessAlive } from "./process_alive.ts";
import { writeStream } from "./streams.ts";

/** What the entry point adds to the machine. */
export interface LocalHostOptions {
  facts?: HostFacts;
  /** Starts the embedded sandbox; injected, because this folder knows nothing of it. */
  startSandbox?: (host: Host) => Promise<SandboxEndpoint>;
  /** Opens the door for transfers at the first of them; without it nothing leaves this machine. */
  openDoor?: (facts: HostFacts) => Promise<Door>;
  /** Opens the journal at the first request to it; injected for the same reason. */
  openJournal?: (facts: HostFacts) => Promise<AskJournal>;
}

const SIGNALS: readonly InterruptName[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Exit code of a process that ends by a signal it handled: 128 + the signal's number. */
export const SIGNAL_EXIT_CODES: Readonly<Record<InterruptName, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

/** The machine behind the `Host` interface. What a method needs is loaded when it is called. */
export function createLocalHost(options: LocalHostOptions = {}): Host {
  const facts = options.facts ?? readFacts();
  // Later the permission to ask may be gone.
  machineMark();
  let sandbox: Promise<SandboxEndpoint> | undefined;
  let journal: Promise<AskJournal> | undefined;
  let opened: Promise<Door> | undefined;
  const door = () => opened ??= options.openDoor?.(facts) ?? Promise.resolve(CLOSED_DOOR);
  const host: Host = {
    facts,
    files: lazyFiles(facts.tempDir),
    write: writeStream,
    run: async (...args) => (await import("./child.ts")).runProgram(...args),
    download: async (...args) => (await import("./download.ts")).download(...args, await door()),
    transfer: async (...args) => (await import("./transfer.ts")).transfer(...args, await door()),
    resolve: async (name) => (await door()).resolve(name),
    startSandbox() {
      if (!options.startSandbox) return Promise.reject(new Error("no sandbox in this host"));
      sandbox ??= options.startSandbox(host);
      return sandbox;
    },
    prompt: async (question, { hidden = false } = {}) =>
      (await import("./terminal_input.ts")).askTerminal(question, hidden),
    readStdin: async (maxBytes) =>
      (await import("./terminal_input.ts")).readStandardInput(maxBytes),
    readLines: async (options) => (await import("./read_lines.ts")).readStdinLines(options),
    isProcessAlive: (pid) => Promise.resolve(isProcessAlive(pid)),
    async journal(request) {
      if (!options.openJournal) throw new Error("no journal in this host");
      journal ??= options.openJournal(facts);
      return await (await journal)(request);
    },
    onInterrupt: listenForInterrupts,
  };
  return host;
}

const CLOSED_DOOR: Door = {
  fetch: () => Promise.reject(new Error("this host opens no door to other machines")),
  resolve: () => Promise.reject(new Error("this host looks up no names")),
};

function lazyFiles(tempDir: string): HostFiles {
  let loaded: Promise<HostFiles> | undefined;
  const load = () => loaded ??= import("./files.ts").then((module) => module.createFiles(tempDir));
  const methods = FILE_METHODS.map((name) => [
    name,
    async (...args: unknown[]) => {
      const files = await load();
      return await Reflect.apply(files[name], files, args);
    },
  ]);
  return Object.fromEntries(methods) as HostFiles;
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
