/** A client and a server in one process, talking in lines as over the standard streams. */
import { Client, type ClientOptions, type Transport } from "@modelcontextprotocol/client";
import type { Host } from "../platform/host.ts";
import type { CommandOutcome, Execute } from "./outcome.ts";
import { serveMcp, type ServeRequest } from "./serve.ts";

/** A connected pair. */
export interface Pair {
  client: Client;
  /** Lines that the server wrote. */
  lines: string[];
  /** Sends a raw line. */
  sendLine(line: string): void;
  /** The client goes away without a word. */
  vanish(): void;
  /** Settles when the server has ended. */
  ended: Promise<void>;
}

/** How a pair is made. */
export interface PairOptions {
  execute: Execute;
  client?: ClientOptions;
  env?: Record<string, string>;
  host?: Partial<Host>;
  serve?: Partial<ServeRequest>;
  /** Called before the client connects. */
  prepare?: (client: Client) => void;
}

/** Gives `body` a pair and ends both. */
export async function withPair(
  options: PairOptions,
  body: (pair: Pair) => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  let toServer: (line: string) => void = () => {};
  let endInput: () => void = () => {};
  const transport: Transport = {
    start: () => Promise.resolve(),
    send(message) {
      toServer(JSON.stringify(message));
      return Promise.resolve();
    },
    close() {
      transport.onclose?.();
      return Promise.resolve();
    },
  };
  const host = {
    facts: { env: options.env ?? {}, cwd: "/work", home: "/home/user" },
    write(_: string, data: string) {
      lines.push(data.trimEnd());
      const message = JSON.parse(data);
      // The answer to what is no message belongs to no request.
      if (message.id !== null) transport.onmessage?.(message);
    },
    ...options.host,
  } as unknown as Host;
  const ended = serveMcp({
    host,
    execute: options.execute,
    version: "1.2.3",
    sandbox: false,
    allowLoopback: false,
    mediaFolder: () => Promise.resolve("/inbox"),
    readLines: (onLine) =>
      new Promise<void>((resolve) => {
        toServer = onLine;
        endInput = resolve;
      }),
    stopped: new Promise(() => {}),
    ...options.serve,
  });
  const client = new Client({ name: "test", version: "1" }, options.client);
  options.prepare?.(client);
  await client.connect(transport);
  try {
    await body({ client, lines, ended, sendLine: (line) => toServer(line), vanish: endInput });
  } finally {
    endInput();
    await ended;
    await client.close();
  }
}

/** An outcome with this object. */
export function delivered(object: Record<string, unknown> = {}): CommandOutcome {
  const whole = { success: true, ...object };
  return { code: 0, object: whole, stdout: JSON.stringify(whole), stderr: "" };
}

/** The first text of a tool result. */
export function textOf(result: { content: unknown }): string {
  const blocks = result.content as { type: string; text?: string }[];
  return blocks.find(({ type }) => type === "text")?.text ?? "";
}

/** A run that ends when it is told to, or when it is interrupted. */
export function controlledRun(): {
  execute: Execute;
  finish: (outcome: CommandOutcome) => void;
  interrupted: () => number;
  argvs: string[][];
} {
  const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
  const argvs: string[][] = [];
  let interrupts = 0;
  return {
    argvs,
    finish: resolve,
    interrupted: () => interrupts,
    execute(argv, { signal }) {
      argvs.push([...argv]);
      const stopped = new Promise<CommandOutcome>((stop) =>
        signal.addEventListener("abort", () => {
          interrupts++;
          const object = { success: false, errorCode: "USER_CANCELLED" };
          stop({ code: 130, object, stdout: JSON.stringify(object), stderr: "" });
        })
      );
      return Promise.race([promise, stopped]);
    },
  };
}
