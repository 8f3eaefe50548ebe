/** Which origin may receive the API key. */
import { AppError } from "../errors/app_error.ts";
import { isLocalAddress, isMetadataAddress, parseAddress } from "./address.ts";
import { type Resolve, systemResolve } from "./resolver.ts";
import { bareHost, checkUrl } from "./url_guard.ts";

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

/** The base URL as asked for, unchecked, without trailing slashes. */
export function resolveApiBaseUrl(sources: ApiOriginSources): string {
  const { flag, config, env } = sources;
  const text = [flag, config, env.SOGNI_API_BASE_URL, env.SOGNI_REST_ENDPOINT]
    .map((value) => value?.trim())
    .find((value) => value !== undefined && value !== "");
  return (text ?? DEFAULT_API_BASE_URL).replace(/\/+$/, "");
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
 * @throws AppError `INVALID_API_BASE_URL` or `UNSAFE_API_BASE_URL`
 */
export async function checkApiOrigin(
  text: string,
  policy: ApiOriginPolicy,
  resolve: Resolve = systemResolve,
): Promise<ApiOrigin> {
  const url = parseBase(text);
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  if (policy.unsafe) {
    const addresses = await unsafeAddresses(url, policy, resolve);
    if (addresses) return { base, addresses, optedIn: true };
  }
  const host = bareHost(url);
  if (LOOPBACK_NAMES.includes(host)) {
    throw unsafe(
      `the API origin ${url.origin} is on this machine, which takes ` +
        "SOGNI_ALLOW_UNSAFE_API_BASE_URL=1",
      url,
      "Set SOGNI_ALLOW_UNSAFE_API_BASE_URL=1 to send the API key to a service of your own.",
    );
  }
  if (url.port !== "") {
    throw unsafe(`the API origin ${url.origin} names port ${url.port}, only 443 is allowed`, url);
  }
  try {
    const { addresses } = await checkUrl(url.href, {
      protocols: ["https:"],
      allowedHosts: policy.allowedHosts,
      resolve,
    });
    return { base, addresses, optedIn: false };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw unsafe(
      `the API origin ${url.origin} is not trusted with your key (${
        error.message.replace(/^URL refused: /, "").replace(/\.$/, "")
      }); see SOGNI_API_ALLOWED_HOSTS and SOGNI_ALLOW_UNSAFE_API_BASE_URL`,
      url,
      "List trusted hosts in SOGNI_API_ALLOWED_HOSTS, or set SOGNI_ALLOW_UNSAFE_API_BASE_URL=1 " +
        "for a service on your own machine or network.",
      error.details,
    );
  }
}

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "::1"];

function parseBase(text: string): URL {
  // deno-lint-ignore no-control-regex
  const url = /[\u0000-\u001f\u007f]/.test(text) ? null : tryParse(text);
  if (!url || url.search !== "" || url.hash !== "") {
    throw new AppError("INVALID_API_BASE_URL", "--api-base-url is not a usable URL.", {
      hint: "Give an origin such as https://api.sogni.ai, without a query.",
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw unsafe("the API origin carries a user name or a password", url);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw unsafe(`the API origin uses the protocol "${url.protocol}"`, url);
  }
  return url;
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
  hint?: string,
  details: Record<string, unknown> = {},
): AppError {
  return new AppError("UNSAFE_API_BASE_URL", `Refused: ${text}.`, {
    details: { ...details, origin: url.origin },
    ...(hint ? { hint } : {}),
  });
}
