/** Starts the embedded service: both hosts, REST and socket, on one loopback port. */
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createLedger } from "./account/ledger.ts";
import { oneAtATime } from "./artist/artist.ts";
import { createDefaultArtist } from "./artist/default_artist.ts";
import { createClock } from "./clock.ts";
import type { SandboxContext } from "./context.ts";
import { createFaultBook } from "./faults/fault_book.ts";
import { HOSTED_ROUTES } from "./hosted/routes.ts";
import { createListener } from "./http/listener.ts";
import { createRouter } from "./http/router.ts";
import { createProjectBook } from "./jobs/project_book.ts";
import { createModelList } from "./models/model_list.ts";
import type { Sandbox, SandboxOptions } from "./options.ts";
import { createRecorder } from "./recorder.ts";
import { DIRECT_ROUTES } from "./routes/routes.ts";
import { createHub } from "./socket/hub.ts";
import { createUpgrader } from "./socket/upgrade.ts";
import { createObjectStore } from "./storage/object_store.ts";
import { createSignedUrls } from "./storage/signed_urls.ts";

const HOST = "127.0.0.1";
const CLOSE_PATIENCE = 200;
const URL_LIFETIME_SECONDS = 3600;

/**
 * Starts a sandbox. It listens on 127.0.0.1 only and keeps everything in memory.
 *
 * @example
 * ```ts
 * const sandbox = await startSandbox({ speed: 0, faults: [{ fault: "error", code: 4078 }] });
 * // point a client at sandbox.restEndpoint and sandbox.socketEndpoint with sandbox.apiKey
 * await sandbox.stop();
 * ```
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = createClock(options.speed ?? 1, options.now);
  const recorder = createRecorder(options.record ?? true);
  const hub = createHub(recorder);
  const server = createServer();
  let port = options.port ?? 0;
  const origin = () => `http://${HOST}:${port}`;
  const context: SandboxContext = {
    origin,
    apiKey: options.apiKey ?? `sandbox-${randomBytes(16).toString("hex")}`,
    account: { username: "sandbox", address: "0x0000000000000000000000000000000000005a0d" },
    clock,
    ledger: createLedger(options.balance),
    models: createModelList(options.workers),
    store: createObjectStore(options.storeBytes),
    urls: createSignedUrls(clock, origin, options.urlLifetimeSeconds ?? URL_LIFETIME_SECONDS),
    projects: createProjectBook(clock.now),
    faults: createFaultBook(options.faults),
    artist: oneAtATime(options.artist ?? createDefaultArtist(options.mediaTools)),
    reusableUploads: options.reusableUploads ?? false,
  };
  const modules = [...options.routes ?? [], ...DIRECT_ROUTES, ...HOSTED_ROUTES];
  const router = createRouter(modules.flatMap((module) => module(context)));
  const sockets = trackSockets(server);
  const listener = createListener(context, router, recorder);
  server.on("request", listener.handle);
  server.on("upgrade", createUpgrader({ context, hub, recorder }));
  port = await listen(server, port);

  return {
    port,
    restEndpoint: origin(),
    socketEndpoint: `ws://${HOST}:${port}`,
    apiKey: context.apiKey,
    recorder,
    faults: context.faults,
    balance: () => context.ledger.sheet(),
    dropSockets: (code, reason) => hub.dropAll(code, reason),
    async stop() {
      clock.stop();
      hub.dropAll();
      listener.stop();
      await closeServer(server, sockets);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return sockets;
}

function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    // Deno 2.6 waits for ever for an answer that was cut before its first byte.
    const patience = setTimeout(resolve, CLOSE_PATIENCE);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections?.();
  });
}
