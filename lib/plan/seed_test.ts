import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { planInput, sha256 } from "../../tests/support/plan_input.ts";
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import { chooseSeed, hashSeed, seedFieldsFromOptions, seedHashText } from "./seed.ts";
import type { SeedFields } from "./seed.ts";
import type { PlanInput } from "./types.ts";

Deno.test("the hashed text has every key in order, with empty values for what is missing", () => {
  assertEquals(
    seedHashText({}),
    '{"prompt":"","model":"","workflow":"","width":null,"height":null,"azimuth":"",' +
      '"elevation":"","distance":"","angleDescription":"","outputFormat":"","sampler":"",' +
      '"scheduler":"","musicLyrics":"","musicLanguage":"","musicBpm":null,"musicKeyscale":"",' +
      '"musicTimesig":"","musicComposerMode":null,"musicPromptStrength":null,' +
      '"musicCreativity":null,"musicShift":null,"targetResolution":null,"loras":[],' +
      '"loraStrengths":[],"refImage":"","refImageEnd":"","refAudio":"","audioStart":null,' +
      '"audioDuration":null,"referenceAudioIdentity":"","refVideo":"","videoStart":null,' +
      '"contextImages":[],"autoResizeVideoAssets":null,"tokenType":"","steps":null,"guidance":null}',
  );
});

Deno.test("the order in which fields are given does not change the hash", () => {
  assertEquals(
    seedHashText({ guidance: 2, prompt: "x" }),
    seedHashText({ prompt: "x", guidance: 2 }),
  );
});

Deno.test("a seed is the first four bytes, big-endian and unsigned", () => {
  assertEquals(hashSeed("", () => new Uint8Array([0xff, 0, 0, 1, 9])), 0xff000001);
  // SHA-256 of "abc" begins with ba7816bf.
  assertEquals(hashSeed("abc", sha256), 0xba7816bf);
});

const HASH_INPUTS: readonly [string, SeedFields][] = [
  ["prompt", { prompt: "b" }],
  ["model", { model: "m" }],
  ["width", { width: 640 }],
  ["token type", { tokenType: "sogni" }],
  ["context image path", { contextImages: ["a.png"] }],
  ["azimuth", { azimuth: "back" }],
  ["steps", { steps: 9 }],
  ["music shift", { musicShift: 2 }],
  ["auto-resize", { autoResizeVideoAssets: false }],
];
for (const [name, fields] of HASH_INPUTS) {
  Deno.test(`a prompt-hash seed depends on the ${name}`, () => {
    const base = seedFieldsFromOptions({});
    assertNotEquals(
      chooseSeed(planInput(), { ...base, ...fields }).seed,
      chooseSeed(planInput(), base).seed,
    );
  });
}

Deno.test("count, duration, fps and frames are no part of the hashed settings", () => {
  assertEquals(
    seedFieldsFromOptions({ count: 4, duration: 8, fps: 30, frames: 99 }),
    seedFieldsFromOptions({}),
  );
});

Deno.test("options enter the hashed settings under the contract's names", () => {
  const fields = seedFieldsFromOptions({
    ref: "a.png",
    refEnd: "b.png",
    refAudio: ["c.mp3", "d.mp3"],
    refVideo: ["e.mp4"],
    autoResizeAssets: false,
    lastImage: true,
  });
  assertEquals(fields.refImage, "a.png");
  assertEquals(fields.refImageEnd, "b.png");
  assertEquals(fields.refAudio, "c.mp3");
  assertEquals(fields.refVideo, "e.mp4");
  assertEquals(fields.autoResizeVideoAssets, false);
  assertEquals([fields.azimuth, fields.elevation, fields.distance], [
    "front",
    "eye-level",
    "medium",
  ]);
});

