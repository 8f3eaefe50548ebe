/**
 * The guard: a listener on loopback that opens checked connections for this program alone.
 *
 * A client of the runtime is told that this is its proxy, so that TLS, certificates and HTTP stay
 * the runtime's business while the guard decides which address the bytes go to. It understands
 * nothing but `CONNECT` with the right secret.
 */
import { timingSafeEqual } from "node:crypto";
import { listenOnLoopback, type TcpConnection, type TcpListener } from "../../platform/tcp.ts";
import { parseConnect } from "./connect_request.ts";
import { dialChecked, type Dialled, type DialRules } from "./dial.ts";
import { readHead } from "./head.ts";
import { basicAuthorization } from "./proxy_settings.ts";

/** A running guard. */
export interface ConnectGuard {
  readonly port: number;
  /** Password of the user {@link GUARD_USER}. */
  readonly secret: string;
  /**
   * Opens a second port that leads to one host and nothing else, for libraries that know no
   * proxies. Their TLS is end to end, too.
   */
  forward(host: string, port: number): Promise<number>;
  /** Why the last connection to a host was refused or failed; forgotten when asked for. */
  takeFailure(host: string, port: number): unknown;
  close(): void;
}

/** User name that goes with the secret. */
export const GUARD_USER = "guard";

/** Starts a guard on a free port. */
export async function startConnectGuard(rules: DialRules): Promise<ConnectGuard> {
  const secret = randomSecret();
  const expected = basicAuthorization(`${GUARD_USER}:${secret}`);
  const listeners: TcpListener[] = [];
  const connections = new Set<TcpConnection>();
  const failures = new Map<string, unknown>();

  /** Connects a client to its target; `hello` and `sorry` are told to clients that asked. */
  const lead = async (client: TcpConnection, target: Target, words: Words) => {
    const key = `${target.host}:${target.port}`;
    let dialled: Dialled;
    try {
      dialled = await dialChecked(target.host, target.port, rules);
    } catch (error) {
      failures.set(key, error);
      return await say(client, words.sorry);
    }
    failures.delete(key);
    const { connection: remote, early } = dialled;
    connections.add(remote);
    try {
      await client.write(encode(words.hello));
      await client.write(early);
      await remote.write(target.rest);
      await Promise.all([pass(client, remote), pass(remote, client)]);
    } catch {
      // One side broke off; the other is closed with it.
    } finally {
      remote.close();
      connections.delete(remote);
    }
  };

  const listen = async (serve: (client: TcpConnection) => Promise<void>) => {
    const listener = await listenOnLoopback(async (client) => {
      connections.add(client);
      await serve(client).catch(() => {});
      client.close();
      connections.delete(client);
    });
    listeners.push(listener);
    return listener.port;
  };

  const port = await listen(async (client) => {
    const head = await readHead(client, HEAD_TIMEOUT_MS);
    if (!head) return;
    const request = parseConnect(head.text);
    if (!request) return await say(client, answer(405));
    if (!same(request.authorization, expected)) return await say(client, answer(407));
    await lead(client, { ...request, rest: head.rest }, {
      hello: "HTTP/1.1 200 Connected\r\n\r\n",
      sorry: answer(403),
    });
  });
  return {
    port,
    secret,
    forward: (host, targetPort) =>
      listen((client) =>
        lead(client, { host, port: targetPort, rest: new Uint8Array() }, { hello: "", sorry: "" })
      ),
    takeFailure(host, targetPort) {
      const key = `${host}:${targetPort}`;
      const failure = failures.get(key);
      failures.delete(key);
      return failure;
    },
    close() {
      for (const listener of listeners) listener.close();
      for (const connection of connections) connection.close();
    },
  };
}

const HEAD_TIMEOUT_MS = 10_000;

interface Target {
  host: string;
  port: number;
  /** Bytes that the client sent already. */
  rest: Uint8Array;
}

interface Words {
  hello: string;
  sorry: string;
}

/** Passes bytes on until one side has said all it had to say. */
async function pass(from: TcpConnection, to: TcpConnection): Promise<void> {
  for (;;) {
    const chunk = await from.read();
    if (!chunk) break;
    await to.write(chunk);
  }
  await to.closeWrite();
}

async function say(client: TcpConnection, text: string): Promise<void> {
  await client.write(encode(text));
  await client.closeWrite();
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function answer(status: 403 | 405 | 407): string {
  const words = {
    403: "Forbidden",
    405: "Method Not Allowed",
    407: "Proxy Authentication Required",
  };
  return `HTTP/1.1 ${status} ${words[status]}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
}

function same(given: string, expected: string): boolean {
  const [a, b] = [encode(given), encode(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
