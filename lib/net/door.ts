/**
 * The one door for requests to hosts that somebody else chose: references, results, presigned URLs.
 *
 * Deno: the runtime's client goes through the guard (`guard/`). Node: undici with our own look-up;
 * where a proxy stands in between, the guard there, too.
 */
import type { Door } from "../platform/door.ts";
import { type ClientFetch, createClientFetch } from "../platform/http_client.ts";
import { isDeno } from "../platform/runtime.ts";
import { type ConnectGuard, GUARD_USER, startConnectGuard } from "./guard/connect_guard.ts";
import { dialAddress, type DialRules } from "./guard/dial.ts";
import { bypassesProxy, PROXY_RESOLVES_VARIABLE, readProxy } from "./guard/proxy_settings.ts";
import { isForbiddenPort } from "./names.ts";
import { machineResolve, type Resolve } from "./resolver.ts";
import { bareHost, checkHost, refusedUrl } from "./url_guard.ts";

/** How the door is built. */
export interface DoorOptions {
  env: Readonly<Record<string, string>>;
  /** PEM texts that are trusted besides the usual certificates. */
  caCerts?: readonly string[];
  /** `host:port` of the service's own endpoints, judged by the gate of endpoints. */
  trusted?: readonly string[];
  /** Parts that tests replace. */
  resolve?: Resolve;
  dial?: DialRules["dial"];
}

/** The door and, where connections go through it, its guard. */
export interface OpenedDoor extends Door {
  /** The guard; started when it was not. */
  guard(): Promise<ConnectGuard>;
}

/** Opens the door; nothing is started before the first request. */
export function openDoor(options: DoorOptions): OpenedDoor {
  const { env, caCerts = [], resolve = machineResolve, trusted = [] } = options;
  let guard: Promise<ConnectGuard> | undefined;
  let client: Promise<ClientFetch> | undefined;
  const isTrusted = (url: URL) => trusted.includes(`${bareHost(url)}:${url.port || 443}`);
  const startGuard = () => guard ??= startConnectGuard(dialRules(options));
  const guarded = isDeno || readProxy(env) !== undefined || options.dial !== undefined;
  const makeClient = async () => {
    if (!guarded) {
      return await createClientFetch({
        caCerts,
        lookup: (host) => checkHost(host, resolve),
      });
    }
    const { port, secret } = await startGuard();
    return await createClientFetch({ caCerts, proxy: { port, user: GUARD_USER, secret } });
  };
  return {
    resolve: (host) => leavesNamesToProxy(options, host) ? unlooked(host) : resolve(host),
    guard: startGuard,
    async fetch(url, init) {
      if (url.username !== "" || url.password !== "") {
        throw refusedUrl("credentials", "the URL carries a user name or a password");
      }
      if (!isTrusted(url)) await checkBeforehand(url);
      client ??= makeClient();
      const fetch = await client;
      try {
        return await fetch(url, { ...init, redirect: "manual" });
      } catch (error) {
        const [host, port] = [bareHost(url).toLowerCase(), Number(url.port || 443)];
        const failure = (await guard)?.takeFailure(host, port) ?? causeOf(error);
        throw failure ?? error;
      }
    },
  };
}

/** How the guard of a door connects. */
export function dialRules(options: DoorOptions): DialRules {
  const { env, resolve = machineResolve, dial = dialAddress, trusted = [] } = options;
  const proxy = readProxy(env);
  return {
    resolve,
    dial,
    trusted,
    proxyFor: (host, port) => bypassesProxy(env, host, port) ? undefined : proxy,
    proxyResolves: env[PROXY_RESOLVES_VARIABLE] === "1",
  };
}

/** Whether a name is looked up by the proxy, so that there is nothing to check here. */
function leavesNamesToProxy({ env }: DoorOptions, host: string): boolean {
  return env[PROXY_RESOLVES_VARIABLE] === "1" && readProxy(env) !== undefined &&
    !bypassesProxy(env, host, 443);
}

/** Stands in for a look-up where only the rules for names and literal addresses count. */
const unlooked: Resolve = () => Promise.resolve(["1.1.1.1"]);

/** What no look-up ever sees: the protocol, forbidden ports and literal addresses. */
async function checkBeforehand(url: URL): Promise<void> {
  if (url.protocol !== "https:") {
    throw refusedUrl("protocol", `the protocol "${url.protocol}" is not allowed here`);
  }
  if (url.port !== "" && isForbiddenPort(Number(url.port))) {
    throw refusedUrl("port", `port ${url.port} belongs to another protocol`);
  }
  await checkHost(bareHost(url), unlooked);
}

/** The refusal inside the error of a fetch. */
function causeOf(error: unknown): unknown {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    if (at.name === "AppError") return at;
    at = at.cause;
  }
  return undefined;
}
