import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../../tests/support/plan_input.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { planGeneration } from "../plan.ts";
import { hashSeed, seedHashText } from "../seed.ts";
import type { Plan, PlanInput } from "../types.ts";

const Z_IMAGE = "z_image_turbo_bf16";

function plan(options: Options = {}, facts: Partial<PlanInput> = {}): Plan {
  return planGeneration(planInput(options, facts));
}

Deno.test("a plain prompt becomes one project with the contract's parameters", () => {
  const made = plan({ seed: 5 });
  assertEquals(made.projects, [{
    params: {
      type: "image",
      modelId: Z_IMAGE,
      positivePrompt: "a lighthouse",
      negativePrompt: "",
      stylePrompt: "",
      numberOfMedia: 1,
      width: 512,
      height: 512,
      sizePreset: "custom",
      guidance: 1,
      tokenType: "spark",
      network: "fast",
      disableNSFWFilter: false,
      seed: 5,
    },
    media: [],
  }]);
  assertEquals(
    [made.medium, made.branch, made.extension, made.timeoutSeconds, made.needsFfmpeg],
    ["image", "text-to-image", "png", 30, false],
  );
});

Deno.test("summary and context of a plain image", () => {
  const made = plan({ seed: 5 });
  assertEquals(made.summary, {
    type: "image",
    prompt: "a lighthouse",
    model: Z_IMAGE,
    width: 512,
    height: 512,
    seed: 5,
    seedStrategy: null,
    tokenType: "spark",
  });
  assertEquals(made.context, {
    video: false,
    workflow: null,
    model: Z_IMAGE,
    width: 512,
    height: 512,
    strictSize: null,
    count: 1,
    tokenType: "spark",
    fps: null,
    duration: null,
    frames: null,
    autoResizeVideoAssets: null,
    refImage: null,
    refImageEnd: null,
    refAudio: null,
    referenceAudioIdentity: null,
    refVideo: null,
    effectiveWidth: null,
    effectiveHeight: null,
    adjustedVideoDims: null,
  });
});

Deno.test("the prompt-hash seed of a plain prompt comes from the contract's text", () => {
  const text = seedHashText({
    prompt: "a lighthouse",
    model: Z_IMAGE,
    workflow: "image",
    width: 512,
    height: 512,
    azimuth: "front",
    elevation: "eye-level",
    distance: "medium",
    tokenType: "spark",
  });
  const made = plan();
  assertEquals(made.seed, hashSeed(text, planInput().sha256));
  assertEquals(made.seedStrategy, "prompt-hash");
  assertEquals(made.projects[0]?.params.seed, made.seed);
  assertEquals(made.notes, [{ level: "note", text: `Using prompt-hash seed: ${made.seed}` }]);
});

