/** Which balance a hosted call spends. */
import { findModel } from "../../catalog/models.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { chooseToken, requestedToken } from "../../plan/tokens.ts";

/** The balance, and what to say about it. */
export interface HostedToken {
  readonly tokenType: "spark" | "sogni";
  readonly note?: string;
}

/**
 * The balance asked for; `auto` is Spark here, and vendor models take nothing else.
 *
 * @param models ids or selectors of the media models that the command line chose
 */
export function hostedToken(
  options: Options,
  config: PluginConfig,
  models: readonly (string | undefined)[],
): HostedToken {
  const asked = requestedToken(options, config);
  const vendor = models.find((model) => model !== undefined && isVendorModel(model));
  const choice = chooseToken(asked, vendor ?? "", vendor !== undefined);
  return { tokenType: choice.tokenType, ...(choice.note ? { note: choice.note } : {}) };
}

/** True for models that run at an outside vendor. */
export function isVendorModel(selector: string): boolean {
  const found = findModel(selector);
  if (found?.medium === "image") return found.model.premium === true;
  if (found?.medium === "video") return found.model.billing === "premium";
  return /^(?:seedance|happyhorse)/i.test(selector);
}
