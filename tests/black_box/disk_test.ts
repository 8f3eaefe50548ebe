/** Places that cannot be written: seen before anything is paid for, or told with the URL. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { wasTouched, withService } from "../support/service.ts";

Deno.test("a path below a file is OUTPUT_WRITE_FAILED before anything is sent", async () => {
  await withService({}, async ({ json, path }, service) => {
    await fs.writeFile(path("file.txt"), "");
    const { code, object } = await json(["-o", "file.txt/cat.png", "a cat"]);
    assertEquals([code, object.errorCode], [1, "OUTPUT_WRITE_FAILED"]);
    const details = object.errorDetails as Record<string, unknown>;
    assertStringIncludes(String(details.filePath), "cat.png");
    assertMatch(String(details.cause), /^E[A-Z]+$/);
    assertEquals(typeof object.hint, "string");
    assert(!wasTouched(service));
  });
});

Deno.test("a read-only folder is OUTPUT_WRITE_FAILED before anything is sent", async () => {
  await withService({}, async ({ json, path, cwd, home }, service) => {
    await fs.mkdir(path("locked"), { mode: 0o555 });
    // The rights of files do not hold for root, who gives them up here.
    const isRoot = Deno.uid() === 0;
    if (isRoot) { for (const folder of [cwd, home]) await fs.chown(folder, 65534, 65534); }
    const wrapper = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"];
    const { code, object } = await json(["-o", "locked/cat.png", "a cat"], {
      ...(isRoot ? { wrapper } : {}),
    });
    assertEquals([code, object.errorCode], [1, "OUTPUT_WRITE_FAILED"]);
    assertEquals((object.errorDetails as Record<string, unknown>).cause, "EACCES");
    assertMatch(String(object.hint), /not writable/);
    assert(!wasTouched(service));
  });
});

Deno.test("a name that is too long is OUTPUT_WRITE_FAILED before anything is sent", async () => {
  await withService({}, async ({ json }, service) => {
    const { object } = await json(["-o", `${"long".repeat(100)}.png`, "a cat"]);
    assertEquals(object.errorCode, "OUTPUT_WRITE_FAILED");
    assertMatch(String(object.hint), /too long/);
    assert(!wasTouched(service));
  });
});

Deno.test("a folder where one of several files shall go costs only that file, and its URL is told", async () => {
  await withService({}, async ({ json, path }) => {
    await fs.mkdir(path("cat-2.png"));
    const { code, object } = await json(["-n", "2", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.partial, object.localPaths], [0, true, ["cat.png", null]]);
    assertEquals((object.urls as string[]).length, 2);
    const [failure] = object.failures as Record<string, unknown>[];
    assertEquals([failure?.index, failure?.errorCode], [1, "OUTPUT_WRITE_FAILED"]);
  });
});

Deno.test("a result above the limit of files (ulimit -f) is OUTPUT_WRITE_FAILED, and --last has its URL", async () => {
  await withService({}, async ({ json, cwd, home }, service) => {
    // 256 blocks of 512 bytes; the signal that comes with the limit is ignored, as ENOSPC has none.
    const wrapper = ["sh", "-c", `trap '' XFSZ; ulimit -f 256; exec "$0" "$@"`];
    const line = ["-w", "1536", "-h", "1536", "-o", "cat.png", "a cat"];
    // The sources' own caches shall not meet the limit.
    const env = { DENO_DIR: `${home}/deno` };
    const { code, object } = await json(line, { wrapper, env });
    assertEquals([code, object.errorCode], [1, "OUTPUT_WRITE_FAILED"], JSON.stringify(object));
    const details = object.errorDetails as Record<string, unknown>;
    assertEquals(details.cause, "EFBIG");
    assertMatch(String((details.urls as string[])[0]), /^http:/);
    assertStringIncludes(String(object.hint), "sogni-agent --last");
    assertEquals(await fs.readdir(cwd), []);
    assertEquals(service.recorder.requests(/^.storage.results/, "GET").length, 1);
    const [url = ""] = (await json(["--last"])).object.urls as string[];
    const answer = await fetch(url);
    assertEquals(answer.status, 200);
    await answer.body?.cancel();
  });
});
