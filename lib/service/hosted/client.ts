/**
 * Calls to the hosted API with the key.
 *
 * Before every request the origin passes the gate of `net/api_origin.ts`; redirects are followed
 * by hand and only to the same origin; a call that may have been accepted is repeated only when
 * that cannot be paid twice.
 */
import { AppError } from "../../errors/app_error.ts";
import {
  type ApiOriginPolicy,
  checkApiOrigin,
  DEFAULT_API_BASE_URL,
} from "../../net/api_origin.ts";
import { globalTransport, type Transport } from "../../net/fetch.ts";
import type { Resolve } from "../../net/resolver.ts";
import { readLimitedText } from "./body.ts";
import { MAX_PAUSE_MS, withJitter } from "./backoff.ts";
import {
  type CallArea,
  errorFromAnswer,
  errorFromConnection,
  refusedConnection,
  refusedRedirect,
  timeoutError,
} from "./http_error.ts";
import { asNumber, parseBody } from "./read.ts";
import type { SdkTransport } from "./sdk_transport.ts";

/** When a call may be sent again. */
export type Repeat =
  /** it changes nothing, or carries an idempotency key */
  | "safe"
  /** only when the connection was refused before a byte was sent */
  | "never";

/** One call. */
export interface HostedCall {
  readonly method: "GET" | "POST";
  /** Begins with a slash; ids in it are percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly repeat: Repeat;
  /** Goes the way of the SDK when that transport is chosen: only the `api-key` header. */
  readonly bySdk?: boolean;
  readonly area?: CallArea;
  /** Milliseconds until the answer begins; the larger of this and the client's limit holds. */
  readonly timeoutMs?: number;
}

/** Reads the body of an answer that is no error. */
export type ReadAnswer = (response: Response, url: URL) => Promise<unknown>;

/** Reads a body as JSON; see `parseBody` for what else may come. */
export const readJson: ReadAnswer = async (response, url) =>
  parseBody(await readLimitedText(response, url));

/** The hosted API. */
export interface HostedClient {
  readonly options: HostedClientOptions;
  /** Sends a call and reads the answer: its JSON, unless `read` knows better. @throws AppError */
  call(call: HostedCall, read?: ReadAnswer): Promise<unknown>;
  /** Opens a stream; the body is the caller's to read. No repetition here. @throws AppError */
  open(call: HostedCall): Promise<Response>;
}

/** What a client is made of. */
export interface HostedClientOptions {
  /** Origin with path prefix; the gate judges it before every request. */
  readonly base: string;
  readonly apiKey: string;
  readonly policy: ApiOriginPolicy;
  /** `SOGNI_SKILL_USE_SDK_TRANSPORT` is on. */
  readonly sdkTransport: boolean;
  /** Milliseconds until an answer begins; `SOGNI_HTTP_TIMEOUT_MS`. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly transport?: Transport;
  readonly resolve?: Resolve;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly random?: () => number;
  readonly now?: () => number;
}

const TRIES = 3;
const MAX_REDIRECTS = 5;
const REPEATABLE = new Set([408, 429, 502, 503, 504]);

/** Makes a client; nothing is sent yet. */
export function createHostedClient(options: HostedClientOptions): HostedClient {
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  let sdk: SdkTransport | undefined;
  const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));

  async function call(request: HostedCall, read: ReadAnswer = readJson): Promise<unknown> {
    for (let attempt = 1;; attempt += 1) {
      try {
        return await sendBySdk(request) ?? await sendOurselves(request, read);
      } catch (error) {
        const pause = attempt < TRIES ? pauseBefore(attempt, error, request.repeat, random) : -1;
        if (pause < 0 || options.signal?.aborted) throw error;
        await sleep(pause);
      }
    }
  }

  async function sendOurselves(request: HostedCall, read: ReadAnswer): Promise<unknown> {
    const { response, url } = await send(options, request);
    return await read(response, url);
  }

  /** `undefined` when the SDK was not chosen, or has no such call. */
  async function sendBySdk(request: HostedCall): Promise<unknown> {
    if (!options.sdkTransport || !request.bySdk) return undefined;
    await passGate(options);
    const { createSdkTransport } = await import("./sdk_transport.ts");
    sdk ??= createSdkTransport(options);
    return await sdk.send(request, Math.max(options.timeoutMs, request.timeoutMs ?? 0)) ?? {};
  }

  async function send(
    of: HostedClientOptions,
    request: HostedCall,
  ): Promise<{ response: Response; url: URL }> {
    const timeoutMs = Math.max(of.timeoutMs, request.timeoutMs ?? 0);
    let target = request.path;
    for (let hop = 0;; hop += 1) {
      const { base, addresses } = await passGate(of);
      const url = hop === 0 ? withQuery(`${base}${target}`, request.query) : new URL(target);
      const response = await sendWithin(url, timeoutMs, of, {
        method: request.method,
        headers: headersOf(of, request),
        ...(addresses ? { addresses } : {}),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      });
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        target = redirectTarget(location, url, request.method, hop);
        continue;
      }
      if (response.ok) return { response, url };
      const answer = {
        url,
        status: response.status,
        statusText: response.statusText,
        retryAfter: response.headers.get("retry-after"),
        body: parseBody(await readLimitedText(response, url)),
      };
      throw errorFromAnswer(answer, request.area ?? "call", now());
    }
  }

  return {
    options,
    call,
    open: async (request) => (await send(options, request)).response,
  };
}

