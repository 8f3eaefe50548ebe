/** Answers WebSocket upgrades: faults, key check, then a session. */
import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { checkKey } from "../auth.ts";
import { acceptUpgrade, type Connection, refuseUpgrade } from "./connection.ts";
import { createSession, type SessionParts } from "./session.ts";

const CLOSE_BAD_KEY = 4021;
const DEFAULT_DELAY = 1000;

/** Makes the handler of the HTTP server's `upgrade` event. */
export function createUpgrader(
  parts: SessionParts,
): (request: IncomingMessage, socket: Duplex, head: Uint8Array) => void {
  return (request, socket, head) => {
    upgrade(parts, request, socket, head).catch(() => socket.destroy());
  };
}

async function upgrade(
  parts: SessionParts,
  request: IncomingMessage,
  socket: Duplex,
  head: Uint8Array,
): Promise<void> {
  const { context, hub, recorder } = parts;
  socket.on("error", () => {});
  const url = new URL(request.url ?? "/", context.origin());
  recorder.upgrade(Object.fromEntries(url.searchParams));
  const late = context.faults.strike("delayUpgrade", {});
  if (late) await context.clock.sleep(late.milliseconds ?? DEFAULT_DELAY);
  const key = header(request, "sec-websocket-key");
  if (key === undefined) return refuseUpgrade(socket, "", 400, "Bad Request");
  const refused = context.faults.strike("refuseUpgrade", {});
  if (refused) return refuseUpgrade(socket, key, refused.status ?? 503, "Service Unavailable");

  const session = createSession(parts, url.searchParams);
  const appId = url.searchParams.get("appId") ?? "";
  const connection: Connection = acceptUpgrade(socket, key, Buffer.from(head), {
    onText: (text) => session.receive(text),
    onClose: () => hub.leave(appId, connection),
  });
  const headers = { "api-key": header(request, "api-key") ?? "" };
  if (!checkKey(context, headers, url.pathname)) {
    return connection.close(CLOSE_BAD_KEY, "authentication error");
  }
  if (appId === "") return connection.close(4000, "appId is missing");
  session.start(connection);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
