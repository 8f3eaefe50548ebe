/** The main thread's half of a worker: starts it, serves its `Host`, waits for its end. */
import type { FromWorker } from "./worker_host.ts";
import { HOST_METHODS } from "./worker_host.ts";
import type { Host } from "./host.ts";
import { type RpcMessage, RpcServer } from "./rpc.ts";

/** What a worker may do by itself; everything else goes through its `Host`. */
export interface WorkerGrants {
  net: boolean | string[];
  /** Transfers through the host may lead to this machine. */
  loopback?: boolean;
}

/** A worker that runs one task. */
export interface WorkerSession {
  /** What the task returned; rejects with the error of a task that crashed. */
  readonly ended: Promise<unknown>;
  /** Resolves with the first value of the task's `ready` message. */
  readonly ready: Promise<unknown>;
  terminate(): void;
}

/** How a worker is started. */
export interface WorkerRequest {
  /** URL of the worker's module. */
  module: URL;
  /** Name of the task, known to that module. */
  task: string;
  input: unknown;
  grants: WorkerGrants;
  host: Host;
}

/** Starts `task` in a worker of its own. Deno only: Node runs the task in the same thread. */
export function startWorker(request: WorkerRequest): WorkerSession {
  const { host } = request;
  const worker = new Worker(request.module, workerOptions(request.grants, host.facts.standalone));
  const server = new RpcServer(worker, hostMethods(host, request.grants));
  let announceReady: (value: unknown) => void = () => {};
  const ready = new Promise<unknown>((resolve) => announceReady = resolve);
  const ended = new Promise<unknown>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent) => {
      const message = event.data as RpcMessage | FromWorker | { kind: "ready"; value: unknown };
      if (message.kind === "write") {
        host.write(message.stream, message.data);
      } else if (message.kind === "ready") {
        announceReady("value" in message ? message.value : undefined);
      } else if (message.kind === "end") {
        resolve(message.value);
      } else if (message.kind === "crash") {
        reject(Object.assign(new Error(message.error.message), message.error));
      } else {
        server.handle(message);
      }
    };
    worker.onerror = (event: ErrorEvent) => {
      event.preventDefault();
      reject(event.error instanceof Error ? event.error : new Error(event.message));
    };
  });
  host.onInterrupt((name) => worker.postMessage({ kind: "interrupt", name }));
  worker.postMessage({
    kind: "start",
    task: request.task,
    facts: host.facts,
    input: request.input,
  });
  return { ended, ready, terminate: () => worker.terminate() };
}

function workerOptions(grants: WorkerGrants, standalone: boolean): WorkerOptions {
  // Under `deno run` modules are read from disk as they are imported; the executable holds them.
  const source = !standalone;
  const permissions = {
    net: grants.net,
    read: source,
    env: source,
    sys: source,
    write: false,
    run: false,
    ffi: false,
    import: false,
  };
  return { type: "module", deno: { permissions } } as WorkerOptions;
}

function hostMethods(
  given: Host,
  grants: WorkerGrants,
): Record<string, (...args: never[]) => Promise<unknown>> {
  const host = grants.loopback ? given : withoutLoopback(given);
  const methods: Record<string, (...args: never[]) => Promise<unknown>> = {};
  for (const name of HOST_METHODS) {
    const [group, method] = name.split(".");
    const owner = (method ? host.files : host) as unknown as Record<
      string,
      (...args: never[]) => Promise<unknown>
    >;
    const key = method ?? group ?? "";
    methods[name] = (...args) => owner[key]?.(...args) ?? Promise.reject(new Error(name));
  }
  return methods;
}

/** The same host, whatever a worker says about loopback. */
function withoutLoopback(host: Host): Host {
  return {
    ...host,
    download: (url, options) => host.download(url, { ...options, allowLoopback: false }),
    transfer: (url, options) => host.transfer(url, { ...options, allowLoopback: false }),
  };
}
