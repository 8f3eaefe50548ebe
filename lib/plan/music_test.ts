import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../tests/support/plan_input.ts";
import type { PluginConfig } from "../catalog/plugin_config.ts";
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import { planGeneration } from "./plan.ts";
import type { Plan } from "./types.ts";

function plan(options: Options = {}, config: PluginConfig = {}): Plan {
  return planGeneration(planInput({ music: true, ...options }, { config }));
}

Deno.test("music with defaults", () => {
  const made = plan({ seed: 5 });
  assertEquals(made.projects, [{
    params: {
      type: "audio",
      modelId: "ace_step_1.5_xl_turbo",
      positivePrompt: "a lighthouse",
      numberOfMedia: 1,
      duration: 30,
      steps: 8,
      tokenType: "spark",
      network: "fast",
      disableNSFWFilter: false,
      outputFormat: "mp3",
      shift: 3,
      sampler: "euler",
      scheduler: "simple",
      seed: 5,
    },
    media: [],
  }]);
  assertEquals(made.extension, "mp3");
  assertEquals(made.timeoutSeconds, 600);
  assertEquals(made.summary, {
    type: "music",
    prompt: "a lighthouse",
    model: "ace_step_1.5_xl_turbo",
    width: null,
    height: null,
    seed: 5,
    seedStrategy: null,
    tokenType: "spark",
    outputFormat: "mp3",
    sampler: "euler",
    scheduler: "simple",
    duration: 30,
    bpm: null,
    keyscale: null,
    timesignature: null,
    language: null,
    composerMode: null,
    shift: 3,
  });
});

const PARAMS: readonly [Options, PluginConfig, Record<string, unknown>][] = [
  [{ musicModel: "sft" }, {}, { modelId: "ace_step_1.5_xl_sft", steps: 50, guidance: 5 }],
  [{ musicModel: "sft" }, {}, { sampler: "er_sde", scheduler: "linear_quadratic" }],
  [{ model: "ace-step-1.5-turbo" }, {}, { modelId: "ace_step_1.5_turbo" }],
  [{ model: "turbo", musicModel: "lyrics" }, {}, { modelId: "ace_step_1.5_xl_sft" }],
  [{}, { defaultMusicModel: "sft" }, { modelId: "ace_step_1.5_xl_sft" }],
  [{ musicModel: "turbo" }, { defaultMusicModel: "sft" }, { modelId: "ace_step_1.5_xl_turbo" }],
  [{ duration: 10 }, {}, { duration: 10 }],
  [{ duration: 600 }, {}, { duration: 600 }],
  [{}, { defaultMusicDurationSec: 45 }, { duration: 45 }],
  [{}, { defaultDurationSec: 45 }, { duration: 30 }],
  [{ bpm: 30 }, {}, { bpm: 30 }],
  [{ timesig: "6" }, {}, { timesignature: "6" }],
  [{ lyrics: "la la", language: "de" }, {}, { lyrics: "la la", language: "de" }],
  [{ keyscale: "C major" }, {}, { keyscale: "C major" }],
  [{ composerMode: false }, {}, { composerMode: false }],
  [{ promptStrength: 0, creativity: 2 }, {}, { promptStrength: 0, creativity: 2 }],
  [{ musicShift: 6 }, {}, { shift: 6 }],
  [{ steps: 4 }, {}, { steps: 4 }],
  [{ guidance: 99 }, {}, { guidance: 99 }],
  [{ musicModel: "sft", guidance: 15, steps: 100 }, {}, { guidance: 15, steps: 100 }],
  [{ sampler: "euler_ancestral" }, {}, { sampler: "euler_ancestral" }],
  [{ outputFormat: "flac" }, {}, { outputFormat: "flac" }],
  [{ output: "x.wav" }, {}, { outputFormat: "wav" }],
  [{ count: 3 }, {}, { numberOfMedia: 3 }],
  [{ noFilter: true }, {}, { disableNSFWFilter: true }],
  [{ tokenType: "sogni" }, {}, { tokenType: "sogni" }],
  [{}, { modelDefaults: { "ace_step_1.5_xl_turbo": { steps: 12 } } }, { steps: 12 }],
  [
    { steps: 6 },
    { modelDefaults: { "ace_step_1.5_xl_turbo": { steps: 12, guidance: 2 } } },
    { steps: 6, guidance: 2 },
  ],
];
for (const [options, config, expected] of PARAMS) {
  Deno.test(`music ${JSON.stringify(options)} ${JSON.stringify(config)}`, () => {
    const params: Record<string, unknown> = { ...plan(options, config).projects[0]?.params };
    for (const [key, value] of Object.entries(expected)) assertEquals(params[key], value, key);
  });
}

const TURBO = "ace_step_1.5_xl_turbo";
const REFUSED: readonly [Options, Record<string, unknown>][] = [
  [{ duration: 9 }, { flag: "--duration", value: 9, model: TURBO, min: 10, max: 600 }],
  [{ duration: 601 }, { flag: "--duration", min: 10, max: 600 }],
  [{ bpm: 29 }, { flag: "--bpm", value: 29, min: 30, max: 300 }],
  [{ bpm: 301 }, { flag: "--bpm" }],
  [{ promptStrength: 11 }, { flag: "--prompt-strength", min: 0, max: 10 }],
  [{ creativity: 2.1 }, { flag: "--creativity", min: 0, max: 2 }],
  [{ musicShift: 0.5 }, { flag: "--music-shift", min: 1, max: 6 }],
  [{ steps: 3 }, { flag: "--steps", model: TURBO, min: 4, max: 16 }],
  [{ steps: 17 }, { flag: "--steps", min: 4, max: 16 }],
  [{ musicModel: "sft", steps: 9 }, { min: 10, max: 100 }],
  [{ musicModel: "sft", guidance: 16 }, { flag: "--guidance", min: 1, max: 15 }],
  [{ sampler: "er_sde" }, { flag: "--sampler", allowed: ["euler", "euler_ancestral"] }],
  [{ scheduler: "linear_quadratic" }, { flag: "--scheduler", allowed: ["simple"] }],
  [{ musicModel: "slow" }, { flag: "--music-model", value: "slow" }],
  [{ model: "z_image_turbo_bf16" }, { flag: "--model", value: "z_image_turbo_bf16" }],
  [{ outputFormat: "png" }, { outputFormat: "png" }],
  [{ loras: ["x"] }, { loras: ["x"] }],
];
for (const [options, details] of REFUSED) {
  Deno.test(`music ${JSON.stringify(options)} is refused`, () => {
    const error = assertThrows(() => plan(options), AppError);
    assertEquals(error.code, "INVALID_ARGUMENT");
    for (const [key, value] of Object.entries(details)) assertEquals(error.details?.[key], value);
    assertEquals(typeof error.hint, "string");
  });
}

Deno.test("time limits of music: flag, configuration, built-in", () => {
  assertEquals(plan({ timeout: 9 }, { defaultMusicTimeoutSec: 90 }).timeoutSeconds, 9);
  assertEquals(plan({}, { defaultMusicTimeoutSec: 90 }).timeoutSeconds, 90);
});

Deno.test("braces in a music prompt are sent as typed", () => {
  const made = planGeneration(planInput({ music: true, count: 2 }, { prompt: "{a|b}" }));
  assertEquals(made.projects.length, 1);
  assertEquals(made.projects[0]?.params.positivePrompt, "{a|b}");
});
