/** Fetching from hosts that somebody else chose: every hop is checked, secrets stay home. */
import { globalTransport, type Transport } from "./fetch.ts";
import type { Resolve } from "./resolver.ts";
import { checkUrl, refusedUrl } from "./url_guard.ts";

/** How a guarded fetch behaves. */
export interface GuardedFetchOptions {
  method?: "GET" | "HEAD";
  headers?: HeadersInit;
  signal?: AbortSignal;
  /** Default 5. */
  maxRedirects?: number;
  /** Default `http:` and `https:`; an `https:` hop is never followed by an `http:` one. */
  protocols?: readonly string[];
  resolve?: Resolve;
  transport?: Transport;
}

/**
 * Fetches a URL; each redirect is resolved, checked and followed by hand.
 *
 * @throws AppError `INVALID_URL` when the URL or a hop is refused
 */
export async function guardedFetch(
  input: string,
  options: GuardedFetchOptions = {},
): Promise<Response> {
  const transport = options.transport ?? globalTransport;
  const limit = options.maxRedirects ?? 5;
  const headers = new Headers(options.headers);
  let target = input;
  let previous: URL | undefined;
  for (let hop = 0;; hop += 1) {
    const { url, addresses } = await checkUrl(target, {
      ...(options.protocols ? { protocols: options.protocols } : {}),
      ...(options.resolve ? { resolve: options.resolve } : {}),
    });
    if (previous?.protocol === "https:" && url.protocol === "http:") {
      throw refusedUrl("downgrade", "the server redirects from https to http");
    }
    if (previous && previous.origin !== url.origin) dropSecrets(headers);
    const response = await transport(url, {
      method: options.method ?? "GET",
      headers,
      addresses,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    if (hop >= limit) {
      throw refusedUrl("too-many-redirects", `the server redirects more than ${limit} times`);
    }
    target = resolveLocation(location, url);
    previous = url;
  }
}

function resolveLocation(location: string, base: URL): string {
  try {
    return new URL(location, base).href;
  } catch {
    throw refusedUrl("invalid-redirect", "the server redirects to something that is not a URL");
  }
}

function dropSecrets(headers: Headers): void {
  for (const name of [...headers.keys()]) {
    if (SECRET_HEADER.test(name)) headers.delete(name);
  }
}

const SECRET_HEADER = /^(?:authorization|api-key|cookie|x-app-source|x-sogni-.*)$/i;
