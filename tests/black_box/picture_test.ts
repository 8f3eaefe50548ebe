import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { inPlace } from "../support/agent.ts";
import { readPicture } from "../support/pictures.ts";

/** The embedded service does its simulated work at once. */
const SANDBOX = { SOGNI_SANDBOX_SPEED: "0" };

Deno.test("--sandbox needs no key and leaves a real picture that says what it is", async () => {
  await inPlace(async ({ json, path }) => {
    const line = ["--sandbox", "-o", "dragon.png", "-s", "7", "a dragon eating tacos"];
    const { code, object } = await json(line, { env: SANDBOX });
    assertEquals([code, object.success, object.sandbox], [0, true, true]);
    assertEquals([object.localPath, object.localPaths], ["dragon.png", ["dragon.png"]]);
    const { colours, metadata, ...picture } = await readPicture(path("dragon.png"));
    assertEquals(picture, { mime: "image/png", width: 512, height: 512 });
    assert(colours > 100, `only ${colours} colours`);
    assertEquals(metadata.sandbox, "true");
    assertEquals(metadata.prompt, "a dragon eating tacos");
    assertEquals([metadata.seed, metadata.model], ["7", "z_image_turbo_bf16"]);
    assertEquals(metadata.projectId, (object.projectIds as string[])[0]);
    assertStringIncludes(String(metadata.software), "sogni-agent");
  });
});

Deno.test("SOGNI_SANDBOX=1 is the same as --sandbox", async () => {
  await inPlace(async ({ json }) => {
    const { code, object } = await json(["a cat"], { env: { ...SANDBOX, SOGNI_SANDBOX: "1" } });
    assertEquals([code, object.sandbox, object.localPath], [0, true, null]);
  });
});

Deno.test("size and format are those that were asked for, bytes and extension agree", async () => {
  await inPlace(async ({ run, path }) => {
    const rows: [args: string[], file: string, mime: string, width: number, height: number][] = [
      [["-w", "384", "-h", "640", "-o", "a.png"], "a.png", "image/png", 384, 640],
      [["-w", "640", "-h", "320", "-o", "b.jpg"], "b.jpg", "image/jpeg", 640, 320],
      [["--output-format", "jpg", "-o", "c"], "c", "image/jpeg", 512, 512],
      [["-o", "d.JPEG", "-Q", "hq"], "d.JPEG", "image/jpeg", 768, 768],
    ];
    for (const [args, file, mime, width, height] of rows) {
      const { code, stderr } = await run(["--sandbox", ...args, "a lighthouse"], { env: SANDBOX });
      assertEquals(code, 0, stderr);
      const { metadata, ...picture } = await readPicture(path(file));
      assertEquals({ ...picture, colours: 0 }, { mime, width, height, colours: 0 });
      assertEquals([metadata.prompt, metadata.sandbox], ["a lighthouse", "true"], file);
    }
  });
});

Deno.test("the same prompt and seed make the same picture, another seed another one", async () => {
  await inPlace(async ({ run, path }) => {
    const pixels = async (seed: string, file: string) => {
      await run(["--sandbox", "-s", seed, "-o", file, "a fox"], { env: SANDBOX });
      const { metadata: _, ...picture } = await readPicture(path(file));
      return picture.colours;
    };
    assertEquals(await pixels("1", "a.png"), await pixels("1", "b.png"));
    assert(await pixels("2", "c.png") !== await pixels("1", "d.png"));
  });
});

Deno.test("a file that exists is replaced, and nothing else is left in the folder", async () => {
  await inPlace(async ({ run, cwd, path }) => {
    await fs.writeFile(path("cat.png"), "an older file");
    const { code } = await run(["--sandbox", "-q", "-o", "cat.png", "a cat"], { env: SANDBOX });
    assertEquals(code, 0);
    assertEquals((await readPicture(path("cat.png"))).width, 512);
    assertEquals(await fs.readdir(cwd), ["cat.png"]);
  });
});
