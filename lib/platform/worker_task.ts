/** The worker's half: waits for its task, runs it with a `Host` made of messages. */
import type { Host } from "./host.ts";
import { errorToData, type RpcMessage } from "./rpc.ts";
import { type ToWorker, WorkerHost, type WorkerScope } from "./worker_host.ts";

/** What a task is given. */
export interface TaskContext {
  host: Host;
  input: unknown;
  /** Tells the main thread that the task is up, with a value. */
  ready(value: unknown): void;
}

/** A task by name; what it returns is the session's value. */
export type Tasks = Readonly<Record<string, (context: TaskContext) => Promise<unknown>>>;

/** Serves `tasks` in this worker. */
export function serveTasks(tasks: Tasks): void {
  const scope = globalThis as unknown as WorkerScope;
  let worker: WorkerHost | undefined;
  scope.onmessage = (event) => {
    const message = event.data as RpcMessage | ToWorker;
    if (message.kind !== "start") {
      worker?.handle(message);
      return;
    }
    worker = new WorkerHost(scope, message.facts);
    run(message, worker.host);
  };

  async function run(message: ToWorker & { kind: "start" }, host: Host): Promise<void> {
    try {
      const task = tasks[message.task];
      if (!task) throw new Error(`no task ${message.task}`);
      const value = await task({
        host,
        input: message.input,
        ready: (value) => scope.postMessage({ kind: "ready", value }),
      });
      scope.postMessage({ kind: "end", value });
    } catch (error) {
      scope.postMessage({ kind: "crash", error: errorToData(error) });
    }
  }
}
