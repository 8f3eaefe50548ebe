/** Opening the connection that a guard passes bytes to: looked up once, checked, then connected. */
import { connectTcp, type TcpConnection } from "../../platform/tcp.ts";
import { isForbiddenPort } from "../names.ts";
import type { Resolve } from "../resolver.ts";
import { checkHost, refusedUrl } from "../url_guard.ts";
import { type Head, readHead } from "./head.ts";
import type { ProxyServer } from "./proxy_settings.ts";

/** Opens a TCP connection to an address. */
export type Dial = (address: string, port: number) => Promise<TcpConnection>;

/** What decides where a connection may go, and by which way. */
export interface DialRules {
  readonly resolve: Resolve;
  readonly dial: Dial;
  /** `host:port` of the service's own endpoints, which another gate has judged. */
  readonly trusted: readonly string[];
  /** The proxy for a target; `undefined` to connect directly. */
  readonly proxyFor: (host: string, port: number) => ProxyServer | undefined;
  /** The user lets the proxy look up names. */
  readonly proxyResolves: boolean;
}

/** An open connection. */
export interface Dialled {
  readonly connection: TcpConnection;
  /** Bytes of the other side that came while the connection was made. */
  readonly early: Uint8Array;
}

/** A connection by way of a proxy that did not come about. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly code = "EPROXY";
}

/**
 * Opens a connection to `host`.
 *
 * The name is looked up once, every answer has to be public, and the connection goes to one of
 * these answers: a name that points elsewhere a moment later changes nothing. A proxy is given the
 * checked address, never the name; only the service's own endpoints are passed on by name.
 *
 * @throws AppError `INVALID_URL`, {@link ProxyError}, or the system's error
 */
export async function dialChecked(host: string, port: number, rules: DialRules): Promise<Dialled> {
  const proxy = rules.proxyFor(host, port);
  if (rules.trusted.includes(`${host}:${port}`)) {
    return proxy
      ? await dialByProxy(proxy, host, port, rules.dial)
      : await dialFirst(await addressesOf(host, rules.resolve), port, rules.dial);
  }
  if (isForbiddenPort(port)) {
    throw refusedUrl("port", `port ${port} belongs to another protocol`, { host });
  }
  // Without a lookup only the rules for names and literal addresses are left.
  const unlooked: Resolve = () => Promise.resolve([PUBLIC_STAND_IN]);
  const byName = proxy !== undefined && rules.proxyResolves;
  const addresses = await checkHost(host, byName ? unlooked : rules.resolve);
  if (!proxy) return await dialFirst(addresses, port, rules.dial);
  return await dialByProxy(proxy, byName ? host : addresses[0] ?? host, port, rules.dial);
}

/** Connects to a TCP address; the default {@link Dial}. */
export const dialAddress: Dial = (address, port) => connectTcp(address, port, DIAL_TIMEOUT_MS);

const DIAL_TIMEOUT_MS = 15_000;
/** A way that leads nowhere (often IPv6) holds the next address up for this long. */
const NEXT_ADDRESS_MS = 300;
const PROXY_ANSWER_MS = 15_000;
const PUBLIC_STAND_IN = "1.1.1.1";

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  return /^[\d.]+$|:/.test(host) ? [host] : await resolve(host);
}

/** The first connection that opens; a slow address is overtaken by the next one. */
async function dialFirst(
  addresses: readonly string[],
  port: number,
  dial: Dial,
): Promise<Dialled> {
  let won = false;
  const attempts = addresses.map(async (address, index) => {
    if (index > 0) await pause(index * NEXT_ADDRESS_MS);
    if (won) throw new Error("another address was faster");
    const connection = await dial(address, port);
    if (won) connection.close();
    won = true;
    return { connection, early: new Uint8Array() };
  });
  try {
    return await Promise.any(attempts);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

async function dialByProxy(
  proxy: ProxyServer,
  host: string,
  port: number,
  dial: Dial,
): Promise<Dialled> {
  const name = `the proxy ${proxy.host}:${proxy.port}`;
  const connection = await dial(proxy.host, proxy.port).catch((cause: unknown) => {
    throw new ProxyError(`${name} cannot be reached`, { cause });
  });
  const target = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const authorization = proxy.authorization
    ? `proxy-authorization: ${proxy.authorization}\r\n`
    : "";
  const request = `CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n${authorization}\r\n`;
  const head = await askProxy(connection, request);
  if (head && /^HTTP\/1\.[01] 200\b/.test(head.text)) return { connection, early: head.rest };
  connection.close();
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head?.text ?? "")?.[1];
  throw new ProxyError(`${name} answered ${status ?? "nothing that is HTTP"}`);
}

async function askProxy(connection: TcpConnection, request: string): Promise<Head | undefined> {
  try {
    await connection.write(new TextEncoder().encode(request));
  } catch {
    return undefined;
  }
  return await readHead(connection, PROXY_ANSWER_MS);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
