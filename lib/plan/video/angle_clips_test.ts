import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../../tests/support/plan_input.ts";
import { AppError } from "../../errors/app_error.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { planGeneration } from "../plan.ts";
import type { AngleClips } from "./angle_clips.ts";
import { angleClipModel, planAngleClips } from "./angle_clips.ts";

const AZIMUTHS = [
  "front",
  "front-right",
  "right",
  "back-right",
  "back",
  "back-left",
  "left",
  "front-left",
];
const WAN = "wan_v2.2-14b-fp8_i2v_lightx2v";

function clips(
  options: Options = {},
  config: PluginConfig = {},
  prompt = "a mug",
  side = 512,
): AngleClips {
  const input = planInput(
    { context: ["mug.png"], angles360: true, angles360Video: true, seed: 9, ...options },
    { prompt, config },
  );
  const frames = AZIMUTHS.map((azimuth) => ({
    azimuth,
    path: `${azimuth}.jpg`,
    width: side,
    height: side,
  }));
  return planAngleClips(input, planGeneration(input), frames);
}

Deno.test("eight clips lead around and back to the first picture", () => {
  const { projects, model, timeoutSeconds } = clips();
  assertEquals([model, projects.length, timeoutSeconds], [WAN, 8, 300]);
  assertEquals(
    projects.map(({ media }) => media.map(({ source }) => source)),
    AZIMUTHS.map((azimuth, index) => [
      `${azimuth}.jpg`,
      `${AZIMUTHS[(index + 1) % 8]}.jpg`,
    ]),
  );
  assertEquals(projects[7]?.label, "front-left to front");
  assertEquals(projects[0]?.params, {
    type: "video",
    modelId: WAN,
    positivePrompt: "a mug",
    negativePrompt: "",
    stylePrompt: "",
    numberOfMedia: 1,
    fps: 16,
    width: 512,
    height: 512,
    duration: 1,
    tokenType: "spark",
    network: "fast",
    disableNSFWFilter: false,
    steps: 4,
    guidance: 1,
    sampler: "euler",
    scheduler: "simple",
    shift: 8,
    seed: 9,
  });
});

Deno.test("length, rate, model and prompt of the clips", () => {
  const rows: [string, Options, PluginConfig, Record<string, unknown>][] = [
    ["duration", { duration: 30 }, {}, { duration: 4 }],
    ["configured duration", {}, { defaultDurationSec: 16 }, { duration: 2 }],
    ["long", { duration: 200 }, {}, { duration: 10 }],
    ["frames", { frames: 320 }, {}, { frames: 40 }],
    ["few frames", { frames: 80 }, {}, { frames: 17 }],
    ["fps", { fps: 32 }, {}, { fps: 32 }],
    ["fps is not configured", {}, { defaultFps: 32 }, { fps: 16 }],
    ["steps belong to the pictures", { steps: 9, guidance: 3, timeout: 5 }, {}, {
      steps: 4,
      guidance: 1,
    }],
    ["description", { angleDescription: "a blue mug" }, {}, { positivePrompt: "a blue mug" }],
    ["model", { videoModel: "ltx23-i2v" }, {}, {
      modelId: "ltx23-22b-fp8_i2v_distilled",
      width: 640,
      height: 640,
      loras: ["transition"],
    }],
    ["selector", { videoModel: "wan22" }, {}, { modelId: WAN }],
    ["configured model", {}, { videoModels: { i2v: "ltx23" } }, {
      modelId: "ltx23-22b-fp8_i2v_distilled",
    }],
  ];
  for (const [name, options, config, expected] of rows) {
    const params: Record<string, unknown> = { ...clips(options, config).projects[0]?.params };
    for (const [key, value] of Object.entries(expected)) {
      assertEquals(params[key], value, `${name}: ${key}`);
    }
  }
  assertEquals(clips({}, {}, "").projects[0]?.params.positivePrompt, "smooth camera rotation");
});

Deno.test("notes of eight clips are said once", () => {
  assertEquals(clips({ duration: 200 }).notes.length, 1);
});

Deno.test("models without an end frame are refused before anything is rendered", () => {
  for (const videoModel of ["happyhorse", "seedance2", "ltx23-t2v"]) {
    const error = assertThrows(() => angleClipModel({ videoModel }, {}), AppError);
    assertEquals(error.code, "INVALID_ARGUMENT", videoModel);
  }
});
