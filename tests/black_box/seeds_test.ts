import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { wireRequests, withService } from "../support/service.ts";

Deno.test("without a flag the seed is the hash of the settings: stable, and said on stderr", async () => {
  await withService({}, async ({ json, run }) => {
    const first = await json(["a cat"]);
    const second = await json(["a cat"]);
    const other = await json(["a dog"]);
    assertEquals(first.object.seed, second.object.seed);
    assertEquals(first.object.seedStrategy, "prompt-hash");
    assert(first.object.seed !== other.object.seed);
    assertStringIncludes(first.stderr, `Using prompt-hash seed: ${first.object.seed}`);
    assertEquals((await run(["-q", "a cat"])).stderr.includes("seed"), false);
  });
});

Deno.test("the prompt-hash seed is the first four bytes of the SHA-256 of the settings in their fixed order", async () => {
  const text = JSON.stringify({
    ...{ prompt: "a cat", model: "z_image_turbo_bf16", workflow: "image" },
    ...{ width: 640, height: 512, azimuth: "front", elevation: "eye-level", distance: "medium" },
    ...{ angleDescription: "", outputFormat: "jpg", sampler: "", scheduler: "" },
    ...{ musicLyrics: "", musicLanguage: "", musicBpm: null, musicKeyscale: "", musicTimesig: "" },
    ...{ musicComposerMode: null, musicPromptStrength: null, musicCreativity: null },
    ...{ musicShift: null, targetResolution: null, loras: [], loraStrengths: [] },
    ...{ refImage: "", refImageEnd: "", refAudio: "", audioStart: null, audioDuration: null },
    ...{ referenceAudioIdentity: "", refVideo: "", videoStart: null, contextImages: [] },
    ...{ autoResizeVideoAssets: null, tokenType: "spark", steps: 5, guidance: null },
  });
  const hash = createHash("sha256").update(text).digest().readUInt32BE();
  await withService({}, async ({ json }) => {
    const line = ["-w", "640", "--steps", "5", "--output-format", "jpg", "--dry-run", "a cat"];
    const { object } = await json(line);
    assertEquals((object.plan as Record<string, unknown>).seed, hash);
  });
});

Deno.test("--seed-strategy random draws another seed each time", async () => {
  await withService({}, async ({ json }) => {
    const seeds = new Set<unknown>();
    for (let round = 0; round < 3; round++) {
      const { object, stderr } = await json(["--seed-strategy", "random", "a cat"]);
      assertEquals(object.seedStrategy, "random");
      assertMatch(stderr, /Using random seed: \d+/);
      seeds.add(object.seed);
    }
    assert(seeds.size > 1);
  });
});

Deno.test("--seed wins over a strategy, --last-seed over --seed", async () => {
  await withService({}, async ({ json }, service) => {
    const given = await json(["-s", "42", "a cat"]);
    assertEquals([given.object.seed, given.object.seedStrategy], [42, null]);
    const again = await json(["--last-seed", "-s", "7", "a dog"]);
    assertEquals([again.object.seed, again.object.seedStrategy], [42, null]);
    assertEquals(wireRequests(service).map(({ frame }) => frame.seed), [42, 42]);
  });
});

Deno.test("--last-seed without a record warns, even with -q, and goes on", async () => {
  await withService({}, async ({ run }, service) => {
    const { code, stderr } = await run(["-q", "--last-seed", "-s", "7", "a cat"]);
    assertEquals(code, 0);
    assertMatch(stderr, /Warning: --last-seed/);
    assertEquals(wireRequests(service)[0]?.frame.seed, 7);
  });
});
