import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../../tests/support/plan_input.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { planGeneration } from "../plan.ts";
import type { Plan } from "../types.ts";

const XL_TURBO = "coreml-sogniXLturbo_alpha1_ad";

function plan(options: Options = {}, config: PluginConfig = {}): Plan {
  return planGeneration(planInput({ photobooth: true, ref: "face.jpg", ...options }, { config }));
}

Deno.test("photobooth has the contract's parameters", () => {
  const made = plan({ seed: 5 });
  assertEquals(made.projects, [{
    params: {
      type: "image",
      modelId: XL_TURBO,
      positivePrompt: "a lighthouse",
      negativePrompt: "",
      stylePrompt: "",
      numberOfMedia: 1,
      width: 1024,
      height: 1024,
      sizePreset: "custom",
      tokenType: "spark",
      network: "fast",
      disableNSFWFilter: false,
      seed: 5,
      steps: 7,
      guidance: 2,
      sampler: "dpmpp_sde",
      scheduler: "karras",
      controlNet: {
        name: "instantid",
        strength: 0.7,
        mode: "balanced",
        guidanceStart: 0,
        guidanceEnd: 0.6,
      },
    },
    media: [{ slot: "controlNetImage", source: "face.jpg", transfer: "bytes" }],
  }]);
  assertEquals([made.branch, made.timeoutSeconds], ["photobooth", 60]);
  assertEquals(made.summary["photobooth"], true);
  assertEquals(made.summary["refImage"], "face.jpg");
  assertEquals(made.summary["controlNet"], { name: "instantid", strength: 0.7, guidanceEnd: 0.6 });
  assertEquals(made.context["refImage"], "face.jpg");
});

const PARAMS: readonly [Options, PluginConfig, Record<string, unknown>][] = [
  [{ steps: 9, guidance: 3 }, {}, { steps: 9, guidance: 3 }],
  [{ sampler: "euler", scheduler: "simple" }, {}, { sampler: "euler", scheduler: "simple" }],
  [{ width: 768 }, {}, { width: 768, height: 1024 }],
  [{ height: 768 }, {}, { width: 1024, height: 768 }],
  [{ quality: "fast" }, {}, { modelId: XL_TURBO, steps: 7, width: 1024 }],
  [{ quality: "hq" }, {}, { modelId: XL_TURBO, steps: 7, width: 1024 }],
  [{ quality: "pro" }, {}, { modelId: XL_TURBO, steps: 7, width: 1024 }],
  [{}, { defaultPhotoboothModel: "other-xl" }, { modelId: "other-xl", steps: 7, guidance: 2 }],
  [{ model: "mine" }, { defaultPhotoboothModel: "other-xl" }, { modelId: "mine" }],
  [{}, { modelDefaults: { [XL_TURBO]: { steps: 5, guidance: 1 } } }, { steps: 5, guidance: 1 }],
  [{ negativePrompt: "hat" }, {}, { negativePrompt: "hat" }],
  [{ count: 4 }, {}, { numberOfMedia: 4 }],
];
for (const [options, config, expected] of PARAMS) {
  Deno.test(`photobooth ${JSON.stringify(options)} ${JSON.stringify(config)}`, () => {
    const params: Record<string, unknown> = { ...plan(options, config).projects[0]?.params };
    for (const [key, value] of Object.entries(expected)) assertEquals(params[key], value, key);
  });
}

Deno.test("strength and guidance end are taken from their flags", () => {
  const controlNet = plan({ cnStrength: 1, cnGuidanceEnd: 0 }).projects[0]?.params.controlNet;
  assertEquals([controlNet?.["strength"], controlNet?.["guidanceEnd"]], [1, 0]);
});

for (
  const [flag, options] of [
    ["--cn-strength", { cnStrength: 1.1 }],
    ["--cn-strength", { cnStrength: -0.1 }],
    ["--cn-guidance-end", { cnGuidanceEnd: 2 }],
  ] as const
) {
  Deno.test(`${JSON.stringify(options)} is refused`, () => {
    const error = assertThrows(() => plan(options), AppError, flag);
    assertEquals(error.details?.["min"], 0);
    assertEquals(error.details?.["max"], 1);
  });
}
