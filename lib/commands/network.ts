/**
 * What the main thread decides for a command that handles outside data: by which route its requests
 * leave, and what of the machine is within its reach. The main thread keeps the door itself.
 */
import { resolve } from "node:path";
import type { PluginConfig } from "../catalog/plugin_config.ts";
import type { Invocation } from "../cli/invocation.ts";
import { AppError } from "../errors/app_error.ts";
import { openDoor, type OpenedDoor } from "../net/door.ts";
import { PROXY_VARIABLES, readProxy } from "../net/guard/proxy_settings.ts";
import type { NetworkRoute } from "../net/route.ts";
import { clearEnv } from "../platform/clear_env.ts";
import { trustFile } from "../platform/trust_file.ts";
import type { Host, HostFacts } from "../platform/host.ts";
import type { Reach } from "../platform/reach.ts";
import { netPermission, serviceTargets } from "./grants.ts";
import { COMMANDS } from "./table.ts";

/** The route of a command, and what its worker needs for it. */
export interface CommandNetwork {
  readonly route: NetworkRoute;
  /** Entries of the worker's net permission. */
  readonly net: string[];
  /** Files and programs that the worker may ask for; absent: all, by way of the main thread. */
  readonly reach?: Reach;
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
  const config = await readConfig(host);
  const caCerts = await readCertificates(invocation.options.caCert, host);
  const proxy = readProxy(env);
  const service = serviceTargets(invocation, {
    env,
    configBaseUrl: config.apiBaseUrl,
    sandbox: await sandboxOf(invocation, host),
  });
  clearEnv(PROXY_VARIABLES);
  if (caCerts.length > 0) trustFile(resolve(facts.cwd, invocation.options.caCert ?? ""), facts);
  door = openDoor({ env, caCerts, trusted: service.targets });
  const base = { direct: service.targets, allowLoopback: service.allowLoopback, caCerts };
  const net = netPermission(service);
  const reach = await reachOf(invocation, host, config);
  // What is reached over plain HTTP is on this machine or its network.
  if (!proxy || !service.targets.some((target) => target.endsWith(":443"))) {
    return { route: { ...base, forwards: {} }, net, ...reach };
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
    ...reach,
    net: [...net, ...ports.map((number) => `127.0.0.1:${number}`)],
  };
}

/** The plugin configuration; the command reads it again and reports what is wrong with it. */
export async function readConfig(host: Host): Promise<PluginConfig> {
  const { loadPluginConfig } = await import("../store/plugin_config.ts");
  return await loadPluginConfig(host, () => {}).catch(() => ({}));
}

/** Files and programs that the worker of a command may ask for; nothing for all of them. */
export async function reachOf(
  invocation: Invocation,
  host: Host,
  config: PluginConfig,
): Promise<{ reach?: Reach }> {
  const kind = COMMANDS[invocation.command]?.reach;
  if (kind === undefined) return {};
  const { findReferences, generationReach } = await import("./reach.ts");
  const { output } = invocation.options;
  const info = output === undefined
    ? undefined
    : await host.files.stat(output).catch(() => undefined);
  const found = await findReferences(invocation, host, config);
  const isFolder = info?.kind === "directory";
  const reach = generationReach(invocation, host, config, found, isFolder);
  return { reach: kind === "files" ? { ...reach, programs: [] } : reach };
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
