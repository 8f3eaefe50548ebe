import { assertEquals, assertRejects } from "@std/assert";
import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { listMedia, mediaFolder } from "./list_media.ts";
import { inFolder, testHost } from "./test_clips.ts";

/** Files with rising age: the first is the newest. */
async function fill(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, name] of names.entries()) {
    const path = join(folder, name);
    await writeFile(path, "x".repeat(index + 1));
    await utimes(path, 2_000_000 - index, 2_000_000 - index);
  }
}

Deno.test("lists the newest files of a kind", async () => {
  await inFolder(async (root) => {
    const folder = join(root, "inbound");
    await fill(folder, [
      "a.png",
      "b.MP3",
      "c.JPG",
      "d.mp4",
      "e.gif",
      "f.webp",
      "g.jpeg",
      "h.png",
      "i.ogg",
    ]);
    await mkdir(join(folder, "folder.png"));
    await symlink(join(folder, "a.png"), join(folder, "link.png"));
    const host = testHost(root);
    const names = async (kind: "images" | "audio" | "all") =>
      (await listMedia(host, folder, kind)).map((file) => file.name).join(" ");
    assertEquals(await names("images"), "a.png c.JPG e.gif f.webp g.jpeg");
    assertEquals(await names("audio"), "b.MP3 i.ogg");
    assertEquals(await names("all"), "a.png b.MP3 c.JPG e.gif f.webp");
    assertEquals((await listMedia(host, folder, "audio"))[0], {
      path: join(folder, "b.MP3"),
      name: "b.MP3",
      size: 2,
      modified: new Date(1_999_999_000).toISOString(),
    });
    assertEquals(await listMedia(host, join(root, "absent"), "all"), []);
  });
});

Deno.test("a folder that is a link may stay inside its parent only", async () => {
  await inFolder(async (root) => {
    const elsewhere = join(root, "elsewhere");
    await fill(elsewhere, ["secret.png"]);
    await fill(join(root, "media", "real"), ["fine.png"]);
    await symlink(elsewhere, join(root, "media", "out"));
    await symlink(join(root, "media", "real"), join(root, "media", "in"));
    const host = testHost(root);
    const error = await assertRejects(
      () => listMedia(host, join(root, "media", "out"), "all"),
      AppError,
    );
    assertEquals(error.code, "INVALID_PATH");
    const inside = await listMedia(host, join(root, "media", "in"), "all");
    assertEquals(inside.map((file) => file.name), ["fine.png"]);
  });
});

Deno.test("where the folder is", async () => {
  await inFolder(async (root) => {
    const home = join(root, "home");
    const host = testHost(root);
    const usual = join(home, ".openclaw/media/inbound");
    assertEquals(await mediaFolder(host, undefined), usual);
    const legacy = join(home, ".clawdbot/media/inbound");
    await mkdir(legacy, { recursive: true });
    assertEquals(await mediaFolder(host, undefined), legacy);
    await mkdir(usual, { recursive: true });
    assertEquals(await mediaFolder(host, undefined), usual);
    assertEquals(await mediaFolder(host, "~/mine"), join(home, "mine"));
    const named = testHost(root, { SOGNI_MEDIA_INBOUND_DIR: "~/in" });
    assertEquals(await mediaFolder(named, "/conf"), join(home, "in"));
    const bad = testHost(root, { SOGNI_MEDIA_INBOUND_DIR: "/a\u0007" });
    assertEquals((await assertRejects(() => mediaFolder(bad, "x"), AppError)).code, "INVALID_PATH");
  });
});
