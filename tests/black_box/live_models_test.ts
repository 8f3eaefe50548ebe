/** What the service says of its models now is heard before anything is paid, and for five minutes. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { wireRequests, withService } from "../support/service.ts";

Deno.test("a value out of the service's range is refused before it is sent, then without asking", async () => {
  await withService({}, async ({ json, home }, service) => {
    for (const isFirst of [true, false]) {
      service.recorder.clear();
      const { code, object } = await json(["--steps", "101", "a cat"]);
      assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"], JSON.stringify(object));
      const { flag, min, max, value, model } = object.errorDetails as Record<string, unknown>;
      assertEquals([flag, min, max, value, model], ["--steps", 1, 100, 101, "z_image_turbo_bf16"]);
      assertEquals(wireRequests(service), []);
      assertEquals(service.recorder.upgrades.length, isFirst ? 1 : 0);
    }
    const kept = await fs.stat(path.join(home, ".config", "sogni", "models.json"));
    assertEquals(kept.mode & 0o777, 0o600);
    assertEquals((await json(["--steps", "100", "a cat"])).code, 0);
  });
});

Deno.test("a sampler that the model does not know is named with those that it knows", async () => {
  await withService({}, async ({ json }, service) => {
    const { object } = await json(["--sampler", "imaginary", "a cat"]);
    assertEquals(object.errorCode, "INVALID_ARGUMENT");
    assertStringIncludes(String(object.error), "euler");
    assertEquals(wireRequests(service), []);
  });
});

Deno.test("a model that the service does not list is away or unknown", async () => {
  await withService({}, async ({ json }, service) => {
    const away = await json(["-m", "dark_beast_krea2_fp8", "a cat"]);
    assertEquals([away.code, away.object.errorCode], [1, "MODEL_UNAVAILABLE"]);
    const unknown = await json(["-m", "never-heard-of", "a cat"]);
    assertEquals([unknown.code, unknown.object.errorCode], [1, "MODEL_NOT_FOUND"]);
    assertEquals(wireRequests(service), []);
  });
});

Deno.test("a model that no worker serves is said to take a while", async () => {
  const workers = { z_image_turbo_bf16: 0 };
  await withService({ workers }, async ({ run }) => {
    const { stderr } = await run(["-t", "2", "a cat"]);
    assertStringIncludes(stderr, "no worker serves z_image_turbo_bf16");
  });
});

Deno.test("a look-up that fails changes nothing", async () => {
  const faults = [{ fault: "rest", status: 503, path: "/status/" }] as const;
  await withService({ faults }, async ({ json }) => {
    assertEquals((await json(["--steps", "9", "a cat"])).code, 0);
  });
});
