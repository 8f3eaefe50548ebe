/** Which balance a plan spends. */
import type { PluginConfig } from "../catalog/plugin_config.ts";
import type { Options } from "../cli/flags/table.ts";
import { invalidArgument } from "../errors/app_error.ts";

/** What `--token-type` can ask for. */
export type TokenRequest = "spark" | "sogni" | "auto";

/** The balance to try first, and whether the other may follow. */
export interface TokenChoice {
  tokenType: "spark" | "sogni";
  /** Run once more with SOGNI when the service reports that Spark does not suffice. */
  tokenFallback: boolean;
  /** How the choice enters the seed hash. */
  hashed: TokenRequest;
  /** Printed when the model does not take the balance that was asked for. */
  note?: string;
}

const REQUESTS = ["spark", "sogni", "auto"] as const;

/** The balance asked for: flag, then configuration, then Spark. */
export function requestedToken(options: Options, config: PluginConfig): TokenRequest {
  if (options.tokenType !== undefined) return options.tokenType;
  if (config.defaultTokenType === undefined) return "spark";
  const name = config.defaultTokenType.trim().toLowerCase();
  const found = REQUESTS.find((request) => request === name);
  if (found !== undefined) return found;
  throw invalidArgument(
    `--token-type must be spark, sogni or auto (got "${config.defaultTokenType}" from defaultTokenType in the plugin configuration).`,
    { flag: "--token-type", value: config.defaultTokenType, allowed: [...REQUESTS] },
    "Correct defaultTokenType, or give --token-type.",
  );
}

/**
 * The balance for one model.
 *
 * @param premium whether the model runs at an outside vendor, which is paid with Spark only
 */
export function chooseToken(request: TokenRequest, model: string, premium: boolean): TokenChoice {
  if (premium) {
    const choice = { tokenType: "spark", tokenFallback: false, hashed: "spark" } as const;
    if (request !== "sogni") return choice;
    return { ...choice, note: `${model} is paid with Premium Spark only; using spark.` };
  }
  if (request === "auto") return { tokenType: "spark", tokenFallback: true, hashed: "auto" };
  return { tokenType: request, tokenFallback: false, hashed: request };
}
