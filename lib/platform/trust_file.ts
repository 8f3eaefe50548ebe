/** Adds a certificate to those that the runtime reads from the system. */
import process from "node:process";
import type { HostFacts } from "./host.ts";

/**
 * Names a PEM file to the runtime, before its first TLS connection. Clients of `fetch` take
 * certificates as options; the HTTP of Deno 2.6 under `node:https` (the socket's) does not.
 *
 * @param path absolute
 */
export function trustFile(path: string, { system, env }: Pick<HostFacts, "system" | "env">): void {
  // Either of them alone would take the place of the system's own certificates.
  if (!env.SSL_CERT_FILE) process.env.SSL_CERT_FILE = path;
  if (!env.SSL_CERT_DIR && system === "linux") process.env.SSL_CERT_DIR = "/etc/ssl/certs";
}
