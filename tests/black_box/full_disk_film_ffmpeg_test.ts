/** Films on a disk that is really full or read-only: a code, a remedy, and the old file stays. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { inPlace, type Place } from "../support/agent.ts";
import { canMount, contents, onSmallDisk } from "../support/small_disk.ts";

function makeClip({ path: at }: Place, name: string, size: string): void {
  const { status, stderr } = spawnSync("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", `testsrc2=s=${size}:r=24:d=2`],
    ...["-f", "lavfi", "-i", "sine=d=2", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", at(name)],
  ], { encoding: "utf8" });
  assertEquals(status, 0, stderr);
}

const LINES: readonly [args: string[], code: string][] = [
  [["--concat-videos", "out/film.mp4", "a.mp4", "b.mp4"], "FFMPEG_FAILED"],
  [["--concat-videos", "out/film.mp4", "a.mp4", "small.mp4"], "FFMPEG_FAILED"],
  [["--concat-videos", "out/film.mkv", "a.mp4", "b.mp4"], "FFMPEG_FAILED"],
  [["--remix-audio", "a.mp4", "out/film.mp4", "--audio-fade-in", "1"], "FFMPEG_FAILED"],
  [["--extract-last-frame", "a.mp4", "out/frame.png"], "FFMPEG_EXTRACT_FAILED"],
  [["--extract-first-frame", "a.mp4", "out/frame.png"], "FFMPEG_EXTRACT_FAILED"],
];

Deno.test({
  name: "a film or frame that does not fit leaves the old file and says what helps",
  ignore: !canMount(),
  fn: () =>
    inPlace(async (place) => {
      for (const [name, size] of [["a", "640x360"], ["b", "640x360"], ["small", "320x240"]]) {
        makeClip(place, `${name}.mp4`, size ?? "");
      }
      const folder = place.path("out");
      await fs.mkdir(folder);
      const old = { "film.mkv": "old", "film.mp4": "old", "frame.png": "old" };
      for (const [name, text] of Object.entries(old)) {
        await fs.writeFile(path.join(folder, name), text);
      }
      for (const [number, [args, code]] of LINES.entries()) {
        const kept = place.path(`kept-${number}`);
        const wrapper = onSmallDisk({ folder, kept, freeKiB: 8 });
        const { object } = await place.json(args, { wrapper });
        const name = args.join(" ");
        assertEquals(object.errorCode, code, name);
        assertMatch(String(object.error), /the disk is full\.$/, name);
        assertStringIncludes(String(object.hint), "Free some space", name);
        assertEquals(await contents(kept), old, name);
      }

      const wrapper = onSmallDisk({ folder, kept: place.path("ro"), freeKiB: 8, readOnly: true });
      const [[args] = [[]]] = LINES;
      const { object } = await place.json(args, { wrapper });
      assertEquals(object.errorCode, "FFMPEG_FAILED");
      assertMatch(String(object.error), /the file system is read-only\.$/);
    }),
});

Deno.test({
  name: "a temporary folder that is full or read-only is told as such",
  ignore: !canMount(),
  fn: () =>
    inPlace(async (place) => {
      makeClip(place, "a.mp4", "640x360");
      makeClip(place, "small.mp4", "320x240");
      const folder = place.path("tmp");
      await fs.mkdir(folder);
      const env = { TMPDIR: folder };
      const line = ["--concat-videos", "film.mp4", "a.mp4", "small.mp4"];
      const run = async (readOnly: boolean) => {
        const kept = place.path(`kept-${readOnly}`);
        const wrapper = onSmallDisk({ folder, kept, freeKiB: 8, readOnly });
        const { object } = await place.json(line, { wrapper, env });
        assertEquals(await contents(kept), {});
        return object;
      };
      const full = await run(false);
      assertEquals(full.errorCode, "FFMPEG_FAILED");
      assertStringIncludes(String(full.error), "the disk is full");
      const locked = await run(true);
      assertEquals(locked.errorCode, "TEMP_FOLDER_FAILED");
      assertStringIncludes(String(locked.hint), "TMPDIR");
    }),
});
