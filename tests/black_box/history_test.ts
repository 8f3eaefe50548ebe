/** `history`: what was made is found again, and made again. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readPicture } from "../support/pictures.ts";
import { wireRequests, withService } from "../support/service.ts";

type Render = { jobId: string; prompt: string; model: string; localPaths: string[] };

Deno.test("history finds renders by words, model and date, newest first", async () => {
  await withService({}, async ({ run, json, path }) => {
    await run(["-o", "fox.png", "a red fox"]);
    await run(["-o", "hare.png", "-m", "flux1-schnell-fp8", "a white hare"]);
    await run(["a fox that nobody keeps"]);
    const found = async (...words: string[]) => {
      const { object, code } = await json(["history", ...words]);
      assertEquals([code, object.type], [0, "history"]);
      return (object.renders as Render[]).map(({ prompt }) => prompt);
    };
    assertEquals((await found()).slice(-2), ["a white hare", "a red fox"]);
    assertEquals(await found("RED", "fox"), ["a red fox"]);
    assertEquals(await found("-m", "schnell"), ["a white hare"]);
    const day = new Date().toISOString().slice(0, 7);
    assertEquals(await found(day, "hare"), ["a white hare"]);
    assertEquals(await found("1999"), []);
    const { stdout } = await run(["history", "hare"]);
    assertStringIncludes(stdout, path("hare.png"));
    assertEquals((await run(["history", "nothing of this"])).stdout, "Nothing was found.\n");
  });
});

Deno.test("rerun sends the same plan; --vary another seed", async () => {
  await withService({}, async ({ run, json, path }, service) => {
    await run(["-n", "2", "-o", "fox.png", "--width", "768", "a red fox"]);
    const [first] = (await json(["history"])).object.renders as Render[];
    assert(first);
    const again = await json(["history", "rerun", first.jobId, "-o", "same.png"]);
    assertEquals([again.code, again.object.success], [0, true], again.stderr);
    const varied = await json(["history", "rerun", first.jobId, "--vary", "-o", "other.png"]);
    assertEquals(varied.code, 0, varied.stderr);
    const frames = wireRequests(service).map(({ frame }) => frame);
    assertEquals(frames.length, 3);
    assertEquals({ ...frames[1] }, { ...frames[0] });
    const { seed: old, ...rest } = frames[0] ?? {};
    const { seed: drawn, ...others } = frames[2] ?? {};
    assert(drawn !== old);
    assertEquals(others, rest);
    const [one, two] = [await readPicture(path("fox.png")), await readPicture(path("same.png"))];
    assertEquals([one.width, two.width, one.mime], [768, 768, two.mime]);
    assertEquals(again.object.localPaths, ["same.png", "same-2.png"]);
  });
});

Deno.test("rerun refuses what it cannot do, unsent", async () => {
  await withService({}, async ({ run, json }, service) => {
    await run(["a red fox"]);
    const sent = wireRequests(service).length;
    for (
      const [args, code, words] of [
        [["history", "rerun"], "INVALID_ARGUMENT", "one id"],
        [["history", "rerun", "0zzzzz"], "JOB_NOT_FOUND", "0zzzzz"],
        [["history", "rerun", "a", "b"], "INVALID_ARGUMENT", "one id"],
        [["--vary", "a fox"], "INVALID_ARGUMENT", "--vary"],
        [["history", "rerun", "a", "--width", "512"], "INVALID_ARGUMENT", "--width"],
      ] as const
    ) {
      const { object, code: exit } = await json(args);
      assertEquals([exit, object.errorCode], [1, code], String(args));
      assertStringIncludes(String(object.error), words);
    }
    assertEquals(wireRequests(service).length, sent);
  });
});
