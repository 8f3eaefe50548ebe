/** Helpers for tests of the guard: an echo server, a small proxy, a client that speaks by hand. */
import { connectTcp, listenOnLoopback, type TcpConnection } from "../../platform/tcp.ts";
import { dialAddress, type DialRules } from "./dial.ts";

/** A public address that stands for the test's own server. */
export const PUBLIC_ADDRESS = "93.184.216.34";

/** What a guard under test was asked to do. */
export interface Recorded {
  lookups: string[];
  dials: string[];
}

/** Rules whose public addresses lead to `port` on loopback; everything asked is recorded. */
export function rulesTo(
  port: number,
  names: Readonly<Record<string, string[] | string[][]>>,
  rest: Partial<DialRules> = {},
): DialRules & Recorded {
  const lookups: string[] = [];
  const dials: string[] = [];
  return {
    lookups,
    dials,
    resolve(host) {
      const answers = names[host];
      const nth = lookups.filter((name) => name === host).length;
      lookups.push(host);
      const answer = Array.isArray(answers?.[0]) ? answers[nth] : answers;
      return answer
        ? Promise.resolve(answer as string[])
        : Promise.reject(new Error("no such name"));
    },
    dial(address, asked) {
      dials.push(`${address}:${asked}`);
      return dialAddress("127.0.0.1", address === "127.0.0.1" ? asked : port);
    },
    trusted: [],
    proxyFor: () => undefined,
    proxyResolves: false,
    ...rest,
  };
}

/** Serves `serve` on loopback while `body` runs; a connection is closed when it is served. */
export async function listening(
  serve: (connection: TcpConnection) => Promise<void>,
  body: (port: number) => Promise<void>,
): Promise<void> {
  const connections = new Set<TcpConnection>();
  const listener = await listenOnLoopback(async (connection) => {
    connections.add(connection);
    await serve(connection).catch(() => {});
    connection.close();
  });
  try {
    await body(listener.port);
  } finally {
    listener.close();
    for (const connection of connections) connection.close();
  }
}

/** Sends `text` to a port and gives what comes back until the other side ends. */
export async function converse(port: number, text: string): Promise<string> {
  const connection = await connectTcp("127.0.0.1", port, 1000);
  await connection.write(new TextEncoder().encode(text));
  return await hear(connection);
}

/** Everything that comes until the other side ends; closes the connection. */
export async function hear(connection: TcpConnection): Promise<string> {
  let heard = "";
  try {
    for (;;) {
      const chunk = await connection.read();
      if (!chunk) break;
      heard += new TextDecoder().decode(chunk);
    }
  } catch {
    // Cut off: what was heard is the answer.
  }
  connection.close();
  return heard;
}

/** Answers the first words with `echo ` before them, then ends. */
export async function echo(connection: TcpConnection): Promise<void> {
  const chunk = await connection.read();
  if (chunk) {
    await connection.write(new TextEncoder().encode(`echo ${new TextDecoder().decode(chunk)}`));
  }
}
