/** A line to the service that fails: cut, reset, half closed or silent after so many bytes. */
import * as net from "node:net";

/** How a line fails. */
export type Failure = "reset" | "half-close" | "silence" | "close";

/** A way to the service that can be taken down. */
export interface Line {
  /** The endpoint through the line. */
  endpoint: string;
  close(): void;
}

/**
 * Opens a line to `endpoint`. Its first connection that has carried `afterBytes` from the service
 * fails; later connections work.
 */
export async function openLine(
  endpoint: string,
  failure: Failure,
  afterBytes: number,
): Promise<Line> {
  const url = new URL(endpoint);
  const target = { port: Number(url.port), host: url.hostname, allowHalfOpen: true };
  const sockets = new Set<net.Socket>();
  let failed = false;
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const service = net.connect(target);
    for (const socket of [client, service]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    let carried = 0;
    service.on("data", (chunk) => {
      carried += chunk.length;
      if (failed || carried < afterBytes) {
        client.write(chunk);
        return;
      }
      failed = true;
      fail(client, service, failure);
    });
    client.on("data", (chunk) => service.write(chunk));
    client.on("end", () => service.end());
    service.on("end", () => client.end());
    client.on("close", () => service.destroy());
    service.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    endpoint: url.href.replace(/\/$/, ""),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function fail(client: net.Socket, service: net.Socket, failure: Failure): void {
  service.removeAllListeners("data").removeAllListeners("end");
  service.resume();
  if (failure === "reset") client.resetAndDestroy();
  else if (failure === "half-close") client.end();
  else if (failure === "close") client.destroy();
  // Silence: the connection stands and nothing comes any more.
}
