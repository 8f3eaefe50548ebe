/** The fields of the plugin configuration, as data, and how foreign JSON becomes a `PluginConfig`. */
import type { ConfigWorkflow, PluginConfig } from "../catalog/plugin_config.ts";
import { AppError } from "../errors/app_error.ts";

/** How one field is read: `undefined` means that the value cannot be used. */
interface Field {
  readonly read: (value: unknown) => unknown;
  /** What is expected, for the warning. */
  readonly expected: string;
  /** A wrong value stops every command instead of being ignored. */
  readonly strict?: boolean;
}

const WORKFLOWS: readonly ConfigWorkflow[] = [
  "t2v",
  "i2v",
  "s2v",
  "ia2v",
  "a2v",
  "v2v",
  "animate-move",
  "animate-replace",
];

const TEXT: Field = { read: readText, expected: "text" };
const NUMBER: Field = { read: readNumber, expected: "a number" };
const FLAG: Field = {
  read: (value) => typeof value === "boolean" ? value : undefined,
  expected: "true or false",
};

const FIELDS: Readonly<Record<keyof PluginConfig, Field>> = {
  defaultImageModel: TEXT,
  defaultEditModel: TEXT,
  defaultPhotoboothModel: TEXT,
  defaultMusicModel: TEXT,
  videoModels: { read: readVideoModels, expected: "an object of workflow and model" },
  defaultVideoWorkflow: oneOf(WORKFLOWS),
  defaultNetwork: oneOf(["fast", "relaxed"]),
  defaultTokenType: TEXT,
  seedStrategy: TEXT,
  modelDefaults: { read: readModelDefaults, expected: "an object of model and {steps, guidance}" },
  defaultWidth: NUMBER,
  defaultHeight: NUMBER,
  defaultCount: NUMBER,
  defaultFps: NUMBER,
  defaultDurationSec: NUMBER,
  defaultImageTimeoutSec: NUMBER,
  defaultVideoTimeoutSec: NUMBER,
  defaultMusicDurationSec: NUMBER,
  defaultMusicTimeoutSec: NUMBER,
  apiBaseUrl: TEXT,
  defaultLlmModel: TEXT,
  defaultTaskProfile: TEXT,
  defaultApiMaxTokens: {
    read: (value) => atLeast(value, 1),
    expected: "an integer of at least 1",
    strict: true,
  },
  defaultApiThinking: FLAG,
  defaultApiToolMode: TEXT,
  defaultWorkflowMaxCost: {
    read: (value) => (readNumber(value) ?? -1) >= 0 ? readNumber(value) : undefined,
    expected: "a number of at least 0",
    strict: true,
  },
  defaultWorkflowConfirmCost: FLAG,
  credentialsPath: TEXT,
  lastRenderPath: TEXT,
  mediaInboundDir: TEXT,
};

/** A configuration and a sentence for each value that was ignored. */
export interface CoercedConfig {
  config: PluginConfig;
  problems: string[];
}

/**
 * Takes what can be used. Unknown properties, `null` and empty text are passed over.
 *
 * @throws AppError INVALID_CONFIG for limits of cost and length that cannot be kept
 */
export function coercePluginConfig(value: unknown): CoercedConfig {
  const config: Record<string, unknown> = {};
  const problems: string[] = [];
  if (!isObject(value)) {
    return { config, problems: ["the configuration is no object; its defaults are ignored."] };
  }
  for (const [name, field] of Object.entries(FIELDS)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given === undefined || given === null || given === "") continue;
    const read = field.read(given);
    if (read !== undefined) config[name] = read;
    else if (field.strict) throw invalid(name, given, field.expected);
    else problems.push(`${name} must be ${field.expected} (got ${show(given)}); it is ignored.`);
  }
  return { config, problems };
}

function invalid(field: string, value: unknown, expected: string): AppError {
  return new AppError(
    "INVALID_CONFIG",
    `${field} in the plugin configuration must be ${expected} (got ${show(value)}).`,
    { details: { field, value }, hint: `Correct ${field}, or remove it.` },
  );
}

function oneOf(values: readonly string[]): Field {
  return {
    read(value) {
      const text = readText(value)?.toLowerCase();
      return text !== undefined && values.includes(text) ? text : undefined;
    },
    expected: `one of ${values.join(", ")}`,
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" ? value.trim() : undefined;
}

function readNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function atLeast(value: unknown, min: number): number | undefined {
  const number = readNumber(value);
  return number !== undefined && Number.isInteger(number) && number >= min ? number : undefined;
}

function readVideoModels(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const known = WORKFLOWS.flatMap((workflow) => {
    const model = Object.hasOwn(value, workflow) ? readText(value[workflow]) : undefined;
    return model ? [[workflow, model] as const] : [];
  });
  return Object.fromEntries(known);
}

function readModelDefaults(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([model, given]) => {
    if (!isObject(given)) return [];
    const steps = readNumber(given.steps);
    const guidance = readNumber(given.guidance);
    const defaults = {
      ...(steps === undefined ? {} : { steps }),
      ...(guidance === undefined ? {} : { guidance }),
    };
    return [[model, defaults] as const];
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 60);
}
