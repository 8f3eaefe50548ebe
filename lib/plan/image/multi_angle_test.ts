import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../../tests/support/plan_input.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { planGeneration } from "../plan.ts";
import type { Plan, PlanInput } from "../types.ts";

const LIGHTNING = "qwen_image_edit_2511_fp8_lightning";
const FULL = "qwen_image_edit_2511_fp8";

function plan(options: Options = {}, facts: Partial<PlanInput> = {}): Plan {
  const angle = options.angles360 ? {} : { multiAngle: true };
  return planGeneration(planInput({ ...angle, context: ["mug.png"], ...options }, facts));
}

Deno.test("another angle has the contract's parameters", () => {
  const made = plan({ seed: 5, azimuth: "front-right" }, { prompt: undefined });
  assertEquals(made.projects, [{
    params: {
      type: "image",
      modelId: LIGHTNING,
      positivePrompt: "<sks> front-right quarter view eye-level shot medium shot",
      numberOfMedia: 1,
      width: 512,
      height: 512,
      sizePreset: "custom",
      tokenType: "spark",
      network: "fast",
      disableNSFWFilter: false,
      seed: 5,
      loras: ["multiple_angles"],
      loraStrengths: [0.9],
      steps: 4,
      guidance: 1,
      sampler: "euler",
      scheduler: "simple",
      outputFormat: "jpg",
    },
    media: [{ slot: "contextImages", source: "mug.png", transfer: "bytes" }],
    label: "front-right",
    angle: { azimuth: "front-right", elevation: "eye-level", distance: "medium" },
  }]);
  assertEquals(made.summary, {
    type: "multi-angle",
    model: LIGHTNING,
    width: 512,
    height: 512,
    count: 1,
    tokenType: "spark",
    seed: 5,
    seedStrategy: null,
    outputFormat: "jpg",
    sampler: "euler",
    scheduler: "simple",
    loras: ["multiple_angles"],
    loraStrengths: [0.9],
    videoPath: null,
    videoModel: null,
  });
  assertEquals([made.branch, made.extension, made.timeoutSeconds], ["multi-angle", "jpg", 60]);
});

Deno.test("a full turn is eight projects, one after the other, with one seed", () => {
  const made = plan({ angles360: true, count: 2 });
  assertEquals(made.projects.map(({ label }) => label), [
    "front",
    "front-right",
    "right",
    "back-right",
    "back",
    "back-left",
    "left",
    "front-left",
  ]);
  assertEquals(made.branch, "multi-angle-360");
  assertEquals(made.order, "sequential");
  assertEquals(made.summary["type"], "multi-angle-360");
  assertEquals(made.projects.every(({ params }) => params.numberOfMedia === 2), true);
  assertEquals(new Set(made.projects.map(({ params }) => params.seed)).size, 1);
  assertEquals(made.needsFfmpeg, false);
});

const PARAMS: readonly [Options, Record<string, unknown>][] = [
  [{ model: FULL }, { modelId: FULL, steps: 20, guidance: 4 }],
  [{ steps: 6, guidance: 2 }, { steps: 6, guidance: 2 }],
  [{ quality: "pro" }, { modelId: LIGHTNING, steps: 4, guidance: 1, width: 1024 }],
  [{ quality: "fast" }, { modelId: LIGHTNING, steps: 4, width: 512 }],
  [{ sampler: "s", scheduler: "t" }, { sampler: "s", scheduler: "t" }],
  [{ outputFormat: "png" }, { outputFormat: "png" }],
  [{ output: "mug.png" }, { outputFormat: "png" }],
  [{ output: "mug/" }, { outputFormat: "jpg" }],
  [{ angleStrength: 0.5 }, { loraStrengths: [0.5] }],
  [{ loraStrengths: [0.3] }, { loras: ["multiple_angles"], loraStrengths: [0.3] }],
  [{ loraStrengths: [0.3], angleStrength: 0.5 }, { loraStrengths: [0.5] }],
  [{ loras: ["x"] }, { loras: ["x", "multiple_angles"], loraStrengths: [1, 0.9] }],
  [{ loras: ["x"], loraStrengths: [0.2] }, { loraStrengths: [0.2, 0.9] }],
  [{ loras: ["x"], angleStrength: 0.1 }, { loraStrengths: [1, 0.1] }],
  [{ loras: ["multiple_angles"] }, { loras: ["multiple_angles"], loraStrengths: [0.9] }],
  [{ loras: ["multiple_angles", "x"], loraStrengths: [0.4, 0.6] }, { loraStrengths: [0.4, 0.6] }],
  [{ angleDescription: "a red mug" }, {
    positivePrompt: "<sks> front view eye-level shot medium shot a red mug",
  }],
  [{}, { positivePrompt: "<sks> front view eye-level shot medium shot a lighthouse" }],
  [{ azimuth: "back", elevation: "low-angle", distance: "close-up", angleDescription: "" }, {
    positivePrompt: "<sks> back view low-angle shot close-up",
  }],
];
for (const [options, expected] of PARAMS) {
  Deno.test(`another angle ${JSON.stringify(options)}`, () => {
    const params: Record<string, unknown> = { ...plan(options).projects[0]?.params };
    for (const [key, value] of Object.entries(expected)) assertEquals(params[key], value, key);
  });
}

