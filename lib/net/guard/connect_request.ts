/** Reading what a client says to the guard before the bytes of its connection begin. */

/** A request for a connection. */
export interface ConnectRequest {
  /** Lower-case name or address, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** Value of `Proxy-Authorization`; empty when there is none. */
  readonly authorization: string;
}

/**
 * Reads `CONNECT host:port HTTP/1.1` with its headers. Plain requests with an absolute URL, which
 * a proxy for HTTP would forward, are not understood on purpose: only whole connections pass.
 *
 * @param head the text up to and without the empty line
 */
export function parseConnect(head: string): ConnectRequest | undefined {
  const [first = "", ...lines] = head.split("\r\n");
  const match = /^CONNECT (\[[0-9a-f:.]+\]|[^\s:/@[\]]+):(\d{1,5}) HTTP\/1\.[01]$/i.exec(first);
  if (!match) return undefined;
  const [, name = "", digits = ""] = match;
  const port = Number(digits);
  if (port > 65535) return undefined;
  const header = lines.find((line) => /^proxy-authorization:/i.test(line)) ?? "";
  return {
    host: name.replace(/^\[|\]$/g, "").toLowerCase(),
    port,
    authorization: header.slice(header.indexOf(":") + 1).trim(),
  };
}
