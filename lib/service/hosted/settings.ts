/** What the options and the configuration say about hosted calls. Pure. */
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { MAX_TIMER_MS } from "../../platform/timer_limit.ts";

/** The language model when none is named. */
export const DEFAULT_LLM_MODEL = "qwen3.6-35b-a3b-gguf-iq4xs";

/** How requests name this program. */
export const APP_SOURCE = "sogni-creative-agent-skill";

/** Settings of the language model, shared by chat, runs and storyboard planning. */
export interface ModelSettings {
  readonly model: string;
  readonly taskProfile?: "general" | "coding" | "reasoning";
  readonly maxTokens?: number;
  readonly thinking?: boolean;
  /** A set of tools by name, all (`true`) or none (`false`). */
  readonly tools: string | boolean;
  readonly executeTools: boolean;
  /** False only with `--no-filter`. */
  readonly filter: boolean;
}

/**
 * Reads the settings of the language model; flags beat the configuration.
 *
 * @throws AppError `INVALID_CONFIG`
 */
export function modelSettings(options: Options, config: PluginConfig): ModelSettings {
  const taskProfile = options.taskProfile ?? configuredProfile(config);
  const maxTokens = options.maxTokens ?? configuredMaxTokens(config);
  const thinking = options.thinking ?? config.defaultApiThinking;
  return {
    model: options.llmModel ?? config.defaultLlmModel ?? DEFAULT_LLM_MODEL,
    tools: toolsOf(options.apiTools ?? configuredTools(config) ?? "creative-agent"),
    executeTools: options.noApiToolExecution !== true,
    filter: options.noFilter !== true,
    ...(taskProfile === undefined ? {} : { taskProfile }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(thinking === undefined ? {} : { thinking }),
  };
}

/** Limits on what a workflow may cost. */
export interface CostSettings {
  /** Capacity units. */
  readonly maxCost?: number;
  readonly confirmCost?: boolean;
}

/**
 * Reads the cost limits of a workflow; flags beat the configuration.
 *
 * @throws AppError `INVALID_CONFIG`
 */
export function costSettings(options: Options, config: PluginConfig): CostSettings {
  const maxCost = options.workflowMaxCost ?? config.defaultWorkflowMaxCost;
  if (maxCost !== undefined && !(maxCost >= 0)) {
    throw invalidConfig("defaultWorkflowMaxCost", maxCost, "a number of at least 0");
  }
  const confirmCost = options.confirmCost ?? config.defaultWorkflowConfirmCost;
  return {
    ...(maxCost === undefined ? {} : { maxCost }),
    ...(confirmCost === undefined ? {} : { confirmCost }),
  };
}

/** True when `SOGNI_SKILL_USE_SDK_TRANSPORT` asks for the SDK's way of talking. */
export function wantsSdkTransport(env: Readonly<Record<string, string>>): boolean {
  const value = (env.SOGNI_SKILL_USE_SDK_TRANSPORT ?? "").trim().toLowerCase();
  return ["1", "true", "yes", "on"].includes(value);
}

/** Milliseconds until an answer must begin; `SOGNI_HTTP_TIMEOUT_MS`, default 30 s. */
export function httpTimeoutMs(env: Readonly<Record<string, string>>): number {
  const value = Number(env.SOGNI_HTTP_TIMEOUT_MS ?? NaN);
  return Number.isInteger(value) && value > 0 ? Math.min(value, MAX_TIMER_MS) : 30_000;
}

/** Largest reference in bytes; `SOGNI_API_MEDIA_REFERENCE_MAX_BYTES`, default 100 MiB. */
export function maxReferenceBytes(env: Readonly<Record<string, string>>): number {
  const value = Number(env.SOGNI_API_MEDIA_REFERENCE_MAX_BYTES ?? NaN);
  return Number.isInteger(value) && value > 0 ? value : 104_857_600;
}

function toolsOf(name: string): string | boolean {
  if (name === "none" || name === "false") return false;
  return name === "true" ? true : name;
}

function configuredTools({ defaultApiToolMode: mode }: PluginConfig): string | undefined {
  if (mode === undefined) return undefined;
  const name = mode.trim().toLowerCase();
  const known = ["creative-agent", "creative-tools", "none", "true", "false"];
  if (known.includes(name)) return name;
  throw invalidConfig("defaultApiToolMode", mode, "creative-agent, creative-tools or none");
}

function configuredProfile({ defaultTaskProfile }: PluginConfig): ModelSettings["taskProfile"] {
  if (defaultTaskProfile === undefined) return undefined;
  const name = defaultTaskProfile.trim().toLowerCase();
  if (name === "general" || name === "coding" || name === "reasoning") return name;
  throw invalidConfig("defaultTaskProfile", defaultTaskProfile, "general, coding or reasoning");
}

function configuredMaxTokens({ defaultApiMaxTokens }: PluginConfig): number | undefined {
  if (defaultApiMaxTokens === undefined || defaultApiMaxTokens >= 1) return defaultApiMaxTokens;
  throw invalidConfig("defaultApiMaxTokens", defaultApiMaxTokens, "a number of at least 1");
}

function invalidConfig(property: string, value: unknown, allowed: string): AppError {
  return new AppError(
    "INVALID_CONFIG",
    `${property} in the plugin configuration must be ${allowed} (got "${value}").`,
    { details: { property, value } },
  );
}
