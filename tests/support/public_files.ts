/**
 * Files on the public internet, as an agent under test sees it, without leaving this machine.
 *
 * The guard lets public addresses pass and nothing else, and no switch turns it off. So the test is
 * the agent's HTTPS proxy, which users can configure, too: a connection to a public address leads
 * to a server of the test, whose certificate the agent is told to trust.
 */
import * as fs from "node:fs/promises";
import * as http from "node:http";
import * as https from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { TEST_CERTIFICATE, TEST_KEY } from "./test_certificate.ts";

/** Files that are being served. */
export interface PublicFiles {
  /** `https://93.184.216.34/NAME` */
  url(name: string): string;
  /** Variables that show an agent the way. */
  env: Record<string, string>;
  /** `GET NAME` for each request, in order. */
  requests: readonly string[];
}

const ADDRESS = "93.184.216.34";

/** Serves `files` by name while `body` runs; a text is an address to which the client is sent. */
export async function withPublicFiles(
  files: Readonly<Record<string, Uint8Array | string>>,
  body: (served: PublicFiles) => Promise<void>,
): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-tls-"));
  const certificate = path.join(folder, "certificate.pem");
  await fs.writeFile(certificate, TEST_CERTIFICATE);
  const requests: string[] = [];
  const server = https.createServer({ cert: TEST_CERTIFICATE, key: TEST_KEY }, (request, reply) => {
    const name = (request.url ?? "").slice(1);
    requests.push(`${request.method} ${name}`);
    const file = files[name];
    if (typeof file === "string") return void reply.writeHead(302, { location: file }).end();
    // What is sent here is read to its end first, as storage does.
    request.resume().on("end", () => {
      reply.writeHead(file ? 200 : 404, { "content-length": file?.length ?? 0 });
      reply.end(file);
    });
  });
  const target = await listen(server);
  const sockets = new Set<Socket>();
  const proxy = http.createServer().on("connect", (request, client: Socket, head) => {
    if (request.url !== `${ADDRESS}:443`) return void client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const remote = connect(target, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connected\r\n\r\n");
      remote.write(head);
      remote.pipe(client).pipe(remote);
    });
    for (const socket of [client, remote]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
  });
  const port = await listen(proxy);
  try {
    await body({
      url: (name) => `https://${ADDRESS}/${name}`,
      env: {
        HTTPS_PROXY: `http://127.0.0.1:${port}`,
        // A compiled program takes its certificates from the system, whose list this names.
        DENO_TLS_CA_STORE: "system",
        SSL_CERT_FILE: certificate,
        NODE_EXTRA_CA_CERTS: certificate,
      },
      requests,
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    await Promise.all([server, proxy].map((each) => new Promise((done) => each.close(done))));
    await fs.rm(folder, { recursive: true });
  }
}

function listen(server: http.Server | https.Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port))
  );
}
