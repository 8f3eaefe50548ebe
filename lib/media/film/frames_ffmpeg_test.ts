import { assert, assertEquals, assertRejects } from "@std/assert";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { parseProbe } from "../ffmpeg/probe_json.ts";
import { extractFrame, lastSeeks } from "./frames.ts";
import { type ClipRecipe, ffmpeg, frameSums, inFolder, makeClip, testHost } from "./test_clips.ts";

/** Checksum of an image's pixels, and of each picture of a film, in the same form. */
async function pixels(path: string): Promise<string[]> {
  const args = ["-i", `file:${path}`, "-map", "0:V:0", "-pix_fmt", "rgb24"];
  const output = await ffmpeg([...args, "-f", "framemd5", "-"]);
  return new TextDecoder().decode(output).split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(",").at(-1)?.trim() ?? "");
}

const LOSSLESS = ["-c:v", "libx264", "-preset", "medium", "-pix_fmt", "yuv420p"];

Deno.test("the first and the last picture are found in all kinds of clips", async () => {
  await inFolder(async (folder) => {
    const rows: readonly (ClipRecipe & { name: string })[] = [
      { name: "plain.mp4", video: LOSSLESS },
      { name: "short.mp4", seconds: 0.3, video: LOSSLESS },
      { name: "one.mp4", seconds: 0.04, fps: "25", sound: 0.2, video: LOSSLESS },
      { name: "outlasted.mp4", seconds: 1, sound: 4, video: LOSSLESS },
      { name: "outlasted.mkv", seconds: 1, sound: 4, video: LOSSLESS },
      { name: "silent.webm", sound: 0, video: ["-c:v", "libvpx-vp9", "-cpu-used", "8"] },
      { name: "slow.mp4", fps: "2", seconds: 3, video: LOSSLESS },
      { name: "fragments.mp4", more: ["-movflags", "frag_keyframe+empty_moov"] },
    ];
    for (const recipe of rows) {
      const video = await makeClip(join(folder, recipe.name), recipe);
      const host = testHost(folder);
      const all = await pixels(video);
      for (const choice of ["first", "last"] as const) {
        const image = join(folder, `${recipe.name}-${choice}.png`);
        await extractFrame(host, choice, video, image);
        const expected = all.at(choice === "first" ? 0 : -1);
        assertEquals(await pixels(image), [expected ?? ""], `${recipe.name} ${choice}`);
      }
    }
  });
});

Deno.test("a film that was cut off still has a last picture", async () => {
  await inFolder(async (folder) => {
    const whole = await makeClip(join(folder, "whole.mkv"), { seconds: 8, fps: "10", sound: 0 });
    const bytes = await readFile(whole);
    const video = join(folder, "cut.mkv");
    await writeFile(video, bytes.subarray(0, Math.floor(bytes.length * 0.4)));
    const image = join(folder, "last.png");
    await extractFrame(testHost(folder), "last", video, image);
    assertEquals(await pixels(image), [(await pixels(video)).at(-1) ?? ""]);
  });
});

Deno.test("the image's format follows its name", async () => {
  await inFolder(async (folder) => {
    const video = await makeClip(join(folder, "a.mp4"));
    const rows: readonly [string, readonly number[]][] = [
      ["x.png", [0x89, 0x50]],
      ["x.jpg", [0xff, 0xd8]],
      ["x.JPEG", [0xff, 0xd8]],
      ["x.webp", [0x52, 0x49]],
      ["x.bmp", [0x42, 0x4d]],
      ["50%d-%03d.png", [0x89, 0x50]],
    ];
    const host = testHost(folder);
    for (const [name, head] of rows) {
      const image = join(folder, name);
      await extractFrame(host, "last", video, image);
      assertEquals([...(await host.files.readRange(image, 0, 2))], head, name);
    }
    const names = (await readdir(folder)).sort();
    assertEquals(names, ["a.mp4", ...rows.map(([name]) => name)].sort());
  });
});

Deno.test("failures carry the contract's details and leave nothing", async () => {
  await inFolder(async (folder) => {
    const video = await makeClip(join(folder, "a.mp4"));
    const song = await makeClip(join(folder, "song.m4a"), { more: ["-vn"] });
    const text = join(folder, "text.mp4");
    await writeFile(text, "no film");
    const rows = [
      [text, "x.png"],
      [song, "x.png"],
      [video, "x.mp4"],
      [video, "x"],
      [video, "no/such/folder.png"],
    ];
    const before = (await readdir(folder)).sort();
    for (const [input = "", output = ""] of rows) {
      const image = join(folder, output);
      const error = await assertRejects(
        () => extractFrame(testHost(folder), "last", input, image),
        AppError,
      );
      assertEquals(error.code, "FFMPEG_EXTRACT_FAILED", output);
      const keys = ["videoPath", "outputImagePath", "stderr", "stdout", "status"];
      assertEquals(Object.keys(error.details ?? {}), keys);
    }
    assertEquals((await readdir(folder)).sort(), before);
    assert((await frameSums(video)).length > 0);
  });
});

Deno.test("places to look for the last picture, the quickest first", () => {
  const film = (video: object, format: object) =>
    parseProbe(JSON.stringify({
      streams: [{ codec_type: "video", width: 2, height: 2, avg_frame_rate: "25/1", ...video }],
      format,
    }));
  const rows: readonly [ReturnType<typeof film>, number[]][] = [
    [undefined, [0]],
    [film({}, {}), [0]],
    [film({ duration: "10" }, { duration: "10" }), [9.9, 9, 5, 0]],
    [film({ duration: "10" }, { duration: "60" }), [9.9, 9, 5, 0]],
    [film({}, { duration: "0.5" }), [0.4, 0]],
    [film({ duration: "2", start_time: "1" }, { duration: "3" }), [2.9, 2, 0]],
  ];
  for (const [probe, expected] of rows) assertEquals(lastSeeks(probe), expected);
});
