/** The configuration that OpenClaw users may give, as JSON Schema: every key of `PluginConfig`. */
import type { ConfigWorkflow, PluginConfig } from "./plugin_config.ts";

/** A JSON Schema, as far as it is used here. */
export type Schema = { readonly [key: string]: unknown };

const text = (fallback?: string): Schema => ({
  type: "string",
  ...(fallback === undefined ? {} : { default: fallback }),
});

const whole = (
  minimum: number,
  fallback?: number,
  maximum?: number,
): Schema => ({
  type: "integer",
  minimum,
  ...(maximum === undefined ? {} : { maximum }),
  ...(fallback === undefined ? {} : { default: fallback }),
});

/** No `default`, which a host would fill in: what holds without it depends on the model. */
const byModel = (
  minimum: number,
  maximum: number,
  fallback: number,
): Schema => ({
  type: "integer",
  minimum,
  maximum,
  description: `${fallback}, or what the model has of its own.`,
});

const choice = (values: readonly string[], fallback?: string): Schema => ({
  type: "string",
  enum: values,
  ...(fallback === undefined ? {} : { default: fallback }),
});

const closed = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: "object",
  additionalProperties: false,
  properties,
});

const VIDEO_MODELS: Readonly<Record<ConfigWorkflow, Schema>> = {
  t2v: text("ltx23-22b-fp8_t2v_distilled"),
  i2v: text("wan_v2.2-14b-fp8_i2v_lightx2v"),
  s2v: text("wan_v2.2-14b-fp8_s2v_lightx2v"),
  ia2v: text("ltx23-22b-fp8_ia2v_distilled"),
  a2v: text("ltx23-22b-fp8_a2v_distilled"),
  v2v: text("ltx23-22b-fp8_v2v_distilled"),
  "animate-move": text("wan_v2.2-14b-fp8_animate-move_lightx2v"),
  "animate-replace": text("wan_v2.2-14b-fp8_animate-replace_lightx2v"),
};

const PROPERTIES: Readonly<Record<keyof PluginConfig, Schema>> = {
  defaultImageModel: text("z_image_turbo_bf16"),
  defaultEditModel: text("qwen_image_edit_2511_fp8_lightning"),
  defaultPhotoboothModel: text("coreml-sogniXLturbo_alpha1_ad"),
  defaultMusicModel: text("ace_step_1.5_xl_turbo"),
  videoModels: closed(VIDEO_MODELS),
  defaultVideoWorkflow: choice(Object.keys(VIDEO_MODELS), "t2v"),
  defaultNetwork: choice(["fast", "relaxed"], "fast"),
  defaultTokenType: choice(["spark", "sogni"], "spark"),
  apiBaseUrl: text("https://api.sogni.ai"),
  defaultLlmModel: text("qwen3.6-35b-a3b-gguf-iq4xs"),
  defaultTaskProfile: choice(["general", "coding", "reasoning"]),
  defaultApiMaxTokens: whole(1),
  defaultApiThinking: { type: "boolean" },
  defaultApiToolMode: choice(
    ["creative-agent", "creative-tools", "none"],
    "creative-agent",
  ),
  defaultWorkflowMaxCost: { type: "number", minimum: 0 },
  defaultWorkflowConfirmCost: { type: "boolean" },
  seedStrategy: choice(["random", "prompt-hash"], "prompt-hash"),
  modelDefaults: {
    type: "object",
    additionalProperties: closed({
      steps: whole(1),
      guidance: { type: "number", minimum: 0 },
    }),
  },
  defaultWidth: byModel(64, 4096, 512),
  defaultHeight: byModel(64, 4096, 512),
  defaultCount: whole(1, 1, 16),
  defaultFps: byModel(1, 60, 16),
  defaultDurationSec: whole(1, 5, 60),
  defaultImageTimeoutSec: whole(5, 30),
  defaultVideoTimeoutSec: whole(30, 300),
  defaultMusicDurationSec: whole(10, 30, 600),
  defaultMusicTimeoutSec: whole(30, 600),
  credentialsPath: text("~/.config/sogni/credentials"),
  lastRenderPath: text("~/.config/sogni/last-render.json"),
  mediaInboundDir: text("~/.openclaw/media/inbound"),
};

/** The whole schema; defaults are documentation. */
export const CONFIG_SCHEMA: Schema = closed(PROPERTIES);

/** The keys with their kinds, for the guide. */
export const CONFIG_ROWS: readonly (readonly [key: string, kind: string, fallback: string])[] =
  Object
    .entries(PROPERTIES).map((
      [key, schema],
    ) => [key, kindOf(schema), fallbackOf(schema)]);

function kindOf({ type, enum: values, minimum, maximum }: Schema): string {
  if (Array.isArray(values)) return values.join(", ");
  if (typeof minimum !== "number") return String(type);
  return `${type}, ${minimum}${typeof maximum === "number" ? ` to ${maximum}` : " or more"}`;
}

function fallbackOf({ default: fallback, description }: Schema): string {
  return String(fallback ?? description ?? "");
}
