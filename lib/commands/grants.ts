/** What a command line is given: decided from the line and the environment alone. */
import type { Invocation } from "../cli/invocation.ts";
import { DEFAULT_SOCKET_ENDPOINT } from "../net/endpoints.ts";
import { resolveApiBaseUrl } from "../net/api_origin.ts";
import { targetOf } from "../net/route.ts";
import type { SandboxEndpoint } from "../platform/host.ts";

/** What decides where a command connects to. */
export interface GrantFacts {
  env: Readonly<Record<string, string>>;
  /** `apiBaseUrl` of the plugin configuration. */
  configBaseUrl?: string | undefined;
  /** The embedded service, when it answers in place of the real one. */
  sandbox?: SandboxEndpoint | undefined;
}

/** The hosts that the worker of a command may reach by itself. */
export interface ServiceTargets {
  /** `host:port` of the REST endpoint and of the socket; one when they are the same. */
  readonly targets: readonly string[];
  /** `host:port` of the socket. */
  readonly socket: string | undefined;
  /** Transfers may lead to this machine. */
  readonly allowLoopback: boolean;
}

/**
 * The service's endpoints of a command line. They are judged later, before a key goes there; an
 * endpoint that is no URL is left to that judgement.
 */
export function serviceTargets(invocation: Invocation, facts: GrantFacts): ServiceTargets {
  const { options, command } = invocation;
  const { env, sandbox } = facts;
  const offline = command === "sandbox" || command === "contract-debug" || options.dryRun === true;
  if (offline || (options.sandbox && !sandbox)) {
    return { targets: [], socket: undefined, allowLoopback: options.sandbox === true };
  }
  const rest = sandbox?.restEndpoint ??
    resolveApiBaseUrl({ flag: options.apiBaseUrl, config: facts.configBaseUrl, env }).text;
  const socket = sandbox?.socketEndpoint ??
    (env.SOGNI_SOCKET_ENDPOINT?.trim() || DEFAULT_SOCKET_ENDPOINT);
  const [restTarget, socketTarget] = [rest, socket].map(readTarget);
  return {
    targets: [...new Set([restTarget, socketTarget])].flatMap((target) => target ?? []),
    socket: socketTarget,
    allowLoopback: sandbox !== undefined || env.SOGNI_ALLOW_UNSAFE_API_BASE_URL === "1",
  };
}

/**
 * The same as entries of a net permission. The library of the socket looks its host up by itself,
 * for which Deno asks for the bare name.
 */
export function netPermission({ targets, socket }: ServiceTargets): string[] {
  return targets.map((target) => {
    const [, host = "", port = ""] = /^(.*):(\d+)$/.exec(target) ?? [];
    const name = host.includes(":") ? `[${host}]` : host;
    return target === socket && !/^[\d.]+$/.test(host) ? name : `${name}:${port}`;
  });
}

function readTarget(endpoint: string): string | undefined {
  const url = URL.parse(endpoint);
  return url && /^(?:https?|wss?):$/.test(url.protocol) && url.hostname !== ""
    ? targetOf(url)
    : undefined;
}
