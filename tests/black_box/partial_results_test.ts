/** One output that fails or is withheld never takes the others with it. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { withService } from "../support/service.ts";

Deno.test("one of three fails: two files, exit 0, and failures[] names the third", async () => {
  const fault = { fault: "error", level: "output", output: 1, message: "bad luck" } as const;
  await withService({ faults: [fault] }, async ({ json, cwd }) => {
    const { code, object, stderr } = await json(["-n", "3", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.success, object.partial], [0, true, true]);
    assertEquals(object.localPaths, ["cat.png", "cat-2.png"]);
    assertEquals((await fs.readdir(cwd)).sort(), ["cat-2.png", "cat.png"]);
    assertEquals((object.urls as unknown[]).length, 2);
    assertEquals((object.seeds as unknown[]).length, 2);
    const [failure, ...more] = object.failures as Record<string, unknown>[];
    assertEquals([failure?.index, failure?.errorCode, more], [1, "PROJECT_FAILED", []]);
    assertStringIncludes(stderr, "bad luck");
  });
});

Deno.test("one variation of three fails: the other two keep their prompts", async () => {
  const fault = { fault: "error", prompt: "blue", message: "bad luck" } as const;
  await withService({ faults: [fault] }, async ({ json }) => {
    const { code, object } = await json(["-n", "3", "a {red|blue|green} car"]);
    assertEquals([code, object.prompts], [0, ["a red car", "a green car"]]);
    assertEquals((object.failures as Record<string, unknown>[])[0]?.index, 1);
  });
});

Deno.test("every output fails: an error with the code of the first, and no record", async () => {
  const fault = { fault: "error", level: "output", message: "bad luck" } as const;
  await withService({ faults: [fault] }, async ({ json, cwd }) => {
    const { code, object } = await json(["-n", "2", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.success, object.errorCode], [1, false, "PROJECT_FAILED"]);
    assertEquals(await fs.readdir(cwd), []);
    assertEquals((await json(["--last"])).object.errorCode, "NO_LAST_RENDER");
  });
});

Deno.test("one of three withheld by the content filter: exit 10, and the rest is delivered", async () => {
  const fault = { fault: "filtered", output: 0 } as const;
  await withService({ faults: [fault] }, async ({ json, run }) => {
    const { code, object } = await json(["-n", "3", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.success, object.withheld], [10, true, 1]);
    assertEquals((object.localPaths as string[]).length, 2);
    const text = await run(["-n", "3", "a cat"]);
    assertEquals([text.code, text.stdout.trimEnd().split("\n").length], [10, 2]);
    assertStringIncludes(text.stderr, "1 of 3 results were withheld");
    assertEquals(text.stderr.match(/Image \d\/\d completed/g), [
      "Image 1/3 completed",
      "Image 2/3 completed",
    ]);
  });
});

Deno.test("all withheld is an error that says what can be done", async () => {
  await withService({ faults: [{ fault: "filtered" }] }, async ({ json, cwd }) => {
    const { code, object, stderr } = await json(["-n", "2", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.errorCode], [1, "CONTENT_FILTERED"]);
    assertEquals([object.errorCategory, object.retryable], ["content_refused", false]);
    assertStringIncludes(String(object.hint), "--no-filter");
    assertEquals(stderr.includes("completed"), false, stderr);
    assertEquals(await fs.readdir(cwd), []);
  });
});

Deno.test("a result that is only marked is delivered", async () => {
  await withService({ faults: [{ fault: "filtered", detected: true }] }, async ({ json }) => {
    const { code, object } = await json(["a cat"]);
    assertEquals([code, (object.urls as string[]).length], [0, 1]);
  });
});
