import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { inPlace } from "../support/agent.ts";
import { wireRequests, withService } from "../support/service.ts";

Deno.test("--last before anything was made is NO_LAST_RENDER", async () => {
  await inPlace(async ({ run, json }) => {
    const { code, object } = await json(["--last"]);
    assertEquals([code, object.success, object.errorCode], [1, false, "NO_LAST_RENDER"]);
    assertEquals(typeof object.hint, "string");
    const text = await run(["--last"]);
    assertEquals([text.code, text.stdout], [1, ""]);
    assertMatch(text.stderr, /^Error: .+\nHint: .+\n$/);
  });
});

Deno.test("--last shows what was made: as the file says in text, as one object with --json", async () => {
  await withService({}, async ({ run, json, home }) => {
    const line = ["-Q", "fast", "-n", "2", "-s", "5", "-o", "cat.png", "a cat"];
    const { object: made } = await json(line);
    const file = await fs.readFile(`${home}/.config/sogni/last-render.json`, "utf8");
    const text = await run(["--last"]);
    assertEquals([text.code, text.stdout.trimEnd()], [0, file.trimEnd()]);
    const { code, object } = await json(["--last"]);
    assertEquals([code, object], [0, { success: true, ...JSON.parse(file) }]);
    const { timestamp, projectId, quality, ...record } = object;
    // The record is the result, and what the result does not need to say.
    assertEquals(record, made);
    assertEquals([projectId, quality], [(made.projectIds as string[])[0], "fast"]);
    assertMatch(String(timestamp), /^\d{4}-\d\d-\d\dT.*Z$/);
  });
});

Deno.test("the record is written after the files: what it names is on disk", async () => {
  await withService({}, async ({ run, home, path }) => {
    await run(["-q", "-o", "first.png", "a cat"]);
    await run(["-q", "-s", "9", "a dog"]);
    const record = JSON.parse(await fs.readFile(`${home}/.config/sogni/last-render.json`, "utf8"));
    assertEquals([record.prompt, record.seed, record.localPath], ["a dog", 9, null]);
    await run(["-q", "-o", "second.png", "a fox"]);
    const next = JSON.parse(await fs.readFile(`${home}/.config/sogni/last-render.json`, "utf8"));
    assertEquals(next.localPath, "second.png");
    assert((await fs.stat(path("second.png"))).size > 0);
  });
});

Deno.test("what follows --last is not looked at", async () => {
  await inPlace(async ({ run }) => {
    const { code, stderr } = await run(["--last", "--steps", "none"]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "No render has been recorded");
  });
});

Deno.test("a record that is no JSON is shown as it is, and a failed run leaves the old one", async () => {
  await withService({ faults: [{ fault: "error" }] }, async ({ run, json, home }) => {
    await fs.mkdir(`${home}/.config/sogni`, { recursive: true });
    await fs.writeFile(`${home}/.config/sogni/last-render.json`, "not json\n");
    assertEquals((await run(["-q", "a cat"])).code, 1);
    const { code, object } = await json(["--last"]);
    assertEquals([code, object], [0, { success: true, raw: "not json\n" }]);
  });
});

Deno.test("SOGNI_LAST_RENDER_PATH moves the record", async () => {
  await withService({}, async ({ run, path }) => {
    const env = { SOGNI_LAST_RENDER_PATH: "state/mine.json" };
    await run(["-q", "a cat"], { env });
    assertEquals(JSON.parse(await fs.readFile(path("state/mine.json"), "utf8")).prompt, "a cat");
    assertEquals((await run(["--last"], { env })).code, 0);
  });
});

Deno.test("a record that is no JSON stops --last-image, and costs --last-seed only its seed", async () => {
  await inPlace(async ({ run, json, home }) => {
    const file = `${home}/.config/sogni/last-render.json`;
    await fs.mkdir(`${home}/.config/sogni`, { recursive: true });
    await fs.writeFile(file, "{half");
    const stopped = await json(["--last-image", "--dry-run", "a cat"]);
    assertEquals([stopped.code, stopped.object.errorCode], [1, "STATE_FILE_DAMAGED"]);
    const seed = await run(["-q", "--last-seed", "--dry-run", "a cat"]);
    assertEquals(seed.code, 0);
    assertStringIncludes(seed.stderr, "cannot be understood");
    assertEquals(await fs.readFile(file, "utf8"), "{half");
  });
});

Deno.test("--last-image takes the URL of a render that was not saved, where it comes from the service in use", async () => {
  await withService({}, async ({ json }, service) => {
    const { object } = await json(["a cat"]);
    const edit = await json(["--last-image", "make it blue"]);
    assertEquals([edit.code, edit.object.contextImages], [0, object.urls], edit.stderr);
    const [, request] = wireRequests(service);
    assertEquals(request?.frame.hasContextImage1, true);
    const other = await json(["-c", String((object.urls as string[])[0]), "make it blue"]);
    assertEquals([other.code, other.object.errorCode], [1, "INVALID_URL"]);
  });
});
