import { assertEquals, assertRejects } from "@std/assert";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { probe } from "../ffmpeg/probe.ts";
import { inputPath, localPath, replacesInput } from "../local_path.ts";
import { concatVideos } from "./concat.ts";
import { extractFrame } from "./frames.ts";
import { remixAudio } from "./remix.ts";
import { type ClipRecipe, inFolder, makeClip, measure, testHost } from "./test_clips.ts";

const NAMES = [
  "-i.mp4",
  "--help",
  "%d.mp4",
  "%03d-%%.mp4",
  'it\'s "quoted" `$(x)`.mp4',
  "concat:a.mp4|b.mp4",
  "file:x.mp4",
  "http:example.mp4",
  "pipe:0",
  "a;b&c|d>e.mp4",
  "tab\there.mp4",
  "🎬🎞️ – ñ.mp4",
  "  blank  .mp4",
  "*?[x].mp4",
  "back\\slash.mp4",
  `${"n".repeat(251)}.mp4`,
  `${"é".repeat(125)}.mp4`,
];

Deno.test("hostile names are just names, as inputs and as outputs", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    const small: ClipRecipe = { size: "64x64", seconds: 0.5 };
    const plain = await makeClip(join(folder, "plain.mp4"), small);
    const bytes = await readFile(plain);
    for (const name of NAMES) {
      const home = await host.files.makeTempDir("name-");
      const clip = join(home, name);
      await writeFile(clip, bytes);
      const film = join(home, "film.mp4");
      await concatVideos(host, { output: film, clips: [clip, clip] });
      await extractFrame(host, "first", clip, join(home, "first.png"));
      const output = join(home, `out-${name.slice(4)}.mp4`.slice(-200));
      await remixAudio(host, clip, output, { bed: clip });
      assertEquals((await measure(output)).frames, 12, name);
      const names = ["film.mp4", "first.png", output.slice(home.length + 1), name];
      assertEquals((await readdir(home)).sort(), names.sort(), name);
      assertEquals((await host.files.stat(film))?.kind, "file");
    }
  });
});

Deno.test("playlists and scripts that point elsewhere are not followed", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    const secret = await makeClip(join(folder, "secret.mp4"), { size: "64x64" });
    const picture = join(folder, "seq-1.png");
    await extractFrame(host, "first", secret, picture);
    const traps: Record<string, string> = {
      "list.m3u8": `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`,
      "list.mp4": `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`,
      "list.ffconcat": `ffconcat version 1.0\nfile ${secret}\n`,
      "concat.mp4": `ffconcat version 1.0\nfile ${secret}\n`,
      "net.m3u8": "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
      "session.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n" +
        "m=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    };
    for (const [name, text] of Object.entries(traps)) {
      const trap = join(folder, name);
      await writeFile(trap, text);
      assertEquals(await probe(host, trap, "test"), undefined, name);
      const output = join(folder, "out.mp4");
      const works = [
        () => concatVideos(host, { output, clips: [secret, trap] }),
        () => extractFrame(host, "first", trap, join(folder, "out.png")),
        () => remixAudio(host, secret, output, { bed: trap }),
      ];
      for (const work of works) await assertRejects(work, AppError);
      assertEquals(await host.files.stat(output), undefined, name);
      assertEquals(await host.files.stat(join(folder, "out.png")), undefined, name);
    }
    // A name like that of an image sequence opens no other picture.
    await writeFile(join(folder, "seq-%d.png"), "nothing");
    await assertRejects(
      () => extractFrame(host, "first", join(folder, "seq-%d.png"), join(folder, "out.png")),
      AppError,
    );
  });
});

Deno.test("paths: control characters, home, missing files, folders", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    for (const path of ["a\0b", "a\nb", "a\rb", "\u001b[31m", "a\u007f"]) {
      try {
        localPath(host, "--bed-audio", path);
        throw new Error("accepted");
      } catch (error) {
        assertEquals((error as AppError).code, "INVALID_PATH");
        assertEquals((error as AppError).message.startsWith("--bed-audio holds"), true);
      }
    }
    assertEquals(localPath(host, "x", "~"), join(folder, "home"));
    assertEquals(localPath(host, "x", "~/a"), join(folder, "home", "a"));
    assertEquals(localPath(host, "x", "~a"), join(folder, "~a"));
    assertEquals(localPath(host, "x", "-a"), join(folder, "-a"));
    for (const path of ["absent.mp4", ".", "http://127.0.0.1/x.mp4"]) {
      const error = await assertRejects(() => inputPath(host, "x", path), AppError);
      assertEquals(error.code, "FILE_NOT_FOUND", path);
      assertEquals(error.message.includes(join(folder, path)), true, error.message);
    }
    await writeFile(join(folder, "a"), "");
    await writeFile(join(folder, "b"), "");
    const at = (name: string) => join(folder, name);
    assertEquals(await replacesInput(host, at("a"), [at("b"), at("./a")]), true);
    assertEquals(await replacesInput(host, at("a"), [at("b")]), false);
    assertEquals(await replacesInput(host, at("new"), [at("a")]), false);
  });
});
