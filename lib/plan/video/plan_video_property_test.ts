import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { planInput } from "../../../tests/support/plan_input.ts";
import { REFERENCES } from "../../../tests/support/video_plan.ts";
import { findVideoModel, VIDEO_MODELS, videoModel } from "../../catalog/video_models.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { ERRORS } from "../../errors/registry.ts";
import { planGeneration } from "../plan.ts";
import type { Plan } from "../types.ts";
import { framesOf } from "./length.ts";
import { isAllowedSize } from "./size.ts";

const RUNS = 5000;

const names = VIDEO_MODELS.flatMap(({ id, aliases }) => [id, ...aliases]);
const path = fc.constantFrom(
  ...Object.keys(REFERENCES),
  "gone.png",
  "https://e.com/a.png",
  "http://e.com/b.mp4",
);
const number = fc.oneof(
  fc.double({ min: 0, max: 60, noNaN: true }),
  fc.integer({ min: 0, max: 30 }),
);

const everything = fc.record({
  model: fc.oneof(
    fc.constantFrom(...names, "happyhorse", "wan22", "x_i2v", "nothing"),
    fc.string(),
  ),
  quality: fc.constantFrom("fast", "hq", "pro"),
  workflow: fc.constantFrom(
    "t2v",
    "i2v",
    "s2v",
    "ia2v",
    "a2v",
    "v2v",
    "animate-move",
    "animate-replace",
    "r2v",
  ),
  width: fc.integer({ min: 1, max: 8192 }),
  height: fc.integer({ min: 1, max: 8192 }),
  targetResolution: fc.integer({ min: 1, max: 9000 }),
  count: fc.integer({ min: 1, max: 16 }),
  fps: fc.integer({ min: 1, max: 120 }),
  duration: fc.integer({ min: 1, max: 200 }),
  frames: fc.integer({ min: 1, max: 1000 }),
  steps: fc.integer({ min: 1, max: 90 }),
  ref: path,
  refEnd: path,
  refAudio: fc.array(path, { maxLength: 4 }),
  refVideo: fc.array(path, { maxLength: 4 }),
  context: fc.array(path, { maxLength: 11 }),
  mask: path,
  referenceAudioIdentity: path,
  audioStart: number,
  audioDuration: number,
  videoStart: number,
  controlnetName: fc.constantFrom("canny", "pose", "depth", "detailer", "outpaint", "inpaint"),
  controlnetStrength: fc.double({ min: 0, max: 1.2, noNaN: true }),
  outpaintPosition: fc.constantFrom("center", "top", "bottom", "left", "right"),
  outpaintAspectRatio: fc.constantFrom("16:9", "1x1", "9/21", "wide"),
  sam2Coordinates: fc.constantFrom("1,2", "0.5,0.5;3,4", "x"),
  strictSize: fc.boolean(),
  autoResizeAssets: fc.boolean(),
  looping: fc.boolean(),
  output: fc.constantFrom("a.mp4", "out"),
  expandPrompt: fc.boolean(),
  lastImage: fc.boolean(),
});

const KEYS = [
  ...["model", "quality", "workflow", "width", "height", "targetResolution", "count", "fps"],
  ...["duration", "frames", "steps", "ref", "refEnd", "refAudio", "refVideo", "context", "mask"],
  ...["referenceAudioIdentity", "audioStart", "audioDuration", "videoStart", "controlnetName"],
  ...["controlnetStrength", "outpaintPosition", "outpaintAspectRatio", "sam2Coordinates"],
  ...["strictSize", "autoResizeAssets", "looping", "output", "expandPrompt", "lastImage"],
];

// A few of all options at a time: with all of them nearly nothing could be planned.
const options: fc.Arbitrary<Options> = fc
  .tuple(everything, fc.subarray(KEYS, { maxLength: 7 }))
  .map(([all, keys]) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)))
  );

const prompt = fc.oneof(
  fc.constantFrom(
    "a lighthouse",
    'she says "welcome aboard" for a 12 second portrait video, 720p',
    "a {red|blue} fox, 9:16 video",
    "turn this storyboard into a video",
    "1280x720, morph",
    'exact prompt: "a fox"',
  ),
  fc.string({ minLength: 1 }),
);

