/** The `Host` inside a worker: every request is a message to the main thread. */
import {
  FILE_METHODS,
  type Host,
  type HostFacts,
  type HostFiles,
  type InterruptName,
} from "./host.ts";
import { RpcClient, type RpcMessage } from "./rpc.ts";

/** Messages from the main thread that are not answers. */
export type ToWorker =
  | { kind: "start"; task: string; facts: HostFacts; input: unknown }
  | { kind: "interrupt"; name: InterruptName };

/** Messages from the worker that are not calls. */
export type FromWorker =
  | { kind: "ready" }
  | { kind: "write"; stream: "stdout" | "stderr"; data: string | Uint8Array }
  | { kind: "end"; value: unknown }
  | { kind: "crash"; error: { name: string; message: string; stack?: string } };

/** The scope of a dedicated worker, as far as it is used here. */
export interface WorkerScope {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Names of the calls that a worker may make. */
export const HOST_METHODS = [
  ...FILE_METHODS.map((name) => `files.${name}`),
  "run",
  "download",
  "transfer",
  "resolve",
  "startSandbox",
  "prompt",
  "readStdin",
  "readLines",
  "isProcessAlive",
  "journal",
];

/** The asking half of a `Host`. */
export class WorkerHost {
  readonly host: Host;
  readonly #client: RpcClient;
  readonly #interruptHandlers: ((name: InterruptName) => void)[] = [];
  #interrupted: InterruptName | undefined;

  constructor(scope: WorkerScope, facts: HostFacts) {
    this.#client = new RpcClient(scope);
    const call = (method: string) => (...args: unknown[]) =>
      this.#client.call(method, args) as Promise<never>;
    const files = Object.fromEntries(
      FILE_METHODS.map((name) => [name, call(`files.${name}`)]),
    ) as unknown as HostFiles;
    this.host = {
      facts,
      files,
      write: (stream, data) => scope.postMessage({ kind: "write", stream, data }),
      run: call("run"),
      download: call("download"),
      transfer: call("transfer"),
      resolve: call("resolve"),
      startSandbox: call("startSandbox"),
      prompt: call("prompt"),
      readStdin: call("readStdin"),
      readLines: call("readLines"),
      isProcessAlive: call("isProcessAlive"),
      journal: call("journal"),
      onInterrupt: (handler) => {
        this.#interruptHandlers.push(handler);
        if (this.#interrupted) handler(this.#interrupted);
      },
    };
  }

  /** Handles a message from the main thread. */
  handle(message: RpcMessage | ToWorker): void {
    if (message.kind === "interrupt") {
      this.#interrupted ??= message.name;
      for (const handler of this.#interruptHandlers) handler(message.name);
    } else if (message.kind !== "start") {
      this.#client.handle(message);
    }
  }
}
