/** Decides whether a URL from outside may be fetched or handed on. Nothing is fetched here. */
import { AppError } from "../errors/app_error.ts";
import { blockedReason, parseAddress } from "./address.ts";
import { blockedNameReason, isForbiddenPort } from "./names.ts";
import { type Resolve, systemResolve } from "./resolver.ts";

/** Why a URL was refused; found in `details.reason` of the error. */
export type RefusalReason =
  | "too-long"
  | "invalid"
  | "protocol"
  | "credentials"
  | "port"
  | "allow-list"
  | "blocked-address"
  | "blocked-name"
  | "dns-failed"
  | "resolves-to-blocked-address"
  | "invalid-redirect"
  | "downgrade"
  | "too-many-redirects";

/** What a caller allows. */
export interface UrlRules {
  /** With the colon, e.g. `["https:"]`; default `http:` and `https:`. */
  protocols?: readonly string[];
  /** Exact lower-case host names; absent: any host. */
  allowedHosts?: readonly string[];
  /** Replaces the system's resolver. */
  resolve?: Resolve;
}

/** A URL that passed, and the addresses it may be reached at. */
export interface CheckedUrl {
  readonly url: URL;
  /** One literal address, or all that the name resolved to. */
  readonly addresses: readonly string[];
}

/** Longest URL that is looked at. */
export const MAX_URL_LENGTH = 2048;

/**
 * Checks a URL.
 *
 * @throws AppError `INVALID_URL` with `details.reason`
 */
export async function checkUrl(input: unknown, rules: UrlRules = {}): Promise<CheckedUrl> {
  const url = parseUrl(input, rules.protocols ?? ["http:", "https:"]);
  const host = bareHost(url);
  if (rules.allowedHosts && !rules.allowedHosts.includes(host)) {
    throw refusedUrl("allow-list", `the host "${host}" is not on the list of allowed hosts`, {
      host,
    });
  }
  return { url, addresses: await checkHost(host, rules.resolve ?? systemResolve) };
}

/**
 * The addresses at which a host may be reached: the literal itself, or all that its name has.
 *
 * @param host lower-case, without the brackets of IPv6
 * @throws AppError `INVALID_URL` when the name or any address is not public
 */
export async function checkHost(host: string, resolve: Resolve): Promise<readonly string[]> {
  if (!parseAddress(host)) return await resolvePublicly(host, resolve);
  const why = blockedReason(host, "literal");
  if (why) {
    throw refusedUrl("blocked-address", `${host} is not public (${why})`, { address: host });
  }
  return [host];
}

/**
 * The checks that need no lookup: form, protocol, credentials and port.
 *
 * @throws AppError `INVALID_URL`
 */
export function parseUrl(input: unknown, protocols: readonly string[]): URL {
  if (typeof input !== "string" || input === "") throw refusedUrl("invalid", "the URL is empty");
  if (input.length > MAX_URL_LENGTH) {
    throw refusedUrl("too-long", `the URL is longer than ${MAX_URL_LENGTH} characters`);
  }
  // The parser drops tabs and newlines, so that a checker and a reader could see different URLs.
  // deno-lint-ignore no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(input)) {
    throw refusedUrl("invalid", "the URL holds control characters");
  }
  let url: URL;
  try {
    url = new URL(input);
  } catch {
    throw refusedUrl("invalid", "the URL cannot be parsed");
  }
  if (!protocols.includes(url.protocol)) {
    const allowed = protocols.map((protocol) => `${protocol}//`).join(" or ");
    throw refusedUrl(
      "protocol",
      `the protocol "${url.protocol}" is not allowed here (use ${allowed})`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw refusedUrl("credentials", "the URL carries a user name or a password");
  }
  if (url.hostname === "") throw refusedUrl("invalid", "the URL has no host");
  if (url.port !== "" && isForbiddenPort(Number(url.port))) {
    throw refusedUrl("port", `port ${url.port} belongs to another protocol`);
  }
  return url;
}

/** The host of a URL without the brackets of IPv6. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** The error for a refused URL; the message never repeats the URL, which may be signed. */
export function refusedUrl(
  reason: RefusalReason,
  text: string,
  details: Record<string, unknown> = {},
): AppError {
  return new AppError("INVALID_URL", `URL refused: ${text}.`, { details: { reason, ...details } });
}

async function resolvePublicly(host: string, resolve: Resolve): Promise<string[]> {
  const nameReason = blockedNameReason(host);
  if (nameReason) throw refusedUrl("blocked-name", `"${host}" is ${nameReason}`, { host });
  let addresses: string[];
  try {
    addresses = await resolve(host);
  } catch (cause) {
    const error = refusedUrl("dns-failed", `the host "${host}" could not be looked up`, { host });
    throw new AppError(error.code, error.message, { details: { ...error.details }, cause });
  }
  if (addresses.length === 0) {
    throw refusedUrl("dns-failed", `the host "${host}" has no address`, { host });
  }
  for (const address of addresses) {
    const why = blockedReason(address, "resolved");
    if (why) {
      throw refusedUrl(
        "resolves-to-blocked-address",
        `"${host}" resolves to ${address}, which is not public (${why})`,
        { host, address },
      );
    }
  }
  return addresses;
}
