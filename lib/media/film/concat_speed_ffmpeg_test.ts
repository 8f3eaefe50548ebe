/** Joining must cost about as much as ffmpeg's own stream copy; the bench holds the tight figure. */
import { assert, assertEquals } from "@std/assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { concatVideos } from "./concat.ts";
import { ffmpeg, inFolder, makeClip, measure, testHost } from "./test_clips.ts";

const ROUNDS = 5;

Deno.test("joining two matching clips is not slower than a plain copy", async () => {
  await inFolder(async (folder) => {
    const recipe = { size: "1280x720", seconds: 10 };
    const clips = [
      await makeClip(join(folder, "a.mp4"), recipe),
      await makeClip(join(folder, "b.mp4"), { ...recipe, tone: 880 }),
    ];
    const list = join(folder, "list.txt");
    await writeFile(list, clips.map((clip) => `file '${clip}'\n`).join(""));
    const plain = join(folder, "plain.mp4");
    const output = join(folder, "out.mp4");
    const times = { plain: Infinity, ours: Infinity };
    for (let round = 0; round < ROUNDS; round++) {
      times.plain = Math.min(
        times.plain,
        await timed(() => ffmpeg(["-f", "concat", "-safe", "0", "-i", list, "-c", "copy", plain])),
      );
      times.ours = Math.min(
        times.ours,
        await timed(() => concatVideos(testHost(folder), { output, clips })),
      );
    }
    assertEquals((await measure(output)).frames, 480);
    const ratio = times.ours / times.plain;
    assert(ratio <= 2.5, `${times.ours} ms against ${times.plain} ms`);
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
