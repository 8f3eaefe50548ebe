/** Finds out where the service is and who asks, and opens the connection. */
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Reporter } from "../../cli/reporter.ts";
import { apiOriginPolicy } from "../../net/api_origin.ts";
import { serviceEndpoints } from "../../net/endpoints.ts";
import type { JobAccess } from "../../platform/journal.ts";
import { httpTimeoutMs } from "../../service/hosted/settings.ts";
import { createSdkService } from "../../service/sdk_service.ts";
import type { GenerationService, ServiceOptions } from "../../service/types.ts";
import { leaseAppId } from "../../store/app_ids.ts";
import { loadCredentials } from "../../store/credentials.ts";
import type { StatePaths } from "../../store/paths.ts";
import type { CommandContext } from "../context.ts";
import { warnOfOrigin } from "../origin_warnings.ts";

/** What a connection needs to know. */
export interface ConnectionRequest {
  context: CommandContext;
  config: PluginConfig;
  paths: StatePaths;
  network: "fast" | "relaxed";
}

/** Credentials and endpoints, before anything is opened. */
export interface Access {
  service: Omit<ServiceOptions, "appId">;
  sandbox: boolean;
  /** The sandbox is a process of its own, which outlives the command. */
  detached?: JobAccess;
  /** Results may come from this machine over plain HTTP. */
  allowLoopback: boolean;
}

const CONNECT_TIMEOUT_MS = 30_000;

/**
 * Loads the key and checks the endpoints; with the sandbox it starts that instead, and no key is
 * looked for. The sandbox is never a stand-in: it answers only when it was asked for.
 */
export async function findAccess(request: ConnectionRequest): Promise<Access> {
  const { host, invocation, report } = request.context;
  const { env } = host.facts;
  const common = {
    network: request.network,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    callTimeoutMs: httpTimeoutMs(env),
    ...(env.SOGNI_DEBUG || env.DEBUG ? { debug: await debugTo(report) } : {}),
  };
  if (invocation.options.sandbox) {
    const endpoint = await host.startSandbox();
    const { lasting, ...access } = endpoint;
    return {
      service: { ...common, ...access },
      sandbox: true,
      allowLoopback: true,
      ...(lasting ? { detached: access } : {}),
    };
  }
  const { apiKey } = await loadCredentials(host, request.paths, (text) => report.important(text));
  request.context.failure.secrets = [apiKey];
  report.hide(apiKey);
  const { restEndpoint, socketEndpoint, optedIn } = await serviceEndpoints({
    env,
    flag: invocation.options.apiBaseUrl,
    config: request.config.apiBaseUrl,
  });
  warnOfOrigin(report, { base: restEndpoint, optedIn, policy: apiOriginPolicy(env) });
  return {
    service: { ...common, restEndpoint, socketEndpoint, apiKey },
    sandbox: false,
    allowLoopback: optedIn,
  };
}

/** What the library tells is meant for its authors, and holds what the service answered. */
async function debugTo(report: Reporter): Promise<(text: string) => void> {
  const { redactText } = await import("../../text/redact.ts");
  return (text) => report.important(`[sdk] ${redactText(text)}`);
}

/** An open connection; `close` gives the application id back. */
export interface Connection {
  service: GenerationService;
  appId: string;
  close(): Promise<void>;
}

/**
 * Leases an application id and connects.
 *
 * @param wantedAppId the id to connect with, where no other process has it
 */
export async function connect(
  access: Access,
  request: ConnectionRequest,
  wantedAppId?: string,
): Promise<Connection> {
  const { host, report } = request.context;
  const lease = access.sandbox
    ? { appId: `sogni-agent-${crypto.randomUUID()}`, release: () => Promise.resolve() }
    : await leaseAppId(host, request.paths, wantedAppId);
  const service = createSdkService({ ...access.service, appId: lease.appId });
  try {
    report.note("Connecting to Sogni...");
    await service.connect();
    report.note("Connected.");
  } catch (error) {
    await lease.release();
    throw error;
  }
  return {
    service,
    appId: lease.appId,
    async close() {
      await service.close();
      await lease.release();
    },
  };
}
