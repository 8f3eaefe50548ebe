import { assertEquals, assertRejects } from "@std/assert";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, testHost } from "../media/film/test_clips.ts";
import { IMPORT_INPUT, importMedia } from "./import_media.ts";
import { ToolInputError } from "./tool.ts";

const DATA = btoa("one");
const piece = (fields: Record<string, unknown>) => IMPORT_INPUT().parse({ data: DATA, ...fields });

Deno.test("pieces become one file of the inbox, names are kept apart", async () => {
  await inFolder(async (folder) => {
    const inbox = join(folder, "in", "box");
    const host = testHost(folder);
    const first = await importMedia(piece({ filename: "../../a.PNG" }), host, inbox);
    const again = await importMedia(piece({ filename: "C:\\x\\a.PNG" }), host, inbox);
    assertEquals([first.path, first.bytes], [join(inbox, "a.PNG"), 3]);
    assertEquals(again.path, join(inbox, "a-2.PNG"));
    const more = await importMedia(
      piece({ data: ` ${btoa("two")}\n`, append_to_path: first.path }),
      host,
      inbox,
    );
    assertEquals([more.path, more.bytes], [first.path, 6]);
    assertEquals(await readFile(first.path, "utf8"), "onetwo");
    assertEquals((await readdir(inbox)).sort(), ["a-2.PNG", "a.PNG"]);
  });
});

for (
  const [what, fields] of [
    ["no name", {}],
    ["a program", { filename: "a.exe" }],
    ["a name without an extension", { filename: "png" }],
    ["what is no base64", { data: "a*b=", filename: "a.png" }],
    ["base64 that was cut off", { data: "abc", filename: "a.png" }],
    ["a piece that is too large", { data: "AAAA".repeat(700_000), filename: "a.png" }],
  ] as [string, Record<string, unknown>][]
) {
  Deno.test(`refuses ${what}`, async () => {
    await inFolder(async (folder) => {
      const host = testHost(folder);
      await assertRejects(() => importMedia(piece(fields), host, folder), ToolInputError);
      assertEquals(await readdir(folder), []);
    });
  });
}

Deno.test("appends to files of the inbox alone, links followed", async () => {
  await inFolder(async (folder) => {
    const inbox = join(folder, "inbox");
    await mkdir(inbox);
    const secret = join(folder, "secret.png");
    await writeFile(secret, "secret");
    await symlink(secret, join(inbox, "link.png"));
    const host = testHost(folder);
    for (const path of [secret, join(inbox, "..", "secret.png"), join(inbox, "link.png"), "gone"]) {
      await assertRejects(
        () => importMedia(piece({ append_to_path: path }), host, inbox),
        ToolInputError,
        "append_to_path",
      );
    }
    assertEquals(await readFile(secret, "utf8"), "secret");
  });
});