Deno.test("settings and configuration of other branches stay out", () => {
  const made = plan({}, { config: { defaultEditModel: "flux2_dev_fp8", defaultImageModel: "x" } });
  assertEquals(made.model, LIGHTNING);
});

const FILMS: readonly [Options, string][] = [
  [{ angles360Video: true }, "angles-360.mp4"],
  [{ angles360Video: "spin" }, "spin.mp4"],
  [{ angles360Video: "a/spin.MP4" }, "a/spin.MP4"],
  [{ angles360Video: true, output: "turn.mp4" }, "turn.mp4"],
  [{ angles360Video: true, output: "turn" }, "turn/angles-360.mp4"],
  [{ angles360Video: true, output: "turn/" }, "turn/angles-360.mp4"],
  [{ angles360Video: true, output: "out/mug.png" }, "out/mug.mp4"],
];
for (const [options, path] of FILMS) {
  Deno.test(`the film of ${JSON.stringify(options)} is ${path}`, () => {
    const made = plan({ angles360: true, ...options });
    assertEquals(made.summary["videoPath"], path);
    assertEquals(made.needsFfmpeg, true);
  });
}

Deno.test("the film's model: flag, configuration, built-in; selectors become ids", () => {
  const film: Options = { angles360: true, angles360Video: true };
  const model = (options: Options, facts: Partial<PlanInput> = {}) =>
    plan({ ...film, ...options }, facts).summary["videoModel"];
  const configured = { config: { videoModels: { i2v: "ltx23-i2v" } } };
  assertEquals(model({}), "wan_v2.2-14b-fp8_i2v_lightx2v");
  assertEquals(model({}, configured), "ltx23-22b-fp8_i2v_distilled");
  assertEquals(model({ videoModel: "mine" }, configured), "mine");
});

Deno.test("a film is made of one picture an angle, whatever the configured count", () => {
  const options: Options = { angles360: true, angles360Video: true };
  assertEquals(plan(options, { config: { defaultCount: 4 } }).count, 1);
});

const REFUSED: readonly [Options, Record<string, unknown>][] = [
  [{ model: "flux2_dev_fp8" }, { model: "flux2_dev_fp8" }],
  [{ outputFormat: "webp" }, { outputFormat: "webp" }],
  [{ output: "x.mp4" }, { flag: "--output" }],
  [{ loras: ["x"], loraStrengths: [1, 2] }, { loras: ["x"], loraStrengths: [1, 2] }],
  [{ loraStrengths: [1, 2] }, { loras: [], loraStrengths: [1, 2] }],
];
for (const [options, details] of REFUSED) {
  Deno.test(`another angle ${JSON.stringify(options)} is refused`, () => {
    const error = assertThrows(() => plan(options), AppError);
    assertEquals(error.code, "INVALID_ARGUMENT");
    for (const [key, value] of Object.entries(details)) assertEquals(error.details?.[key], value);
  });
}

Deno.test("only the first picture is used, and --azimuth not for a full turn; both are said", () => {
  const made = plan({ angles360: true, azimuth: "back", context: ["a.png", "b.png"], seed: 1 });
  assertEquals(made.notes.map(({ level }) => level), ["warning", "warning"]);
  assertEquals(made.projects[0]?.media.map(({ source }) => source), ["a.png"]);
});
