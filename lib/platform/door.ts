/** The door of outgoing transfers, as the machine's side of the `Host` knows it. */

/** Fetches from hosts that somebody else chose. */
export interface Door {
  /**
   * Sends one request over HTTPS to a public address; redirects come back as they are.
   *
   * @throws an error with `code`: `INVALID_URL` when the host is refused, else what went wrong
   */
  fetch(url: URL, init: RequestInit): Promise<Response>;
  /** All addresses of a name, unchecked. */
  resolve(host: string): Promise<string[]>;
}

/** Whether a URL leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(hostname) || hostname === "localhost" ||
    hostname === "[::1]";
}
