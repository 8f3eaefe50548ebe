/** The OpenClaw plugin configuration: defaults that hold when the matching flag is absent. */

/** The eight workflows that the configuration may name. */
export type ConfigWorkflow =
  | "t2v"
  | "i2v"
  | "s2v"
  | "ia2v"
  | "a2v"
  | "v2v"
  | "animate-move"
  | "animate-replace";

/** Parsed configuration; every property is optional and already of the right type. */
export interface PluginConfig {
  defaultImageModel?: string;
  defaultEditModel?: string;
  defaultPhotoboothModel?: string;
  defaultMusicModel?: string;
  videoModels?: Partial<Record<ConfigWorkflow, string>>;
  defaultVideoWorkflow?: ConfigWorkflow;
  defaultNetwork?: "fast" | "relaxed";
  defaultTokenType?: string;
  seedStrategy?: string;
  modelDefaults?: Record<string, { steps?: number; guidance?: number }>;
  defaultWidth?: number;
  defaultHeight?: number;
  defaultCount?: number;
  defaultFps?: number;
  defaultDurationSec?: number;
  defaultImageTimeoutSec?: number;
  defaultVideoTimeoutSec?: number;
  defaultMusicDurationSec?: number;
  defaultMusicTimeoutSec?: number;
  apiBaseUrl?: string;
  defaultLlmModel?: string;
  defaultTaskProfile?: string;
  defaultApiMaxTokens?: number;
  defaultApiThinking?: boolean;
  defaultApiToolMode?: string;
  defaultWorkflowMaxCost?: number;
  defaultWorkflowConfirmCost?: boolean;
  credentialsPath?: string;
  lastRenderPath?: string;
  mediaInboundDir?: string;
}
