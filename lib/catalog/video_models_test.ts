import { assert, assertEquals } from "@std/assert";
import {
  DEFAULT_VIDEO_MODELS,
  findVideoModel,
  VIDEO_MODELS,
  VIDEO_PRESETS,
  videoModel,
} from "./video_models.ts";

Deno.test("names of video models are unique", () => {
  const names = VIDEO_MODELS.flatMap(({ id, aliases }) => [id, ...aliases]);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("every model is sound in itself", () => {
  for (const model of VIDEO_MODELS) {
    const { id, width, height, minDimension, maxDimension, dimensionMultiple } = model;
    for (const side of [width, height]) {
      assert(side >= minDimension && side <= maxDimension && side % dimensionMultiple === 0, id);
    }
    assert(model.durationSeconds[0] < model.durationSeconds[1], id);
    assert(model.frames.min < model.frames.max, id);
    assert(model.workflows.length > 0, id);
    assert(model.allowedFps?.includes(model.fps) ?? true, id);
    assertEquals(model.billing === "premium", model.references !== undefined, id);
  }
});

Deno.test("the models of the contract have its numbers", () => {
  const rows: [string, Record<string, unknown>][] = [
    ["ltx23", {
      id: "ltx23-22b-fp8_t2v_distilled",
      width: 1920,
      height: 1088,
      steps: 8,
      fps: 24,
      minDimension: 640,
      maxDimension: 2048,
      dimensionMultiple: 64,
    }],
    ["ltx23-v2v", {
      fps: 25,
      controlNets: ["canny", "pose", "depth", "detailer", "outpaint", "inpaint"],
    }],
    ["ltx23-22b-fp8_i2v_dev", { steps: 20, voiceIdentity: true }],
    ["ltx2-19b-fp8_a2v", {
      width: 768,
      height: 768,
      minDimension: 480,
      maxDimension: 1536,
      steps: 20,
    }],
    ["wan22", {
      id: "wan_v2.2-14b-fp8_t2v_lightx2v",
      width: 640,
      height: 640,
      shift: 5,
      steps: 4,
      fps: 32,
    }],
    ["wan22-i2v", { width: 832, height: 480, shift: 8, dimensionMultiple: 16, maxDimension: 1536 }],
    ["wan22-s2v", { sampler: "uni_pc" }],
    ["wan22-animate-move", { durationSeconds: [1, 20] }],
    ["seedance2", {
      id: "seedance-2-0",
      steps: null,
      durationSeconds: [4, 15],
      billing: "premium",
      fixedFps: true,
    }],
    ["seedance2-mini", { width: 1280, height: 720, maxDimension: 1280 }],
    ["happyhorse-1.1-r2v", { references: { images: 9, videos: 0, audios: 0, total: 9 } }],
    ["ltx25-22b-int8_t2v_dev", { steps: 30, guidance: 3, scheduler: "manual_sigmas" }],
  ];
  for (const [name, expected] of rows) {
    const model: Record<string, unknown> = { ...videoModel(name) };
    for (const [key, value] of Object.entries(expected)) {
      assertEquals(model[key], value, `${name}: ${key}`);
    }
  }
});

Deno.test("ids that are not in the table get careful rules", () => {
  const rows: [string, string, number | null][] = [
    ["ltx23-99b_t2v_distilled", "ltx23", 8],
    ["ltx23-99b_t2v", "ltx23", 20],
    ["wan_v2.2-99b_t2v_lightx2v", "wan22", 4],
    ["seedance-9", "seedance2", null],
    ["some-turbo", "unknown", 4],
    ["some-lightning", "unknown", 4],
    ["some-lcm", "unknown", 4],
    ["some", "unknown", 20],
  ];
  for (const [id, family, steps] of rows) {
    const model = videoModel(id);
    assertEquals([model.id, model.family, model.steps], [id, family, steps], id);
    assertEquals(model.workflows, []);
  }
  assertEquals(findVideoModel("some"), undefined);
});

Deno.test("defaults and presets are those of the contract", () => {
  for (const [workflow, id] of Object.entries(DEFAULT_VIDEO_MODELS)) {
    assertEquals(findVideoModel(id)?.workflows.includes(workflow as never), true, workflow);
  }
  assertEquals(VIDEO_PRESETS, {
    fast: { steps: 8 },
    hq: { steps: 8, shortSide: 1088 },
    pro: { steps: 20, shortSide: 1920 },
  });
});
