/**
 * How the requests of a thread leave it. The service's own endpoints are reached directly; whatever
 * else a library fetches goes through the `Host`, which checks where it goes.
 */
import { FileBody } from "../platform/file_body.ts";
import type { FilePart, Host } from "../platform/host.ts";
import { type ClientFetch, createClientFetch } from "../platform/http_client.ts";
import { plainFetch } from "../platform/plain_fetch.ts";
import { GUARD_USER } from "./guard/connect_guard.ts";
import { useResolver } from "./resolver.ts";
import { bareHost } from "./url_guard.ts";

/** The way out of a thread: plain data, so that it can be sent to a worker. */
export interface NetworkRoute {
  /** `host:port` of the service's endpoints. */
  readonly direct: readonly string[];
  /** Loopback may be asked for transfers (sandbox and opted-in endpoints). */
  readonly allowLoopback: boolean;
  /** The guard's port and secret, where connections have to take a proxy. */
  readonly proxy?: { readonly port: number; readonly secret: string };
  /** `host:port` → port of 127.0.0.1 that leads there, for sockets that know no proxy. */
  readonly forwards: Readonly<Record<string, number>>;
  /** PEM texts that are trusted besides the usual certificates. */
  readonly caCerts: readonly string[];
}

/** Largest answer that is passed on whole. */
const MAX_ANSWER_BYTES = 100 * 1024 * 1024;
const TRANSFER_TIMEOUT_MS = 10 * 60_000;
const MAX_REDIRECTS = 5;

/** Puts the route in force for this thread: `fetch`, look-ups and TLS of libraries. */
export async function takeRoute(
  route: NetworkRoute,
  host: Pick<Host, "transfer" | "resolve">,
): Promise<void> {
  const { forwards, caCerts } = route;
  if (caCerts.length > 0 || Object.keys(forwards).length > 0) {
    const { routeTls } = await import("../platform/tls_route.ts");
    await routeTls({ forwards, caCerts });
  }
  useResolver((name) => host.resolve(name));
  globalThis.fetch = createRoutedFetch(route, host);
}

/** A `fetch` that keeps to the route. */
export function createRoutedFetch(
  route: NetworkRoute,
  host: Pick<Host, "transfer">,
  direct: ClientFetch = directFetch(route),
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (route.direct.includes(targetOf(url))) return await fetchService(direct, url, input, init);
    const body = init?.body;
    if (!(body instanceof FileBody)) {
      return await fetchElsewhere(route, host, new Request(input, init));
    }
    // The files lie on the other side of the wall: their names are enough.
    const request = new Request(input, { ...init, body: null });
    return await fetchElsewhere(route, host, request, body.parts);
  };
}

/** `host:port` of a URL. */
export function targetOf(url: URL): string {
  const usual = url.protocol === "http:" || url.protocol === "ws:" ? 80 : 443;
  return `${bareHost(url)}:${url.port || usual}`;
}

function directFetch({ proxy, caCerts }: NetworkRoute): ClientFetch {
  if (!proxy && caCerts.length === 0) return plainFetch;
  let client: Promise<ClientFetch> | undefined;
  return async (url, init) => {
    // What is on this machine needs no proxy, and could not be reached by one.
    if (new URL(url).protocol === "http:") return await plainFetch(url, init);
    client ??= createClientFetch({
      caCerts,
      ...(proxy ? { proxy: { ...proxy, user: GUARD_USER } } : {}),
    });
    return await (await client)(url, init);
  };
}

/** Requests to the service carry a key, so a redirect never takes them to another origin. */
async function fetchService(
  direct: ClientFetch,
  start: URL,
  input: Request | URL | string,
  init: RequestInit | undefined,
): Promise<Response> {
  const request = input instanceof Request ? new Request(input, init) : undefined;
  const options: RequestInit = request ? await asInit(request) : init ?? {};
  const mode = options.redirect ?? "follow";
  const followed = /^(?:GET|HEAD)$/i.test(options.method ?? "GET");
  let url = start;
  for (let hop = 0;; hop++) {
    const response = await direct(url, { ...options, redirect: "manual" });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return response;
    if (mode === "manual") return response;
    await response.body?.cancel();
    const next = new URL(location, url);
    if (mode === "error" || !followed || next.origin !== url.origin || hop >= MAX_REDIRECTS) {
      throw new TypeError(`${url.origin} redirects, which is not followed with an API key`);
    }
    url = next;
  }
}

async function fetchElsewhere(
  route: NetworkRoute,
  host: Pick<Host, "transfer">,
  request: Request,
  parts?: readonly FilePart[],
): Promise<Response> {
  request.signal.throwIfAborted();
  const { method, headers, body, signal } = await asInit(request);
  const { bytes, status, statusText, headers: answered } = await host.transfer(request.url, {
    method: method ?? "GET",
    headers: [...new Headers(headers)],
    maxBytes: MAX_ANSWER_BYTES,
    timeoutMs: TRANSFER_TIMEOUT_MS,
    allowLoopback: route.allowLoopback,
    ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    ...(parts ? { parts } : {}),
    ...(signal ? { signal } : {}),
  }).catch((error: Error) => {
    // Libraries know the failures of `fetch` as TypeErrors.
    throw signal?.aborted
      ? signal.reason
      : Object.assign(new TypeError(error.message, { cause: error }), { code: "EDOOR" });
  });
  const empty = status === 204 || status === 205 || status === 304;
  // The body arrives decoded and whole.
  const kept = answered.filter(([name]) => !/^content-(?:encoding|length)$/i.test(name));
  return new Response(empty ? null : bytes, { status, statusText, headers: kept });
}

async function asInit(request: Request): Promise<RequestInit> {
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  return {
    method: request.method,
    headers: request.headers,
    redirect: request.redirect,
    signal: request.signal,
    ...(body ? { body } : {}),
  };
}
