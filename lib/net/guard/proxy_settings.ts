/** The proxy that a user's environment asks for, read as curl reads it. */
import { AppError } from "../../errors/app_error.ts";

/** A proxy that speaks CONNECT. */
export interface ProxyServer {
  readonly host: string;
  readonly port: number;
  /** `Basic ...` when the setting carries a user name. */
  readonly authorization?: string;
}

/** Names that a runtime or a library might read behind our back. */
export const PROXY_VARIABLES: readonly string[] = ["HTTP", "HTTPS", "ALL", "NO"]
  .flatMap((name) => [`${name}_PROXY`, `${name.toLowerCase()}_proxy`]);

/** Lets a proxy look up names that this machine cannot, which leaves their check to the proxy. */
export const PROXY_RESOLVES_VARIABLE = "SOGNI_PROXY_RESOLVES_NAMES";

/**
 * The proxy for HTTPS and secure sockets; `undefined` when none is set.
 *
 * @throws AppError INVALID_CONFIG for a setting that cannot be used
 */
export function readProxy(env: Readonly<Record<string, string>>): ProxyServer | undefined {
  const names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
  const name = names.find((key) => (env[key] ?? "").trim() !== "");
  if (name === undefined) return undefined;
  const text = (env[name] ?? "").trim();
  const url = URL.parse(text.includes("://") ? text : `http://${text}`);
  const user = url ? userOf(url) : undefined;
  if (!url || user === undefined || url.protocol !== "http:" || url.hostname === "") {
    throw new AppError("INVALID_CONFIG", `${name} names no proxy that can be used.`, {
      details: { variable: name },
      hint: "Give it as http://HOST:PORT, or with a user: http://USER:PASSWORD@HOST:PORT " +
        "(a % in them as %25).",
    });
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || 80),
    ...(user === ":" ? {} : { authorization: basicAuthorization(user) }),
  };
}

/** `user:password`; `undefined` when they are not percent-encoded as a URL asks for. */
function userOf({ username, password }: URL): string | undefined {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return undefined;
  }
}

/** The value of a header that authenticates `user:password`. */
export function basicAuthorization(user: string): string {
  const bytes = new TextEncoder().encode(user);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** Whether `NO_PROXY` says that a host is reached without the proxy. */
export function bypassesProxy(
  env: Readonly<Record<string, string>>,
  host: string,
  port: number,
): boolean {
  const list = env.no_proxy || env.NO_PROXY || "";
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === "*") return true;
    const match = /^(?:\*?\.)?([^:]+|\[[^\]]+\]|[0-9a-f:]+)(?::(\d+))?$/i.exec(entry);
    if (!match) return false;
    const [, listed = "", onPort] = match;
    const name = listed.replace(/^\[|\]$/g, "").toLowerCase();
    if (onPort !== undefined && Number(onPort) !== port) return false;
    return host === name || host.endsWith(`.${name}`);
  });
}
