/** A request as the API client sends it; the route decides by which way it leaves. */

/** What is sent; redirects are never followed here. */
export interface OutboundRequest {
  readonly method: string;
  readonly headers: Headers;
  /** A `FileBody` is read while it is sent. */
  readonly body?: string | Uint8Array<ArrayBuffer> | Blob;
  readonly signal?: AbortSignal;
  /** Addresses that were checked; a transport that can pin connects to one of them. */
  readonly addresses?: readonly string[];
}

/** Sends one request and answers with the response as it came, 3xx included. */
export type Transport = (url: URL, request: OutboundRequest) => Promise<Response>;

/** The runtime's `fetch`, read at each call: in a worker it is the checked door. */
export const globalTransport: Transport = (url, request) =>
  globalThis.fetch(url, {
    method: request.method,
    headers: request.headers,
    redirect: "manual",
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(request.signal ? { signal: request.signal } : {}),
  });