const PARAMS: readonly [Options, PluginConfig, Record<string, unknown>][] = [
  [{ model: "flux1-schnell-fp8" }, {}, { modelId: "flux1-schnell-fp8", guidance: 1 }],
  [{ model: "never-heard" }, {}, { modelId: "never-heard" }],
  [{ model: "fast" }, {}, { modelId: "fast" }],
  [{}, { defaultImageModel: "flux2_dev_fp8" }, { modelId: "flux2_dev_fp8" }],
  [{ quality: "fast" }, {}, { modelId: Z_IMAGE, steps: 8, width: 512 }],
  [{ quality: "hq" }, {}, { modelId: Z_IMAGE, steps: undefined, width: 768, height: 768 }],
  [{ quality: "pro" }, {}, { modelId: "flux2_dev_fp8", steps: 40, width: 1024 }],
  [{ quality: "pro" }, { defaultImageModel: "x" }, { modelId: "flux2_dev_fp8" }],
  [{ quality: "pro", model: Z_IMAGE }, {}, { modelId: Z_IMAGE, steps: 40, width: 1024 }],
  [{ quality: "pro", steps: 12, width: 640, height: 480 }, {}, {
    steps: 12,
    width: 640,
    height: 480,
  }],
  [{ quality: "fast" }, { modelDefaults: { [Z_IMAGE]: { steps: 3 } } }, { steps: 8 }],
  [{ quality: "hq" }, { modelDefaults: { [Z_IMAGE]: { steps: 3 } } }, { steps: 3 }],
  [{}, { modelDefaults: { [Z_IMAGE]: { steps: 3, guidance: 2 } } }, { steps: 3, guidance: 2 }],
  [{ steps: 9, guidance: 0 }, { modelDefaults: { [Z_IMAGE]: { steps: 3 } } }, {
    steps: 9,
    guidance: 0,
  }],
  [{ guidance: -1.5 }, {}, { guidance: -1.5 }],
  [{ model: "qwen_image_2512_fp8" }, {}, { steps: 20 }],
  [{ sampler: "euler", scheduler: "karras" }, {}, { sampler: "euler", scheduler: "karras" }],
  [{ negativePrompt: "fog" }, {}, { negativePrompt: "fog" }],
  [{ noFilter: true }, {}, { disableNSFWFilter: true }],
  [{ tokenType: "sogni" }, {}, { tokenType: "sogni" }],
  [{ tokenType: "auto" }, {}, { tokenType: "spark" }],
  [{ outputFormat: "jpg" }, {}, { outputFormat: "jpg" }],
  [{ output: "x.jpeg" }, {}, { outputFormat: "jpg" }],
  [{ output: "x" }, {}, { outputFormat: undefined }],
  [{ count: 4 }, {}, { numberOfMedia: 4 }],
  [{}, { defaultCount: 2 }, { numberOfMedia: 2 }],
  [{}, { defaultNetwork: "relaxed" }, { network: "relaxed" }],
  [{ loras: ["a", "b"] }, {}, { loras: ["a", "b"], loraStrengths: undefined }],
  [{ loras: ["a"], loraStrengths: [0.4] }, {}, { loras: ["a"], loraStrengths: [0.4] }],
  [{ model: "gptimage2" }, {}, { modelId: "gpt-image-2", gptImageQuality: "medium" }],
  [{ model: "gpt-image", quality: "fast" }, {}, { gptImageQuality: "low", width: 1024 }],
  [{ model: "gpt-image-2", quality: "hq" }, {}, { gptImageQuality: "medium", width: 1024 }],
  [{ model: "gpt-image-2", quality: "pro" }, {}, { gptImageQuality: "high" }],
  [{ model: "gpt_image_2" }, {}, { modelId: "gpt_image_2", gptImageQuality: "medium" }],
  [{ model: "gpt-image-2", outputFormat: "webp" }, {}, { outputFormat: "webp" }],
  [{ model: "gpt-image-2", output: "x.webp" }, {}, { outputFormat: "webp" }],
  [{ model: "gpt-image-2", tokenType: "sogni" }, {}, { tokenType: "spark" }],
  [{}, {}, { gptImageQuality: undefined, sampler: undefined, steps: undefined }],
];
for (const [options, config, expected] of PARAMS) {
  Deno.test(`image ${JSON.stringify(options)} ${JSON.stringify(config)}`, () => {
    const params: Record<string, unknown> = { ...plan(options, { config }).projects[0]?.params };
    for (const [key, value] of Object.entries(expected)) assertEquals(params[key], value, key);
  });
}

const TIMEOUTS: readonly [Options, PluginConfig, number][] = [
  [{}, {}, 30],
  [{ timeout: 5 }, { defaultImageTimeoutSec: 90 }, 5],
  [{}, { defaultImageTimeoutSec: 90 }, 90],
  [{ quality: "fast" }, {}, 30],
  [{ quality: "hq" }, {}, 60],
  [{ quality: "pro" }, {}, 300],
  [{ quality: "pro" }, { defaultImageTimeoutSec: 20 }, 300],
  [{ quality: "pro" }, { defaultImageTimeoutSec: 900 }, 900],
  [{ quality: "pro", timeout: 20 }, {}, 20],
  [{ model: "flux2_dev_fp8" }, {}, 300],
  [{ model: "flux2_dev_fp8" }, { defaultImageTimeoutSec: 45 }, 45],
];
for (const [options, config, seconds] of TIMEOUTS) {
  Deno.test(`time limit ${JSON.stringify(options)} ${JSON.stringify(config)}`, () => {
    assertEquals(plan(options, { config }).timeoutSeconds, seconds);
  });
}