interface Row {
  name: string;
  options?: Options;
  facts?: Partial<PlanInput>;
  seed?: number;
  strategy: "random" | "prompt-hash" | null;
  warnings?: number;
  note?: boolean;
}
const record = (seed?: number) => ({ lastRender: seed === undefined ? {} : { seed } });
const CHOICES: readonly Row[] = [
  { name: "an explicit seed", options: { seed: 7 }, seed: 7, strategy: null },
  { name: "zero is a seed", options: { seed: 0 }, seed: 0, strategy: null },
  { name: "the largest seed", options: { seed: 4294967295 }, seed: 4294967295, strategy: null },
  {
    name: "a seed beside a requested strategy",
    options: { seed: 7, seedStrategy: "random" },
    seed: 7,
    strategy: "random",
  },
  {
    name: "a seed beside a configured strategy",
    options: { seed: 7 },
    facts: { config: { seedStrategy: "prompt_hash" } },
    seed: 7,
    strategy: "prompt-hash",
  },
  {
    name: "random",
    options: { seedStrategy: "random" },
    seed: 123_456_789,
    strategy: "random",
    note: true,
  },
  {
    name: "random by configuration",
    facts: { config: { seedStrategy: "RANDOM" } },
    seed: 123_456_789,
    strategy: "random",
    note: true,
  },
  {
    name: "random bits are read as unsigned",
    options: { seedStrategy: "random" },
    facts: { randomSeed: -1 },
    seed: 4294967295,
    strategy: "random",
    note: true,
  },
  { name: "prompt-hash when nothing is said", strategy: "prompt-hash", note: true },
  {
    name: "the flag beats the configuration",
    options: { seedStrategy: "prompt-hash" },
    facts: { config: { seedStrategy: "random" } },
    strategy: "prompt-hash",
    note: true,
  },
  {
    name: "the last seed beats an explicit one",
    options: { lastSeed: true, seed: 7 },
    facts: record(99),
    seed: 99,
    strategy: null,
  },
  {
    name: "no record: warning, then the explicit seed",
    options: { lastSeed: true, seed: 7 },
    seed: 7,
    strategy: null,
    warnings: 1,
  },
  {
    name: "no record and no seed: warning, then the strategy",
    options: { lastSeed: true },
    strategy: "prompt-hash",
    warnings: 1,
    note: true,
  },
  {
    name: "a recorded zero counts as none",
    options: { lastSeed: true, seed: 7 },
    facts: record(0),
    seed: 7,
    strategy: null,
    warnings: 1,
  },
  {
    name: "a record without a seed",
    options: { lastSeed: true, seed: 7 },
    facts: record(),
    seed: 7,
    strategy: null,
    warnings: 1,
  },
  {
    name: "a recorded seed out of range counts as none",
    options: { lastSeed: true, seed: 7 },
    facts: record(5e9),
    seed: 7,
    strategy: null,
    warnings: 1,
  },
  {
    name: "a record read for another reason does not give its seed",
    options: { lastImage: true, seed: 7 },
    facts: record(99),
    seed: 7,
    strategy: null,
  },
];
for (const row of CHOICES) {
  Deno.test(`seed: ${row.name}`, () => {
    const choice = chooseSeed(planInput(row.options, row.facts), { prompt: "p" });
    if (row.seed !== undefined) assertEquals(choice.seed, row.seed);
    assertEquals(choice.strategy, row.strategy);
    assertEquals(choice.warnings.length, row.warnings ?? 0);
    assertEquals(
      choice.note,
      row.note ? `Using ${row.strategy} seed: ${choice.seed}` : undefined,
    );
  });
}

for (const seed of [-1, 4294967296, 1.5, NaN]) {
  Deno.test(`seed ${seed} is refused`, () => {
    const error = assertThrows(() => chooseSeed(planInput({ seed }), {}), AppError, "--seed");
    assertEquals(error.code, "INVALID_ARGUMENT");
    assertEquals(error.details?.["flag"], "--seed");
  });
}

Deno.test("an unknown configured strategy is refused", () => {
  const input = planInput({}, { config: { seedStrategy: "dice" } });
  const error = assertThrows(() => chooseSeed(input, {}), AppError, "dice");
  assertEquals(error.details?.["value"], "dice");
});
