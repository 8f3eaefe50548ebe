/** Answers HTTP requests: body, recording, faults, key check, routing, writing. */
import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkKey } from "../auth.ts";
import { Stopped } from "../clock.ts";
import type { SandboxContext } from "../context.ts";
import type { Recorder, RestRecord } from "../recorder.ts";
import { failure } from "./reply.ts";
import type { Reply, SandboxRequest } from "./route.ts";
import type { Router } from "./router.ts";
import { scriptedFailure } from "./scripted_failure.ts";

/** The handler of the HTTP server. */
export interface Listener {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Cuts every answer that is not complete. */
  stop(): void;
}

/** Milliseconds that written bytes get to leave before the connection is cut. */
const FLUSH_PAUSE = 20;

/** Makes the handler of one sandbox. */
export function createListener(
  context: SandboxContext,
  router: Router,
  recorder: Recorder,
): Listener {
  const open = new Set<ServerResponse>();
  const handleOne = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    open.add(outgoing);
    const leaving = new AbortController();
    outgoing.on("close", () => leaving.abort());
    outgoing.on("error", () => leaving.abort());
    incoming.on("error", () => leaving.abort());
    handle(context, router, recorder, incoming, outgoing, leaving.signal)
      .catch(() => breakOff(outgoing))
      .finally(() => open.delete(outgoing));
  };
  return {
    handle: handleOne,
    stop: () => open.forEach(breakOff),
  };
}

async function handle(
  context: SandboxContext,
  router: Router,
  recorder: Recorder,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(incoming.url ?? "/", context.origin());
  const request: SandboxRequest = {
    method: incoming.method ?? "GET",
    path: url.pathname,
    params: {},
    query: url.searchParams,
    headers: plainHeaders(incoming),
    body: await readBody(incoming),
    signal,
  };
  const record = toRecord(request);
  recorder.request(record);
  const reply = await answer(context, router, request);
  record.status = reply.status;
  await write(outgoing, reply, request);
  if (!reply.breakOff) return;
  await context.clock.sleep(FLUSH_PAUSE);
  breakOff(outgoing);
}

async function answer(
  context: SandboxContext,
  router: Router,
  request: SandboxRequest,
): Promise<Reply> {
  const scripted = await scriptedFailure(context, request);
  if (scripted) return scripted;
  const match = router.find(request.method, request.path);
  if (!match?.route.open && !checkKey(context, request.headers, request.path)) {
    return failure(401, "Invalid API key", 101);
  }
  if (!match) {
    return router.knowsPath(request.path)
      ? failure(405, `Method ${request.method} is not allowed here`)
      : failure(404, `Route ${request.method} ${request.path} not found`);
  }
  try {
    return await match.route.handle({ ...request, params: match.params });
  } catch (error) {
    if (error instanceof Stopped) throw error;
    return failure(500, error instanceof Error ? error.message : String(error));
  }
}

async function write(
  outgoing: ServerResponse,
  reply: Reply,
  request: SandboxRequest,
): Promise<void> {
  outgoing.writeHead(reply.status, { ...reply.headers });
  if (request.method === "HEAD") return void outgoing.end();
  if (typeof reply.body === "string" || reply.body instanceof Uint8Array) {
    if (!reply.breakOff) return void outgoing.end(reply.body);
    await writePiece(outgoing, reply.body, request.signal);
  } else {
    for await (const piece of reply.body) {
      if (request.signal.aborted) return;
      await writePiece(outgoing, piece, request.signal);
    }
  }
  if (!reply.breakOff) outgoing.end();
}

/**
 * Cuts the connection. On Deno 2.6 only an error does that, and only after the head; before it the
 * answer is ended with a 503.
 */
function breakOff(outgoing: ServerResponse): void {
  if (outgoing.headersSent) outgoing.destroy(new Error("the sandbox breaks the connection off"));
  else outgoing.writeHead(503, { connection: "close" }).end();
}

/**
 * Waits until the piece is on its way, so that a slow reader slows the source.
 *
 * @param signal aborted when the client is gone: an answer's own events pile up on Deno 2.6, which
 *   hands each listener to the socket and never takes it back
 */
function writePiece(
  outgoing: ServerResponse,
  piece: string | Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed || signal.aborted) return resolve();
    const leave = () => resolve();
    signal.addEventListener("abort", leave, { once: true });
    outgoing.write(piece, () => {
      signal.removeEventListener("abort", leave);
      resolve();
    });
  });
}

// By events, not by iteration: on Deno 2.6 iterating a request without a body never ends.
function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    incoming.on("data", (chunk: Uint8Array | string) => {
      chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    });
    incoming.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    incoming.on("error", reject);
  });
}

function plainHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}

function toRecord(request: SandboxRequest): RestRecord {
  return {
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    headers: request.headers,
    body: request.body,
    json: decodeJson(request),
    status: 0,
  };
}

function decodeJson(request: SandboxRequest): unknown {
  if (!request.headers["content-type"]?.includes("json")) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(request.body));
  } catch {
    return undefined;
  }
}
