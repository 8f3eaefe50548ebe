import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { readPicture } from "../support/pictures.ts";
import { wireRequests, withService } from "../support/service.ts";

Deno.test("-n 3 saves name.png, name-2.png and name-3.png, aligned with urls, seeds and prompts", async () => {
  await withService({}, async ({ json, path, cwd }, service) => {
    const { code, object } = await json(["-n", "3", "-s", "5", "-o", "cat.png", "a cat"]);
    assertEquals(code, 0);
    assertEquals(wireRequests(service).map(({ numberOfImages }) => numberOfImages), [3]);
    const names = ["cat.png", "cat-2.png", "cat-3.png"];
    assertEquals([object.localPath, object.localPaths], ["cat.png", names]);
    assertEquals((await fs.readdir(cwd)).sort(), [...names].sort());
    const seeds = object.seeds as number[];
    assertEquals([seeds.length, new Set(seeds).size, seeds[0]], [3, 3, 5]);
    assertEquals(object.prompts, ["a cat", "a cat", "a cat"]);
    assertEquals(new Set(object.urls as string[]).size, 3);
    for (const [index, name] of names.entries()) {
      const { metadata } = await readPicture(path(name));
      assertEquals(metadata.seed, String(seeds[index]), name);
      assertStringIncludes(String((object.urls as string[])[index]), metadata.jobId ?? "?");
    }
  });
});

Deno.test("a prompt with {a|b|c} becomes a project for each variation, in order, with one seed", async () => {
  await withService({}, async ({ json, run, path }, service) => {
    const { object, stderr } = await json([
      ...["-n", "3", "-o", "bike.png"],
      "a {red|blue} bicycle at {dawn|noon|dusk}",
    ]);
    const prompts = [
      "a red bicycle at dawn",
      "a blue bicycle at noon",
      "a red bicycle at dusk",
    ];
    assertEquals(object.prompts, prompts);
    assertEquals((object.projectIds as string[]).length, 3);
    const requests = wireRequests(service);
    assertEquals(requests.map(({ frame }) => frame.positivePrompt), prompts);
    assertEquals(requests.map(({ numberOfImages }) => numberOfImages), [1, 1, 1]);
    assertEquals(new Set(requests.map(({ frame }) => frame.seed)).size, 1);
    for (const [index, name] of ["bike.png", "bike-2.png", "bike-3.png"].entries()) {
      assertEquals((await readPicture(path(name))).metadata.prompt, prompts[index]);
      assertStringIncludes(stderr, `Variation ${index + 1}/3: "${prompts[index]}"`);
    }
    const quiet = await run(["-q", "-n", "2", "a {red|blue} bicycle"]);
    assertEquals(quiet.stderr.includes("Variation"), false);
  });
});

Deno.test("-o with a folder makes the folder and names the file after the prompt", async () => {
  await withService({}, async ({ json, path, cwd }) => {
    const { object } = await json(["-o", "new/folder/", "A Lighthouse, in the fog!"]);
    assertEquals(object.localPath, "new/folder/a-lighthouse-in-the-fog.png");
    await fs.mkdir(path("there"));
    const inside = await json(["-o", "there", "--output-format", "jpg", "a cat"]);
    assertEquals(inside.object.localPath, "there/a-cat.jpg");
    assertEquals(await fs.readdir(`${cwd}/there`), ["a-cat.jpg"]);
  });
});

Deno.test("-o without an extension keeps the name as it is", async () => {
  await withService({}, async ({ json, cwd }) => {
    const { object } = await json(["-n", "2", "-o", "picture.v2", "a cat"]);
    assertEquals(object.localPaths, ["picture.v2", "picture-2.v2"]);
    const plain = await json(["-o", "picture", "a cat"]);
    assertEquals(plain.object.localPath, "picture");
    assertEquals((await fs.readdir(cwd)).sort(), ["picture", "picture-2.v2", "picture.v2"]);
  });
});

Deno.test("without -o nothing is written and the URLs are the result", async () => {
  await withService({}, async ({ json, cwd }) => {
    const { object } = await json(["-n", "2", "a cat"]);
    assertEquals([object.localPath, object.localPaths], [null, []]);
    const [first = ""] = object.urls as string[];
    const response = await fetch(first);
    assertEquals([response.status, response.headers.get("content-type")], [200, "image/png"]);
    await response.body?.cancel();
    assertEquals(await fs.readdir(cwd), []);
    assert((object.urls as string[]).length === 2);
  });
});
