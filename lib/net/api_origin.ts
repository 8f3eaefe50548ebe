/** Which origin may receive the API key. */
import { AppError } from "../errors/app_error.ts";
import { isLocalAddress, isMetadataAddress, parseAddress } from "./address.ts";
import { type Resolve, systemResolve } from "./resolver.ts";
import { bareHost, checkUrl, refusedUrl } from "./url_guard.ts";

/** The origin used when nothing else is said. */
export const DEFAULT_API_BASE_URL = "https://api.sogni.ai";

/** Where the origin is looked for, first non-empty wins. */
export interface ApiOriginSources {
  /** `--api-base-url` */
  flag?: string | undefined;
  /** `apiBaseUrl` of the plugin configuration */
  config?: string | undefined;
  env: Readonly<Record<string, string>>;
}

/** A URL that was asked for, and by what: a flag, a variable, a key of the configuration. */
export interface NamedUrl {
  readonly text: string;
  readonly name: string;
}

/** The base URL as asked for, unchecked, without trailing slashes. */
export function resolveApiBaseUrl(sources: ApiOriginSources): NamedUrl {
  const { flag, config, env } = sources;
  const { SOGNI_API_BASE_URL, SOGNI_REST_ENDPOINT } = env;
  const given = {
    "--api-base-url": flag,
    apiBaseUrl: config,
    SOGNI_API_BASE_URL,
    SOGNI_REST_ENDPOINT,
  };
  for (const [name, value] of Object.entries(given)) {
    const text = value?.trim() ?? "";
    if (text !== "") return { text: text.replace(/\/+$/, ""), name };
  }
  return { text: DEFAULT_API_BASE_URL, name: "the built-in API origin" };
}

/** What the gate reads from the environment. */
export interface ApiOriginPolicy {
  /** Lower-case host names that may receive the key. */
  readonly allowedHosts: readonly string[];
  /** `SOGNI_ALLOW_UNSAFE_API_BASE_URL` is exactly `1`. */
  readonly unsafe: boolean;
  /** Entries of `SOGNI_API_ALLOWED_HOSTS` that can never match. */
  readonly uselessEntries: readonly string[];
}

/** Reads `SOGNI_API_ALLOWED_HOSTS` and `SOGNI_ALLOW_UNSAFE_API_BASE_URL`. */
export function apiOriginPolicy(
  env: Readonly<Record<string, string>>,
  defaultHosts: readonly string[] = ["api.sogni.ai"],
): ApiOriginPolicy {
  const entries = (env.SOGNI_API_ALLOWED_HOSTS ?? "").split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "");
  const useless = entries.filter((entry) => /[/:*@]/.test(entry) && !parseAddress(entry));
  return {
    allowedHosts: [...defaultHosts, ...entries.filter((entry) => !useless.includes(entry))],
    unsafe: env.SOGNI_ALLOW_UNSAFE_API_BASE_URL === "1",
    uselessEntries: useless,
  };
}

/** An origin that may receive the key. */
export interface ApiOrigin {
  /** Origin and path prefix, without a trailing slash. */
  readonly base: string;
  readonly addresses: readonly string[];
  /** True when only the opt-in for unsafe origins let it pass. */
  readonly optedIn: boolean;
}

/**
 * The gate that stands before every request with a key.
 *
 * @param asked its name is told with what is wrong
 * @throws AppError `INVALID_API_BASE_URL` or `UNSAFE_API_BASE_URL`
 */
export async function checkApiOrigin(
  asked: NamedUrl,
  policy: ApiOriginPolicy,
  resolve: Resolve = systemResolve,
): Promise<ApiOrigin> {
  const url = parseBase(asked);
  const { name } = asked;
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  if (policy.unsafe) {
    const addresses = await unsafeAddresses(url, policy, resolve);
    if (addresses) return { base, addresses, optedIn: true };
  }
  if (LOOPBACK_NAMES.includes(bareHost(url))) {
    throw unsafe(
      `${name} ${url.origin} is on this machine, which takes SOGNI_ALLOW_UNSAFE_API_BASE_URL=1`,
      url,
      name,
      "Set SOGNI_ALLOW_UNSAFE_API_BASE_URL=1 to send the API key to a service of your own.",
    );
  }
  try {
    return { base, addresses: await checkTrusted(url, policy, resolve), optedIn: false };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw unsafe(
      `${name} ${url.origin} is not trusted with your key (${
        error.message.replace(/^URL refused: /, "").replace(/\.$/, "")
      }); see SOGNI_API_ALLOWED_HOSTS and SOGNI_ALLOW_UNSAFE_API_BASE_URL`,
      url,
      name,
      "List trusted hosts in SOGNI_API_ALLOWED_HOSTS, or set SOGNI_ALLOW_UNSAFE_API_BASE_URL=1 " +
        "for a service on your own machine or network.",
      error.details,
    );
  }
}

/** A host of the list, at public addresses and on the usual port: an entry names no other. */
async function checkTrusted(
  url: URL,
  { allowedHosts }: ApiOriginPolicy,
  resolve: Resolve,
): Promise<readonly string[]> {
  const rules = { protocols: ["https:"], allowedHosts, resolve };
  const { addresses } = await checkUrl(url.href, rules);
  if (url.port === "") return addresses;
  throw refusedUrl("port", `port ${url.port} is not 443`);
}

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "::1"];

function parseBase({ text, name }: NamedUrl): URL {
  // deno-lint-ignore no-control-regex
  const url = /[\u0000-\u001f\u007f]/.test(text) ? null : tryParse(text);
  if (!url || url.search !== "" || url.hash !== "") {
    throw new AppError("INVALID_API_BASE_URL", `${name} ${quoted(text)}is not a usable URL.`, {
      details: { source: name },
      hint: `Set ${name} to an origin such as ${DEFAULT_API_BASE_URL}, without a query.`,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw unsafe(`${name} carries a user name or a password`, url, name);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw unsafe(`${name} uses the protocol "${url.protocol}"`, url, name);
  }
  return url;
}

/** The value as it was given, unless it may hold a password. */
function quoted(text: string): string {
  return text.includes("@") || text.length > 200 ? "" : `${JSON.stringify(text)} `;
}

function tryParse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Addresses of a host that the opt-in covers; `undefined` when the ordinary rules hold. */
async function unsafeAddresses(
  url: URL,
  policy: ApiOriginPolicy,
  resolve: Resolve,
): Promise<readonly string[] | undefined> {
  const host = bareHost(url);
  if (host === "localhost") return ["127.0.0.1", "::1"];
  if (parseAddress(host)) return isLocalAddress(host) ? [host] : undefined;
  if (!policy.allowedHosts.includes(host)) return undefined;
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length === 0 || addresses.some(isMetadataAddress)) return undefined;
  const plain = url.protocol === "http:" && url.port === "";
  return plain || addresses.every(isLocalAddress) ? addresses : undefined;
}

function unsafe(
  text: string,
  url: URL,
  source: string,
  hint?: string,
  details: Record<string, unknown> = {},
): AppError {
  return new AppError("UNSAFE_API_BASE_URL", `Refused: ${text}.`, {
    details: { ...details, source, origin: url.origin },
    ...(hint ? { hint } : {}),
  });
}
