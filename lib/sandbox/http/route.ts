/** What a REST route of the sandbox is. Each area of the service adds its own list of them. */
import type { SandboxContext } from "../context.ts";

/** One request, with its body read to the end. */
export interface SandboxRequest {
  readonly method: string;
  /** Path without the query, percent-encoded as it came. */
  readonly path: string;
  /** Values of the `:name` segments of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case; values of repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Aborted when the client goes away before the answer is complete. */
  readonly signal: AbortSignal;
}

/**
 * One answer. An async iterable body is streamed piece by piece (server-sent events, slow files)
 * and its `return()` is called when the client goes away.
 */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** Cut the connection after the body instead of ending the answer properly. */
  readonly breakOff?: boolean;
}

/** A method, a path and what answers there. */
export interface Route {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path such as `/v1/projects/:id`; a segment `:name` matches exactly one segment. */
  readonly path: string;
  /** Answered without an API key: public catalogues, and storage, whose URLs are signed. */
  readonly open?: boolean;
  readonly handle: (request: SandboxRequest) => Reply | Promise<Reply>;
}

/** Makes the routes of one area; called once for each sandbox, so it may keep state of its own. */
export type RouteModule = (context: SandboxContext) => readonly Route[];
