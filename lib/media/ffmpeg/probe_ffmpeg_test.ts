import { assertEquals } from "@std/assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, makeClip, testHost } from "../film/test_clips.ts";
import { probe } from "./probe.ts";
import { parseBanner } from "./probe_banner.ts";
import { parseProbe } from "./probe_json.ts";
import { progressOf } from "./progress.ts";

Deno.test("ffprobe and the banner of ffmpeg agree on what matters", async () => {
  await inFolder(async (folder) => {
    const recipes = [
      { name: "a.mp4", fps: "30000/1001", rate: 48000, channels: 1 },
      {
        name: "b.webm",
        fps: "25",
        video: ["-c:v", "libvpx-vp9"],
        audio: ["-c:a", "libopus"],
        rate: 48000,
      },
      { name: "c.mov", fps: "24", sound: 0, video: ["-c:v", "mpeg4"] },
      { name: "d.m4a", more: ["-vn"] },
    ];
    for (const { name, ...recipe } of recipes) {
      const path = await makeClip(join(folder, name), recipe);
      const asked = await probe(testHost(folder), path, "test");
      const host = testHost(folder, { FFPROBE_PATH: join(folder, "absent") });
      const fallback = await probe(host, path, "test");
      const outline = (found: typeof asked) => [
        found?.video?.codec,
        found?.video?.width,
        found?.video?.height,
        found?.video?.fps,
        found?.video?.rotation,
        found?.audio?.codec,
        found?.audio?.sampleRate,
        found?.audio?.channels,
        Math.round((found?.durationSeconds ?? 0) * 10),
      ];
      assertEquals(outline(fallback), outline(asked), name);
      assertEquals(asked?.video === undefined, name === "d.m4a");
    }
    const text = join(folder, "text.txt");
    await writeFile(text, "hello");
    assertEquals(await probe(testHost(folder), text, "test"), undefined);
  });
});

Deno.test("odd descriptions are read without trust", () => {
  const video = { codec_type: "video", codec_name: "h264", width: 64, height: "32" };
  const read = (stream: object, format: object = {}) =>
    parseProbe(JSON.stringify({ streams: [{ ...video, ...stream }], format }))?.video;
  assertEquals(read({})?.height, 32);
  assertEquals(read({ width: -1 }), undefined);
  assertEquals(read({ width: 1e30 }), undefined);
  assertEquals(read({ avg_frame_rate: "0/0", r_frame_rate: "50/2" })?.fps, { num: 25, den: 1 });
  assertEquals(read({ avg_frame_rate: 25 })?.fps, undefined);
  assertEquals(read({ sample_aspect_ratio: "4:3" })?.pixelAspect, { num: 4, den: 3 });
  assertEquals(
    read({ duration: "N/A", tags: { DURATION: "00:01:02.500000000" } })?.durationSeconds,
    62.5,
  );
  assertEquals(read({ start_time: "0.5", tags: { DURATION: "00:00:02.500" } })?.durationSeconds, 2);
  assertEquals(read({ tags: { rotate: "90" } })?.rotation, 90);
  assertEquals(read({ side_data_list: [{ rotation: -90 }] })?.rotation, 90);
  assertEquals(read({ side_data_list: [{}, { rotation: 90 }] })?.rotation, 270);
  assertEquals(read({ disposition: { attached_pic: 1 } }), undefined);
  for (const text of ["", "{", "[]", "null", '{"streams":{}}', '{"streams":[1,null]}']) {
    assertEquals(parseProbe(text), undefined, text);
  }
  assertEquals(parseBanner("nothing here"), undefined);
  const rotated = parseBanner(
    "Input #0, mov,mp4, from 'x':\n  Duration: 01:00:02.50, start: 0.0\n" +
      "    Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709), " +
      "1920x1080 [SAR 1:1 DAR 16:9], 5000 kb/s, 23.98 fps, 23.98 tbr\n" +
      "      displaymatrix: rotation of -90.00 degrees\n",
  );
  assertEquals(rotated?.durationSeconds, 3602.5);
  assertEquals(rotated?.video?.fps, { num: 24000, den: 1001 });
  assertEquals([rotated?.video?.width, rotated?.video?.rotation], [1920, 90]);
});

Deno.test("progress lines", () => {
  const rows: readonly [string, number, number | undefined][] = [
    ["out_time_us=1500000", 3, 0.5],
    ["out_time_ms=1500000", 3, 0.5],
    ["out_time_us=9000000", 3, 1],
    ["out_time_us=N/A", 3, undefined],
    ["out_time_us=1500000", 0, undefined],
    ["progress=continue", 3, undefined],
    ["progress=end", 0, 1],
    ["", 3, undefined],
  ];
  for (const [line, seconds, expected] of rows) {
    assertEquals(progressOf(line, seconds), expected, line);
  }
});
