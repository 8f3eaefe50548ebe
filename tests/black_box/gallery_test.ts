/** `gallery`: a page that holds everything it shows, but for films and sound. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import * as fs from "node:fs/promises";
import { imageSize } from "../../lib/media/image/size.ts";
import { withService } from "../support/service.ts";

Deno.test("the page holds small pictures of what was saved, and says what is gone", async () => {
  await withService({}, async ({ run, json, path }) => {
    await run(["-o", "fox.png", "--width", "1024", "--height", "512", "a <red> fox"]);
    await run(["-o", "gone.jpg", "a hare"]);
    await run(["a crow that nobody keeps"]);
    await fs.rm(path("gone.jpg"));
    const { code, object } = await json(["gallery"]);
    assertEquals(
      [code, object.outputPath, object.renders, object.files, object.missing],
      [0, "sogni-gallery.html", 2, 2, 1],
    );
    const page = await fs.readFile(path("sogni-gallery.html"), "utf8");
    assertStringIncludes(page, "a &lt;red&gt; fox");
    assertStringIncludes(page, "no longer there");
    assert(!page.includes("<script") && !/src="https?:/.test(page));
    const [, data = ""] = /src="data:image\/jpeg;base64,([^"]+)"/.exec(page) ?? [];
    const small = imageSize(new Uint8Array(Buffer.from(data, "base64")));
    assertEquals([small?.width, small?.height], [480, 240]);
    const some = await run(["gallery", "hare", "-o", "hares.html"]);
    assertEquals(some.stdout, "hares.html\n");
    assert(!(await fs.readFile(path("hares.html"), "utf8")).includes("fox"));
  });
});

Deno.test("a page that cannot be written is an error with its code", async () => {
  await withService({}, async ({ json, path }) => {
    await fs.mkdir(path("folder"));
    const { code, object } = await json(["gallery", "-o", "folder"]);
    assertEquals([code, object.errorCode], [1, "OUTPUT_WRITE_FAILED"]);
  });
});
