/** The shape of a check of `doctor`. */
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { StatePaths } from "../../store/paths.ts";
import type { CommandContext } from "../context.ts";

/** How a check ended; `skip` when it does not apply here. */
export type Status = "pass" | "warn" | "fail" | "skip";

/** What a check found. */
export interface Finding {
  status: Status;
  /** For people; says how to repair what is wrong. */
  detail: string;
}

/** What checks know; each may use what those before it found. */
export interface Examination {
  readonly context: CommandContext;
  readonly config: PluginConfig;
  readonly paths: StatePaths;
  /** Why configuration or paths could not be read; defaults are in force then. */
  readonly settingsError?: Error;
  readonly findings: Map<string, Finding>;
  /** Origin of the service, once it is known. */
  restEndpoint?: string;
}

/** One check. */
export interface Check {
  readonly id: string;
  /** False where there is nothing to check; it is left out of the report then. */
  applies?(examination: Examination): Promise<boolean>;
  run(examination: Examination): Finding | Promise<Finding>;
  /**
   * Repairs what is safe to repair, for `--fix`; the check runs again afterwards.
   *
   * @returns what was done, each as a phrase; empty when nothing could be
   */
  repair?(examination: Examination): Promise<string[]>;
}

/** All is well. */
export function pass(detail: string): Finding {
  return { status: "pass", detail };
}

/** Something that works without it, or will not for long. */
export function warn(detail: string): Finding {
  return { status: "warn", detail };
}

/** Something that has to be repaired. */
export function fail(detail: string): Finding {
  return { status: "fail", detail };
}

/** It does not apply. */
export function skip(detail: string): Finding {
  return { status: "skip", detail };
}

/** Message and hint of an error, as one detail. */
export function explain(error: unknown): string {
  const { message, hint } = (error ?? {}) as { message?: unknown; hint?: unknown };
  const text = typeof message === "string" ? message : String(error);
  if (typeof hint !== "string") return text;
  return `${text}${/[.!?:;]\s*$/.test(text) ? "" : "."} ${hint}`;
}
