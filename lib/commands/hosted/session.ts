/** What every hosted command begins with: configuration, key, origin, a way to be interrupted. */
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import { AppError } from "../../errors/app_error.ts";
import {
  type ApiOriginPolicy,
  apiOriginPolicy,
  checkApiOrigin,
  DEFAULT_API_BASE_URL,
  resolveApiBaseUrl,
} from "../../net/api_origin.ts";
import type { InterruptName } from "../../platform/host.ts";
import { createHostedClient, type HostedClient } from "../../service/hosted/client.ts";
import { httpTimeoutMs, wantsSdkTransport } from "../../service/hosted/settings.ts";
import { loadCredentials } from "../../store/credentials.ts";
import type { StatePaths } from "../../store/paths.ts";
import type { CommandContext } from "../context.ts";
import { interrupted } from "../execute.ts";
import { warnOfOrigin } from "../origin_warnings.ts";
import { loadSettings } from "../generation/settings.ts";

/** An open session. Nothing has been sent yet. */
export interface HostedSession {
  readonly client: HostedClient;
  readonly config: PluginConfig;
  readonly paths: StatePaths;
  readonly sandbox: boolean;
  /** Results may come from this machine over plain HTTP. */
  readonly allowLoopback: boolean;
  /** Aborted by a signal; requests and streams end with it. */
  readonly signal: AbortSignal;
  /** The signal that came, if any. */
  interruptedBy(): InterruptName | undefined;
}

/** Loads the key, passes the gate of the API origin, listens for signals. */
export async function openSession(context: CommandContext): Promise<HostedSession> {
  const { host, invocation, report } = context;
  const { env } = host.facts;
  const { config, paths } = await loadSettings(context);
  const where = invocation.options.sandbox
    ? await sandboxOrigin(context)
    : await realOrigin(context, config, paths);
  context.failure.secrets = [where.apiKey];
  report.hide(where.apiKey);
  const controller = new AbortController();
  let signalName: InterruptName | undefined;
  context.onInterrupt((name) => {
    signalName = name;
    controller.abort();
  });
  return {
    client: createHostedClient({
      base: where.base,
      apiKey: where.apiKey,
      policy: where.policy,
      sdkTransport: wantsSdkTransport(env),
      timeoutMs: httpTimeoutMs(env),
      signal: controller.signal,
    }),
    config,
    paths,
    sandbox: invocation.options.sandbox === true,
    allowLoopback: where.allowLoopback,
    signal: controller.signal,
    interruptedBy: () => signalName,
  };
}

/** Runs the work of a session; when a signal ended it, the error names the signal. */
export async function inSession(
  context: CommandContext,
  work: (session: HostedSession) => Promise<number>,
): Promise<number> {
  const session = await openSession(context);
  try {
    return await work(session);
  } catch (error) {
    const name = session.interruptedBy();
    if (name === undefined || (error instanceof AppError && error.details?.signal)) throw error;
    throw interrupted(name);
  }
}

interface Origin {
  base: string;
  apiKey: string;
  policy: ApiOriginPolicy;
  allowLoopback: boolean;
}

async function sandboxOrigin({ host }: CommandContext): Promise<Origin> {
  const { restEndpoint, apiKey } = await host.startSandbox();
  const policy = apiOriginPolicy({ SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1" });
  return { base: restEndpoint, apiKey, policy, allowLoopback: true };
}

async function realOrigin(
  { host, invocation, report }: CommandContext,
  config: PluginConfig,
  paths: StatePaths,
): Promise<Origin> {
  const { env } = host.facts;
  const { apiKey } = await loadCredentials(host, paths, (text) => report.important(text));
  const flag = invocation.options.apiBaseUrl;
  const asked = resolveApiBaseUrl({ flag, config: config.apiBaseUrl, env });
  const base = asked.text;
  const policy = apiOriginPolicy(env);
  const isBuiltIn = base === DEFAULT_API_BASE_URL;
  const { optedIn } = isBuiltIn ? { optedIn: false } : await checkApiOrigin(asked, policy);
  warnOfOrigin(report, { base, optedIn, policy });
  return { base, apiKey, policy, allowLoopback: optedIn };
}
