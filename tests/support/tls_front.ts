/** A network for tests: TLS in front of a plain service, and a proxy through which it is reached. */
import * as fs from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { ROOT } from "./agent.ts";

const FOLDER = path.join(ROOT, "tests/support/tls");

/** Path of the authority's certificate, for `--ca-cert`. */
export const TEST_AUTHORITY = path.join(FOLDER, "ca.pem");

/** A listening server. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Takes TLS off and passes the bytes on to `port`. */
export async function tlsInFrontOf(port: number): Promise<Listening> {
  const cert = fs.readFileSync(path.join(FOLDER, "cert.pem"));
  const key = fs.readFileSync(path.join(FOLDER, "key.pem"));
  return await listen(createTlsServer({ cert, key }, (socket) => join(socket, port)));
}

/** A `CONNECT` proxy that leads every host to `port`, and what it was asked for. */
export async function proxyTo(port: number): Promise<Listening & { asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (head: Uint8Array) => {
      const [line = ""] = new TextDecoder().decode(head).split("\r\n");
      asked.push(line.replace(/ HTTP\/1\.1$/, ""));
      if (!line.startsWith("CONNECT ")) return void socket.end("HTTP/1.1 405 No\r\n\r\n");
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      join(socket, port);
    });
  });
  return { ...await listen(server), asked };
}

function join(socket: Socket, port: number): void {
  const remote = connect({ host: "127.0.0.1", port });
  for (const [from, to] of [[socket, remote], [remote, socket]] as const) {
    from.on("error", () => to.destroy());
    from.pipe(to);
  }
}

async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
