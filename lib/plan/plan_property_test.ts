import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { planInput } from "../../tests/support/plan_input.ts";
import { IMAGE_MODELS, imageModel } from "../catalog/image_models.ts";
import type { PluginConfig } from "../catalog/plugin_config.ts";
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import { ERRORS } from "../errors/registry.ts";
import { brokenRules } from "./image/pixel_rules.ts";
import { planGeneration } from "./plan.ts";
import type { Plan, PlanInput } from "./types.ts";

const MODELS = [
  ...IMAGE_MODELS.flatMap(({ id, aliases = [] }) => [id, ...aliases]),
  ...["turbo", "sft", "flux-x", "kontext", "", "ace_step_1.5_sft"],
];
const file = fc.constantFrom("a.png", "b.jpg", "https://example.com/c.png", "", "~/d");
const output = fc.constantFrom("x.png", "x.jpg", "x.webp", "x.mp3", "x", "dir/", ".", "a.b/c");
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -2, max: 20 }),
);
const side = fc.oneof(fc.integer({ min: 1, max: 8192 }), fc.constantFrom(512, 768, 1024));

/** Mostly absent, so that combinations that can be planned come up too. */
const rare = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof(
    { weight: 15, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
const flag = rare(fc.constant(true));

const options: fc.Arbitrary<Options> = fc.record({
  model: rare(fc.constantFrom(...MODELS)),
  quality: rare(fc.constantFrom("fast", "hq", "pro")),
  width: rare(side),
  height: rare(side),
  count: rare(fc.integer({ min: 1, max: 18 })),
  timeout: rare(fc.integer({ min: 1, max: 9999 })),
  steps: rare(fc.integer({ min: 1, max: 120 })),
  guidance: rare(number),
  seed: rare(fc.integer({ min: -2, max: 2 ** 33 })),
  lastSeed: flag,
  seedStrategy: rare(fc.constantFrom("random", "prompt-hash")),
  tokenType: rare(fc.constantFrom("spark", "sogni", "auto")),
  outputFormat: rare(fc.constantFrom("png", "jpg", "webp", "mp3", "mp4")),
  sampler: rare(fc.constantFrom("euler", "er_sde", "")),
  scheduler: rare(fc.constantFrom("simple", "karras")),
  loras: rare(fc.array(fc.constantFrom("x", "multiple_angles", ""), { maxLength: 10 })),
  loraStrengths: rare(fc.array(number, { maxLength: 3 })),
  context: rare(fc.array(file, { maxLength: 5 })),
  ref: rare(file),
  lastImage: flag,
  persona: rare(fc.constantFrom(["Mara"], ["Mara", "Ilse"])),
  personaDescription: flag,
  photobooth: flag,
  cnStrength: rare(number),
  multiAngle: flag,
  angles360: flag,
  angles360Video: rare(fc.constantFrom<true | string>(true, "film", "film.mp4")),
  azimuth: rare(fc.constantFrom("front", "back-left")),
  angleStrength: rare(number),
  angleDescription: rare(fc.string()),
  music: flag,
  musicModel: rare(fc.constantFrom("turbo", "sft", "nothing")),
  duration: rare(fc.integer({ min: 1, max: 700 })),
  bpm: rare(number),
  musicShift: rare(number),
  creativity: rare(number),
  lyrics: rare(fc.string()),
  negativePrompt: rare(fc.string()),
  output: rare(output),
  estimate: flag,
  noFilter: flag,
}).map((record) => withoutUndefined(record));

const config: fc.Arbitrary<PluginConfig> = fc.record({
  defaultImageModel: rare(fc.constantFrom(...MODELS)),
  defaultEditModel: rare(fc.constantFrom(...MODELS)),
  defaultMusicModel: rare(fc.constantFrom("turbo", "sft")),
  defaultTokenType: rare(fc.constantFrom("spark", "SOGNI", "auto", "gold")),
  seedStrategy: rare(fc.constantFrom("random", "prompt_hash", "dice")),
  defaultWidth: rare(fc.integer({ min: 1, max: 5000 })),
  defaultHeight: rare(fc.integer({ min: 1, max: 5000 })),
  defaultCount: rare(fc.integer({ min: -1, max: 40 })),
  defaultNetwork: rare(fc.constantFrom("fast", "relaxed")),
  defaultImageTimeoutSec: rare(fc.integer({ min: 5, max: 900 })),
}).map((record) => withoutUndefined(record));

const inputs: fc.Arbitrary<PlanInput> = fc.record({
  options,
  config,
  prompt: fc.oneof({ weight: 9, arbitrary: fc.string() }, fc.constantFrom("{a|b} cat", "", "x")),
  lastImage: rare(file),
  photo: rare(file),
}).map(({ options, config, prompt, lastImage, photo }) =>
  planInput(options, {
    config,
    prompt,
    lastRender: { seed: 3, ...lastImage === undefined ? {} : { image: lastImage } },
    personas: (options.persona ?? []).map((name) => ({
      name,
      relationship: "self",
      description: "tall",
      ...photo === undefined ? {} : { photoPath: photo },
    })),
  })
);

Deno.test("whatever is asked for is planned soundly or refused with a registered code", () => {
  let planned = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      const made = planOrRefuse(input);
      if (made === undefined) return;
      planned++;
      checkPlan(made, input);
    }),
    { numRuns: 5000 },
  );
  assert(planned > 300, `only ${planned} of 5000 could be planned: the property tests too little`);
});

Deno.test("the same input gives the same plan", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      assertEquals(planOrRefuse(input), planOrRefuse(input));
    }),
    { numRuns: 300 },
  );
});

function planOrRefuse(input: PlanInput): Plan | undefined {
  try {
    return planGeneration(input);
  } catch (error) {
    assert(error instanceof AppError, `not deliberate: ${error}`);
    assert(Object.hasOwn(ERRORS, error.code), error.code);
    assert(!/NaN|undefined|\[object/.test(`${error.message} ${error.hint ?? ""}`), error.message);
    return undefined;
  }
}

function checkPlan(made: Plan, input: PlanInput): void {
  checkNumbers(made);
  assertEquals(JSON.parse(JSON.stringify(made)), made, "a plan is plain JSON");
  assert(made.count >= 1 && made.count <= input.maxCount);
  assert(made.projects.length >= 1 && made.timeoutSeconds >= 1);
  for (const { params, media } of made.projects) {
    assert(params.seed !== undefined && params.seed >= 0 && params.seed <= 0xffffffff);
    assertEquals(params.loraStrengths?.length ?? params.loras?.length, params.loras?.length);
    if (made.medium !== "image") continue;
    const model = imageModel(params.modelId);
    const { width = 0, height = 0 } = params;
    assert(Math.min(width, height) >= model.side.min, `${width}x${height}`);
    assert(Math.max(width, height) <= model.side.max, `${width}x${height}`);
    assertEquals(brokenRules({ width, height }, model), []);
    const images = media.filter(({ slot }) => slot === "contextImages");
    assert(images.length <= model.maxContextImages);
  }
}

function checkNumbers(value: unknown): void {
  if (typeof value === "number") assert(Number.isFinite(value));
  else if (typeof value === "object" && value !== null) Object.values(value).forEach(checkNumbers);
}

/** Drops absent keys, so that a record looks as the parser would have made it. */
function withoutUndefined<T extends object>(
  record: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
