/** A bare WebSocket client for tests: speaks the envelope and remembers every message. */
import type { Sandbox } from "../options.ts";
import { decodeEnvelope, encodeEnvelope, type Envelope } from "../socket/envelope.ts";

/** The part of the `ws` package's client that tests use. */
interface Wire {
  on(event: "open", listener: () => void): void;
  on(event: "message", listener: (data: { toString(): string }) => void): void;
  on(event: "close", listener: (code: number) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  on(event: "pong", listener: (data: { toString(): string }) => void): void;
  send(text: string): void;
  ping(text: string): void;
  close(code: number): void;
}

/** A connected client. */
export interface RawClient {
  readonly appId: string;
  /** Every message received so far. */
  readonly messages: Envelope[];
  /** Close code, once closed. */
  readonly closed: Promise<number>;
  /** Error of a failed upgrade, once closed. */
  error(): string | undefined;
  send(type: string, data: unknown): void;
  sendText(text: string): void;
  /** Sends a ping and resolves with the pong's text. */
  ping(text: string): Promise<string>;
  /** The first message, past or future, that fits. */
  next(type: string, fits?: (data: Record<string, unknown>) => boolean): Promise<Fields>;
  close(): Promise<number>;
}

/** Payload of a message. */
export type Fields = Record<string, unknown>;

/** How long a test waits for a message. */
const PATIENCE = 3000;

/** Dials the sandbox. Without `apiKey` its own key is used. */
export async function connect(
  sandbox: Sandbox,
  options: { appId?: string; apiKey?: string; query?: Record<string, string> } = {},
): Promise<RawClient> {
  const appId = options.appId ?? "raw";
  const url = new URL(sandbox.socketEndpoint);
  for (const [name, value] of Object.entries({ appId, ...options.query })) {
    url.searchParams.set(name, value);
  }
  const wire = await dial(url, options.apiKey ?? sandbox.apiKey);
  const messages: Envelope[] = [];
  const waiting = new Set<() => void>();
  let failure: string | undefined;
  wire.on("error", (error) => {
    failure = error.message;
  });
  wire.on("message", (data) => {
    const message = decodeEnvelope(data.toString());
    if (message) messages.push(message);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => wire.on("close", resolve));
  await Promise.race([new Promise<void>((resolve) => wire.on("open", resolve)), closed]);
  return {
    appId,
    messages,
    closed,
    error: () => failure,
    send: (type, data) => wire.send(encodeEnvelope(type, data)),
    sendText: (text) => wire.send(text),
    ping: (text) =>
      new Promise((resolve) => {
        wire.on("pong", (data) => resolve(data.toString()));
        wire.ping(text);
      }),
    next: (type, fits = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = messages.find((message) =>
            message.type === type && fits(message.data as Fields)
          );
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found.data as Fields);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          const seen = messages.map((message) => message.type).join(", ");
          reject(new Error(`no ${type} came; received: ${seen}`));
        }, PATIENCE);
        waiting.add(look);
        look();
      }),
    close() {
      wire.close(1000);
      return closed;
    },
  };
}

async function dial(url: URL, apiKey: string): Promise<Wire> {
  const { WebSocket } = await import("ws");
  return new WebSocket(url.toString(), { headers: { "api-key": apiKey } });
}
