import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../../tests/support/plan_input.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { planGeneration } from "../plan.ts";
import type { Plan, PlanInput } from "../types.ts";

const LIGHTNING = "qwen_image_edit_2511_fp8_lightning";
const FULL = "qwen_image_edit_2511_fp8";

function plan(options: Options = {}, facts: Partial<PlanInput> = {}): Plan {
  return planGeneration(planInput({ context: ["a.png"], ...options }, facts));
}

Deno.test("an edit has the contract's parameters and its images in order", () => {
  const made = plan({ seed: 5, context: ["a.png", "https://example.com/b.png"] });
  assertEquals(made.projects, [{
    params: {
      type: "image",
      modelId: LIGHTNING,
      positivePrompt: "a lighthouse",
      numberOfMedia: 1,
      width: 512,
      height: 512,
      sizePreset: "custom",
      tokenType: "spark",
      network: "fast",
      disableNSFWFilter: false,
      seed: 5,
      steps: 4,
      guidance: 3.5,
    },
    media: [
      { slot: "contextImages", source: "a.png", transfer: "bytes" },
      { slot: "contextImages", source: "https://example.com/b.png", transfer: "bytes" },
    ],
  }]);
  assertEquals([made.branch, made.timeoutSeconds], ["edit", 60]);
  assertEquals(made.summary["contextImages"], ["a.png", "https://example.com/b.png"]);
});

const PARAMS: readonly [Options, PluginConfig, Record<string, unknown>][] = [
  [{ model: FULL }, {}, { modelId: FULL, steps: 20, guidance: 7.5 }],
  [{}, { defaultEditModel: FULL }, { modelId: FULL, steps: 20, guidance: 7.5 }],
  [{}, { defaultImageModel: "flux2_dev_fp8" }, { modelId: LIGHTNING }],
  [{ steps: 6, guidance: 1 }, {}, { steps: 6, guidance: 1 }],
  [{}, { modelDefaults: { [LIGHTNING]: { steps: 8, guidance: 2 } } }, { steps: 8, guidance: 2 }],
  [{ quality: "fast" }, {}, { modelId: LIGHTNING, steps: 4, width: 512 }],
  [{ quality: "hq" }, {}, { modelId: LIGHTNING, steps: 4, width: 768 }],
  [{ quality: "pro" }, {}, { modelId: LIGHTNING, steps: 4, guidance: 3.5, width: 1024 }],
  [{ quality: "pro" }, { defaultEditModel: FULL }, { modelId: FULL, steps: 20, width: 1024 }],
  [{ quality: "pro", model: FULL }, {}, { modelId: FULL, steps: 40 }],
  [{ model: "flux2_dev_fp8" }, {}, { modelId: "flux2_dev_fp8", steps: 20, guidance: 7.5 }],
  [{ model: "krea2_identity_edit_v1_2" }, {}, {
    steps: 10,
    guidance: 1,
    sampler: "euler",
    scheduler: "simple",
    width: 1024,
  }],
  [{ model: "krea2_identity_edit_v1_2", sampler: "other" }, {}, { sampler: "other" }],
  [{ model: "gpt-image", quality: "pro" }, {}, { gptImageQuality: "high", width: 1024 }],
  [{}, {}, { negativePrompt: undefined, stylePrompt: undefined, sampler: undefined }],
  [{ count: 2 }, {}, { numberOfMedia: 2 }],
  [{ output: "x.jpg" }, {}, { outputFormat: "jpg" }],
];
for (const [options, config, expected] of PARAMS) {
  Deno.test(`edit ${JSON.stringify(options)} ${JSON.stringify(config)}`, () => {
    const params: Record<string, unknown> = { ...plan(options, { config }).projects[0]?.params };
    for (const [key, value] of Object.entries(expected)) assertEquals(params[key], value, key);
  });
}

const TIMEOUTS: readonly [Options, PluginConfig, number][] = [
  [{}, {}, 60],
  [{}, { defaultImageTimeoutSec: 45 }, 45],
  [{ quality: "hq" }, {}, 60],
  [{ quality: "pro" }, {}, 300],
  [{ quality: "pro", timeout: 10 }, {}, 10],
  [{ model: FULL }, {}, 180],
];
for (const [options, config, seconds] of TIMEOUTS) {
  Deno.test(`time limit of an edit ${JSON.stringify(options)} ${JSON.stringify(config)}`, () => {
    assertEquals(plan(options, { config }).timeoutSeconds, seconds);
  });
}

const images = (count: number) => Array.from({ length: count }, (_, index) => `${index}.png`);
const TOO_MANY: readonly [string | undefined, number, number][] = [
  [undefined, 4, 3],
  ["z_image_turbo_bf16", 1, 0],
  ["qwen_image_2512_fp8", 1, 0],
  ["flux2_dev_fp8", 7, 6],
  ["flux2_dev_fp8", 4, 3],
  ["krea2_identity_edit_v1_2", 3, 2],
  ["gpt-image-2", 17, 16],
  ["never-heard", 1, 0],
];
for (const [model, provided, maxImages] of TOO_MANY) {
  Deno.test(`${provided} context images are too many for ${model ?? "the default"}`, () => {
    const options = { context: images(provided), ...model === undefined ? {} : { model } };
    const error = assertThrows(() => plan(options), AppError);
    assertEquals(error.code, "INVALID_ARGUMENT");
    assertEquals(error.details, { model: model ?? LIGHTNING, maxImages, provided });
    assertEquals(error.hint?.includes(LIGHTNING), true);
  });
}

Deno.test("as many context images as the model takes pass", () => {
  assertEquals(plan({ context: images(3) }).projects[0]?.media.length, 3);
  assertEquals(plan({ context: images(16), model: "gpt-image-2" }).projects[0]?.media.length, 16);
});

Deno.test("braces are sent unchanged and make no projects of their own", () => {
  const made = plan({ count: 2 }, { prompt: "{a|b}" });
  assertEquals(made.projects.map(({ params }) => params.positivePrompt), ["{a|b}"]);
});

Deno.test("a negative prompt is said to be unused", () => {
  assertEquals(plan({ negativePrompt: "fog", seed: 1 }).notes[0]?.level, "warning");
});

Deno.test("a preset keeps the edit model when a persona brings the picture", () => {
  const made = planGeneration(planInput({ persona: ["Mara"], quality: "pro" }, {
    personas: [{ name: "Mara", relationship: "self", photoPath: "mara.jpg" }],
  }));
  assertEquals([made.model, made.branch, made.timeoutSeconds], [LIGHTNING, "edit", 300]);
});

Deno.test("another context image gives another seed", () => {
  assertEquals(plan().seed === plan({ context: ["b.png"] }).seed, false);
});