const config: fc.Arbitrary<PluginConfig> = fc.record({
  defaultWidth: fc.integer({ min: 0, max: 5000 }),
  defaultHeight: fc.double({ min: 1, max: 5000, noNaN: true }),
  defaultFps: fc.integer({ min: -1, max: 70 }),
  defaultDurationSec: fc.integer({ min: -1, max: 70 }),
}, { requiredKeys: [] });

Deno.test("random command lines are planned soundly or refused with a registered code", () => {
  let planned = 0;
  fc.assert(
    fc.property(options, prompt, config, (given, text, configured) => {
      const input = planInput({ video: true, ...given }, {
        prompt: text,
        references: REFERENCES,
        config: configured,
        lastRender: { image: "square.png", seed: 4 },
      });
      let plan: Plan;
      try {
        plan = planGeneration(input);
      } catch (error) {
        assert(error instanceof AppError, String(error));
        assert(error.code in ERRORS, error.code);
        assert(error.message.length > 0);
        const told = `${error.message} ${error.hint ?? ""}`;
        assert(!/\bNaN\b|\bundefined\b|\[object/.test(told), told);
        return;
      }
      planned++;
      checkPlan(plan, given);
    }),
    { numRuns: RUNS },
  );
  assert(planned > RUNS / 10, `only ${planned} plans`);
});

// Few options at a time, so that most command lines can be carried out.
Deno.test("random lines of few options are mostly planned", () => {
  const few = fc.record({
    model: fc.constantFrom(...names, "x"),
    quality: fc.constantFrom("fast", "hq", "pro"),
    width: fc.integer({ min: 1, max: 8192 }),
    height: fc.integer({ min: 1, max: 8192 }),
    targetResolution: fc.integer({ min: 1, max: 9000 }),
    duration: fc.integer({ min: 1, max: 200 }),
    fps: fc.integer({ min: 1, max: 120 }),
    ref: fc.constantFrom("square.png", "tall.jpg", "odd.png", "strip.png"),
  }, { requiredKeys: [] });
  let planned = 0;
  fc.assert(
    fc.property(few, prompt, (given, text) => {
      try {
        checkPlan(
          planGeneration(
            planInput({ video: true, ...given }, { prompt: text, references: REFERENCES }),
          ),
          given,
        );
        planned++;
      } catch (error) {
        assert(error instanceof AppError, String(error));
      }
    }),
    { numRuns: 1500 },
  );
  assert(planned > 300, `only ${planned} plans`);
});

function checkPlan(plan: Plan, given: Options): void {
  const model = videoModel(plan.model);
  assertEquals(JSON.parse(JSON.stringify(plan)), plan);
  assert(!JSON.stringify(plan).includes("null,null"), "no lists of nothing");
  for (const { params } of plan.projects) {
    const { width = NaN, height = NaN, fps = NaN, duration, frames, steps } = params;
    const size = { width, height };
    const label = `${plan.model} ${width}x${height} ${JSON.stringify(given)}`;
    assert(isAllowedSize(size, model), label);
    assert(width <= model.maxDimension && height <= model.maxDimension, label);
    assert(Number.isInteger(fps) && fps >= 1, label);
    if (model.allowedFps) assert(model.allowedFps.includes(fps), label);
    if (model.fixedFps) assertEquals(fps, model.fps, label);
    assertEquals([frames === undefined, duration === undefined], [
      given.frames === undefined,
      given.frames !== undefined,
    ]);
    if (duration !== undefined) {
      assert(duration >= model.durationSeconds[0] && duration <= model.durationSeconds[1], label);
      const rendered = framesOf(duration, fps, model);
      assertEquals((rendered - model.frames.base) % model.frames.step, 0, label);
      assertEquals(plan.pricing?.renderedFrames, rendered);
    }
    assertEquals(steps === undefined, model.steps === null, label);
    assert(params.positivePrompt.length > 0, label);
    assert((params.seed ?? -1) >= 0, label);
  }
  assertEquals(
    plan.projects.reduce((sum, { params }) => sum + params.numberOfMedia, 0),
    plan.count,
  );
  if (findVideoModel(plan.model)?.billing === "premium") assertEquals(plan.tokenType, "spark");
}
