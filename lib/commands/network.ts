/** The main thread's part in requests: it decides the route of a command and keeps the door. */
import { resolve } from "node:path";
import type { Invocation } from "../cli/invocation.ts";
import { AppError } from "../errors/app_error.ts";
import { openDoor, type OpenedDoor } from "../net/door.ts";
import { PROXY_VARIABLES, readProxy } from "../net/guard/proxy_settings.ts";
import type { NetworkRoute } from "../net/route.ts";
import { clearEnv } from "../platform/clear_env.ts";
import { trustFile } from "../platform/trust_file.ts";
import type { Host, HostFacts } from "../platform/host.ts";
import { netPermission, serviceTargets } from "./grants.ts";

/** The route of a command, and what its worker needs for it. */
export interface CommandNetwork {
  readonly route: NetworkRoute;
  /** Entries of the worker's net permission. */
  readonly net: string[];
}

let door: OpenedDoor | undefined;

/** The door of this process; without a network it is the plain one. */
export function processDoor({ env }: HostFacts): OpenedDoor {
  // A runtime that finds these takes its own way around the guard.
  clearEnv(PROXY_VARIABLES);
  return door ??= openDoor({ env });
}

/**
 * Decides the route of a command, and opens the door that fits it.
 *
 * @throws AppError MISSING_FILE, INVALID_ARGUMENT for `--ca-cert`; INVALID_CONFIG for a proxy
 */
export async function openNetwork(invocation: Invocation, host: Host): Promise<CommandNetwork> {
  const { facts } = host;
  const { env } = facts;
  const caCerts = await readCertificates(invocation.options.caCert, host);
  const proxy = readProxy(env);
  const service = serviceTargets(invocation, {
    env,
    configBaseUrl: await configuredBaseUrl(invocation, host),
    sandbox: await sandboxOf(invocation, host),
  });
  clearEnv(PROXY_VARIABLES);
  if (caCerts.length > 0) trustFile(resolve(facts.cwd, invocation.options.caCert ?? ""), facts);
  door = openDoor({ env, caCerts, trusted: service.targets });
  const base = { direct: service.targets, allowLoopback: service.allowLoopback, caCerts };
  const net = netPermission(service);
  // What is reached over plain HTTP is on this machine or its network.
  if (!proxy || !service.targets.some((target) => target.endsWith(":443"))) {
    return { route: { ...base, forwards: {} }, net };
  }
  const guard = await door.guard();
  const forwards: Record<string, number> = {};
  if (service.socket) {
    const [, name = "", port = ""] = /^(.*):(\d+)$/.exec(service.socket) ?? [];
    forwards[service.socket] = await guard.forward(name, Number(port));
  }
  const { port, secret } = guard;
  const ports = [port, ...Object.values(forwards)];
  return {
    route: { ...base, forwards, proxy: { port, secret } },
    net: [...net, ...ports.map((number) => `127.0.0.1:${number}`)],
  };
}

/** The plugin configuration is read only when it can decide. */
async function configuredBaseUrl(
  { options }: Invocation,
  host: Host,
): Promise<string | undefined> {
  if (options.sandbox || options.apiBaseUrl !== undefined) return undefined;
  const { loadPluginConfig } = await import("../store/plugin_config.ts");
  // The command reads it again and reports what is wrong with it.
  const config = await loadPluginConfig(host, () => {}).catch(() => undefined);
  return config?.apiBaseUrl;
}

/** The embedded service, up before the worker is, since its port is part of what is granted. */
async function sandboxOf({ command, options }: Invocation, host: Host) {
  if (!options.sandbox || options.dryRun || command === "sandbox") return undefined;
  // A sandbox that cannot start is reported by the command that asks for it.
  return await host.startSandbox().catch(() => undefined);
}

async function readCertificates(path: string | undefined, { files }: Host): Promise<string[]> {
  if (path === undefined) return [];
  let text: string;
  try {
    text = await files.readText(path);
  } catch (cause) {
    const { code } = cause as { code?: string };
    throw new AppError("MISSING_FILE", `--ca-cert names ${path}, which cannot be read.`, {
      details: { flag: "--ca-cert", path, ...(code ? { cause: code } : {}) },
      hint: "Give the path of a PEM file.",
      cause,
    });
  }
  const certificates = text.match(CERTIFICATE);
  if (certificates) return certificates;
  throw new AppError("INVALID_ARGUMENT", `--ca-cert names ${path}, which holds no certificate.`, {
    details: { flag: "--ca-cert", path },
    hint: "Give a PEM file: it begins with -----BEGIN CERTIFICATE-----.",
  });
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n?/g;
