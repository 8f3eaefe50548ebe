/**
 * The official SDK as the way of hosted calls, which `SOGNI_SKILL_USE_SDK_TRANSPORT` chooses.
 *
 * Calls go out by its REST client: its key handling, its time limits, its reading of answers. Its
 * methods for chats and workflows stand on the same client, but they take the envelope of an answer
 * off, add to bodies and refuse pictures above 1024 pixels; so the same bodies are sent either way.
 * Event streams stay with our own client: the SDK passes over ids and signs of life, without which
 * a lost connection cannot be taken up again.
 */
import { AppError } from "../../errors/app_error.ts";
import { withDeadline } from "../deadline.ts";
import type { HostedCall, HostedClientOptions } from "./client.ts";
import {
  errorFromAnswer,
  errorFromConnection,
  refusedRedirect,
  timeoutError,
} from "./http_error.ts";
import { asNumber, isObject } from "./read.ts";
import { APP_SOURCE } from "./settings.ts";

/** Sends calls by the SDK. */
export interface SdkTransport {
  /**
   * Sends a call and reads the JSON of its answer.
   *
   * @param timeoutMs milliseconds until the answer has come
   * @throws AppError as our own client does
   */
  send(call: HostedCall, timeoutMs: number): Promise<unknown>;
}

/** Makes the transport; the SDK is loaded with the first call. */
export function createSdkTransport(options: HostedClientOptions): SdkTransport {
  const { base, apiKey, signal } = options;
  let opened: Promise<RestClient> | undefined;
  return {
    async send(call, timeoutMs) {
      const { method, path, query = {}, body } = call;
      const rest = await (opened ??= openSdk(base, apiKey));
      const url = rest.formatUrl(path, query);
      const leaving = whenAborted(signal);
      try {
        const answer = rest.request(url, {
          method,
          headers: { ...call.headers, "Content-Type": "application/json" },
          timeoutMs,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const late = () => timeoutError(new URL(url), timeoutMs);
        return await Promise.race([withDeadline(answer, timeoutMs, late), leaving.aborted]);
      } catch (error) {
        if (UNREADABLE.test(messageOf(error))) return { message: messageOf(error) };
        throw mapError(error, new URL(url), call);
      } finally {
        leaving.forget();
      }
    },
  };
}

/** The SDK's REST client, as far as it is used. */
interface RestClient {
  formatUrl(path: string, query: HostedCall["query"]): string;
  request(url: string, init: RequestInit & { timeoutMs: number }): Promise<unknown>;
}

/** Our own client takes a page in the place of JSON as a message, too. */
const UNREADABLE = /^Failed to parse response body \(HTTP 2\d\d\)/;

async function openSdk(base: string, apiKey: string): Promise<RestClient> {
  const { SogniClient } = await import("@sogni-ai/sogni-client");
  const quiet = () => {};
  const config = {
    appId: "rest-only",
    appSource: APP_SOURCE,
    authType: "apiKey",
    // Paths are put in the place of the origin's, so that a prefix of the base is lost.
    restEndpoint: new URL(base).origin,
    disableSocket: true,
    logger: { error: quiet, warn: quiet, info: quiet, debug: quiet },
  };
  const { apiClient } = await SogniClient.createInstance(
    config as unknown as Parameters<typeof SogniClient.createInstance>[0],
  );
  const { auth, rest } = apiClient as unknown as {
    auth: { emit: () => void; authenticate: (key: string) => Promise<void> };
    rest: RestClient;
  };
  // Told of a key, the SDK reads the account, which no call here needs.
  auth.emit = quiet;
  await auth.authenticate(apiKey);
  return rest;
}

function whenAborted(signal: AbortSignal | undefined) {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new AppError("USER_CANCELLED", "The request was cancelled."));
  });
  aborted.catch(() => {});
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  return { aborted, forget: () => signal?.removeEventListener("abort", abort) };
}

function mapError(error: unknown, url: URL, { area = "call" }: HostedCall): AppError {
  if (error instanceof AppError) return error;
  const { status, payload, retryAfter } = error as Record<string, unknown>;
  const message = messageOf(error);
  if (/redirects, which is not followed/.test(message)) return refusedRedirect(url);
  // Everything but an answer is a failure of the connection.
  if (typeof status !== "number") return errorFromConnection(url, error);
  const seconds = asNumber(retryAfter);
  return errorFromAnswer(
    {
      url,
      status,
      statusText: message,
      retryAfter: seconds === undefined ? null : String(seconds),
      body: isObject(payload) ? payload : { message },
    },
    area,
    Date.now(),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
