/**
 * Calls across a worker boundary.
 *
 * A call is `{ call, id, args }`, its answer `{ answer: id, value | error }`. Functions and
 * `AbortSignal`s among the options of a call become an event stream (`{ event: id, name, args }`)
 * and an abort message (`{ abort: id }`); errors keep `message`, `name` and `code`.
 */

/** The end of a message channel: a `Worker`, or the global scope inside one. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
}

/** An error as it crosses the boundary. */
export interface ErrorData {
  name: string;
  message: string;
  code?: unknown;
  /** Of an HTTP answer. */
  status?: unknown;
  /** Plain facts that the error carries. */
  details?: unknown;
  stack?: string;
}

/** Messages of the protocol. */
export type RpcMessage =
  | { kind: "call"; id: number; method: string; args: unknown[]; callbacks: string[] }
  | { kind: "answer"; id: number; value?: unknown; error?: ErrorData }
  | { kind: "event"; id: number; name: string; args: unknown[] }
  | { kind: "abort"; id: number };

/** Turns an error into plain data. */
export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { code, status, details } = error as Partial<ErrorData>;
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(details === undefined ? {} : { details }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}

/** Turns it back; the class is lost, name, code and facts stay. */
export function errorFromData(data: ErrorData): Error {
  const error = new Error(data.message);
  Object.defineProperty(error, "name", { value: data.name, configurable: true });
  if (data.code !== undefined) Object.assign(error, { code: data.code });
  if (data.status !== undefined) Object.assign(error, { status: data.status });
  if (data.details !== undefined) Object.assign(error, { details: data.details });
  if (data.stack !== undefined) error.stack = data.stack;
  return error;
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  callbacks: Record<string, (...args: unknown[]) => void>;
}

/** The asking side. */
export class RpcClient {
  #next = 1;
  readonly #waiting = new Map<number, Waiting>();

  constructor(readonly port: Port) {}

  /**
   * Calls `method` on the other side. The last argument may be an options object with functions
   * and a `signal`; they work across the boundary.
   */
  call(method: string, args: unknown[]): Promise<unknown> {
    const id = this.#next++;
    const { plain, callbacks, signal } = splitOptions(args);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, callbacks });
      this.port.postMessage(
        { kind: "call", id, method, args: plain, callbacks: Object.keys(callbacks) },
      );
      const abort = () => this.port.postMessage({ kind: "abort", id });
      if (signal?.aborted) abort();
      else signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Handles a message from the other side; returns whether it was one of ours. */
  handle(message: RpcMessage): boolean {
    if (message.kind === "event") {
      this.#waiting.get(message.id)?.callbacks[message.name]?.(...message.args);
      return true;
    }
    if (message.kind !== "answer") return false;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(errorFromData(message.error));
    else waiting?.resolve(message.value);
    return true;
  }
}

function splitOptions(args: unknown[]): {
  plain: unknown[];
  callbacks: Record<string, (...args: unknown[]) => void>;
  signal: AbortSignal | undefined;
} {
  const callbacks: Record<string, (...args: unknown[]) => void> = {};
  let signal: AbortSignal | undefined;
  const plain = args.map((arg) => {
    if (arg === null || typeof arg !== "object" || ArrayBuffer.isView(arg) || Array.isArray(arg)) {
      return arg;
    }
    const copy: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(arg)) {
      if (typeof value === "function") callbacks[key] = value as (...args: unknown[]) => void;
      else if (value instanceof AbortSignal) signal = value;
      else copy[key] = value;
    }
    return copy;
  });
  return { plain, callbacks, signal };
}

/** The answering side: `methods` by name, arguments as they came. */
export class RpcServer {
  readonly #aborts = new Map<number, AbortController>();

  constructor(
    readonly port: Port,
    readonly methods: Readonly<Record<string, (...args: never[]) => Promise<unknown>>>,
  ) {}

  /** Handles a message from the other side; returns whether it was one of ours. */
  handle(message: RpcMessage): boolean {
    if (message.kind === "abort") {
      this.#aborts.get(message.id)?.abort();
      return true;
    }
    if (message.kind !== "call") return false;
    this.#serve(message);
    return true;
  }

  async #serve(message: RpcMessage & { kind: "call" }): Promise<void> {
    const { id } = message;
    const controller = new AbortController();
    this.#aborts.set(id, controller);
    try {
      const method = this.methods[message.method];
      if (!method) throw new Error(`no method ${message.method}`);
      const value = await method(...this.#restore(message, controller.signal) as never[]);
      this.port.postMessage({ kind: "answer", id, value });
    } catch (error) {
      this.port.postMessage({ kind: "answer", id, error: errorToData(error) });
    } finally {
      this.#aborts.delete(id);
    }
  }

  #restore(message: RpcMessage & { kind: "call" }, signal: AbortSignal): unknown[] {
    const args = [...message.args];
    const at = args.findLastIndex((arg) =>
      typeof arg === "object" && arg !== null && !ArrayBuffer.isView(arg) && !Array.isArray(arg)
    );
    if (at < 0) return args;
    const options: Record<string, unknown> = { ...(args[at] as object), signal };
    for (const name of message.callbacks) {
      options[name] = (...values: unknown[]) =>
        this.port.postMessage({ kind: "event", id: message.id, name, args: values });
    }
    args[at] = options;
    return args;
  }
}