/** The built-in origin needs no check: it is the one that keys are made for. */
async function passGate(
  { base, policy, resolve }: HostedClientOptions,
): Promise<{ base: string; addresses?: readonly string[] }> {
  if (base === DEFAULT_API_BASE_URL) return { base };
  return await checkApiOrigin({ text: base, name: "the API origin" }, policy, resolve);
}

function headersOf(options: HostedClientOptions, request: HostedCall): Headers {
  const headers = new Headers(request.headers);
  headers.set("api-key", options.apiKey);
  headers.set("content-type", "application/json");
  if (!(options.sdkTransport && request.bySdk)) {
    headers.set("authorization", `Bearer ${options.apiKey}`);
  }
  return headers;
}

function withQuery(text: string, query: HostedCall["query"]): URL {
  const url = new URL(text);
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  return url;
}

/** Sends once; the time limit ends when the answer begins. */
async function sendWithin(
  url: URL,
  timeoutMs: number,
  options: HostedClientOptions,
  request: Omit<Parameters<Transport>[1], "signal">,
): Promise<Response> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (options.signal?.aborted) throw cancelled();
  options.signal?.addEventListener("abort", abort);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, timeoutMs);
  try {
    const transport = options.transport ?? globalTransport;
    return await transport(url, { ...request, signal: controller.signal });
  } catch (error) {
    if (late) throw timeoutError(url, timeoutMs);
    if (options.signal?.aborted) throw cancelled();
    throw error instanceof AppError ? error : errorFromConnection(url, error);
  } finally {
    clearTimeout(timer);
  }
}

function cancelled(): AppError {
  return new AppError("USER_CANCELLED", "The request was cancelled.");
}

function redirectTarget(location: string, from: URL, method: string, hop: number): string {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (method === "GET" && target?.origin === from.origin && hop < MAX_REDIRECTS) return target.href;
  throw refusedRedirect(from, target?.origin === from.origin ? undefined : target?.origin);
}

/** Milliseconds before the next try, or -1 when there must not be one. */
function pauseBefore(
  attempt: number,
  error: unknown,
  repeat: Repeat,
  random: () => number,
): number {
  if (!(error instanceof AppError)) return -1;
  const status = asNumber(error.details?.status);
  const broken = error.code === "CONNECTION_FAILED";
  const allowed = repeat === "safe"
    ? broken || (status !== undefined && REPEATABLE.has(status))
    : broken && refusedConnection(error.cause);
  if (!allowed) return -1;
  const asked = asNumber(error.details?.retryAfterSeconds);
  if (asked !== undefined) return Math.min(asked * 1000, MAX_PAUSE_MS);
  return withJitter(attempt === 1 ? 500 : 1000, random);
}
