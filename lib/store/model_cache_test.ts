import { assertEquals } from "@std/assert";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFiles } from "../platform/files.ts";
import { cacheModel, type ModelKey, readCachedModel } from "./model_cache.ts";

const MODEL = { ranges: { steps: { min: 1, max: 9 } }, choices: { fps: [16, 32] } };
const NOW = 1_800_000_000_000;

function inCache(
  body: (machine: { files: ReturnType<typeof createFiles> }, key: ModelKey) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), "sogni-cache-"));
    try {
      const path = join(folder, "state", "models.json");
      await body({ files: createFiles(folder) }, { path, service: "https://a", modelId: "m" });
    } finally {
      await rm(folder, { recursive: true });
    }
  };
}

Deno.test(
  "an answer is known for five minutes, for its service and model",
  inCache(async (machine, key) => {
    assertEquals(await readCachedModel(machine, key, NOW), undefined);
    await cacheModel(machine, key, { model: MODEL, workers: 3 }, NOW);
    const kept = { model: MODEL, workers: 3 };
    assertEquals(await readCachedModel(machine, key, NOW + 299_000), kept);
    assertEquals(await readCachedModel(machine, key, NOW + 301_000), undefined);
    assertEquals(await readCachedModel(machine, key, NOW - 1000), undefined);
    assertEquals(await readCachedModel(machine, { ...key, modelId: "n" }, NOW), undefined);
    assertEquals(await readCachedModel(machine, { ...key, service: "b" }, NOW), undefined);
    assertEquals((await stat(key.path)).mode & 0o777, 0o600);
  }),
);

Deno.test(
  "fresh answers stay beside a new one, old ones go",
  inCache(async (machine, key) => {
    const other = { ...key, modelId: "n" };
    await cacheModel(machine, key, { model: MODEL }, NOW);
    await cacheModel(machine, other, { model: MODEL }, NOW + 200_000);
    assertEquals(await readCachedModel(machine, key, NOW + 200_000), { model: MODEL });
    await cacheModel(machine, other, { model: MODEL }, NOW + 400_000);
    assertEquals((await machine.files.readText(key.path)).includes("https://a m"), false);
  }),
);

for (const text of ["", "{half", "[]", '"x"', '{"https://a m":5}', '{"https://a m":{"at":1}}']) {
  Deno.test(
    `a cache of ${JSON.stringify(text)} knows nothing and is replaced`,
    inCache(async (machine, key) => {
      await cacheModel(machine, key, { model: MODEL }, NOW);
      await writeFile(key.path, text);
      assertEquals(await readCachedModel(machine, key, NOW), undefined);
      await cacheModel(machine, key, { model: MODEL }, NOW);
      assertEquals(await readCachedModel(machine, key, NOW), { model: MODEL });
    }),
  );
}