const REFUSED: readonly [Options, Record<string, unknown>, string][] = [
  [{ outputFormat: "webp" }, { flag: "--output-format", outputFormat: "webp" }, "gpt-image-2"],
  [{ output: "x.webp" }, { flag: "--output", value: "x.webp" }, "gpt-image-2"],
  [{ output: "x.mp4" }, { flag: "--output" }, ".png"],
  [{ width: 100 }, { flag: "--width", value: 100, min: 256, max: 2560 }, "--width 256"],
  [{ model: "seedance2" }, { flag: "--model", value: "seedance2" }, "--video"],
  [{ model: "ace_step_1.5_sft" }, { flag: "--model" }, "--music"],
  [{ loraStrengths: [1] }, { loras: [], loraStrengths: [1] }, "--lora"],
];
for (const [options, details, hint] of REFUSED) {
  Deno.test(`image ${JSON.stringify(options)} is refused`, () => {
    const error = assertThrows(() => plan(options), AppError);
    assertEquals(error.code, "INVALID_ARGUMENT");
    for (const [key, value] of Object.entries(details)) assertEquals(error.details?.[key], value);
    assertEquals(error.hint?.includes(hint), true, error.hint);
  });
}

for (const prompt of [undefined, "", " \n\t "]) {
  Deno.test(`prompt ${JSON.stringify(prompt)} is refused, but can be priced`, () => {
    const without = { ...planInput({ estimate: true }) };
    const { prompt: _, ...rest } = without;
    const input: PlanInput = { ...rest, prompt };
    const error = assertThrows(() => planGeneration({ ...input, options: {} }), AppError);
    assertEquals([error.code, error.message.startsWith("No prompt")], ["INVALID_ARGUMENT", true]);
    assertEquals(planGeneration(input).projects.length, 1);
  });
}

Deno.test("the prompt is sent as typed", () => {
  assertEquals(
    plan({}, { prompt: "  two  cats " }).projects[0]?.params.positivePrompt,
    "  two  cats ",
  );
});

Deno.test("variations are one project each, in order, with one seed", () => {
  const made = plan({ count: 3 }, { prompt: "a {red|blue|green} bicycle" });
  assertEquals(made.projects.map(({ params }) => params.positivePrompt), [
    "a red bicycle",
    "a blue bicycle",
    "a green bicycle",
  ]);
  assertEquals(made.projects.map(({ label }) => label), [
    "a red bicycle",
    "a blue bicycle",
    "a green bicycle",
  ]);
  assertEquals(new Set(made.projects.map(({ params }) => params.seed)).size, 1);
  assertEquals(made.projects.every(({ params }) => params.numberOfMedia === 1), true);
  assertEquals([made.order, made.count, made.prompt], [
    "together",
    3,
    "a {red|blue|green} bicycle",
  ]);
});

Deno.test("a single image keeps its braces", () => {
  const made = plan({}, { prompt: "a {red|blue} bicycle" });
  assertEquals(made.projects.map(({ params }) => params.positivePrompt), ["a {red|blue} bicycle"]);
});

Deno.test("wording that asks for several pictures is left alone", () => {
  const prompt = "four different poses in a grid, 16:9";
  assertEquals(plan({ count: 4 }, { prompt }).projects[0]?.params.positivePrompt, prompt);
});

Deno.test("the automatic balance may fall back, a vendor model may not", () => {
  assertEquals(plan({ tokenType: "auto" }).tokenFallback, true);
  assertEquals(plan({ tokenType: "auto", model: "gpt-image-2" }).tokenFallback, false);
  const vendor = plan({ tokenType: "sogni", model: "gpt-image-2", seed: 1 });
  assertEquals([vendor.tokenType, vendor.notes.length], ["spark", 1]);
});

Deno.test("where the result is saved does not change the seed", () => {
  assertEquals(plan({ output: "x.png" }).seed, plan().seed);
  assertEquals(plan({ output: "x.jpg" }).extension, "jpg");
});
