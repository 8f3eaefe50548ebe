import { assertEquals } from "@std/assert";
import { videoModel } from "../../catalog/video_models.ts";
import { chooseFps, clampSeconds, framesOf, warnAboutFrames } from "./length.ts";

function notes() {
  const lines: string[] = [];
  return { lines, addNote: (_: string, text: string) => void lines.push(text) };
}

Deno.test("the frame rate of a job", () => {
  const rows: [string, string, number | undefined, number | undefined, number, boolean][] = [
    ["model", "ltx23", undefined, undefined, 24, false],
    ["flag", "ltx23", 30, undefined, 30, false],
    ["flag over configuration", "ltx23", 30, 12, 30, false],
    ["configuration over model", "ltx23", undefined, 12, 12, false],
    ["unusable configuration", "ltx23", undefined, 0, 24, false],
    ["wan's own", "wan22-i2v", undefined, undefined, 32, false],
    ["wan 16", "wan22-i2v", 16, undefined, 16, false],
    ["wan takes 16 or 32", "wan22-i2v", 24, undefined, 32, true],
    ["wan from below", "wan22-i2v", 12, undefined, 16, true],
    ["Seedance is fixed", "seedance2", 30, undefined, 24, true],
    ["Seedance over configuration", "seedance2", undefined, 16, 24, true],
    ["Seedance's own", "seedance2", 24, undefined, 24, false],
    ["HappyHorse is fixed", "happyhorse-1.1-t2v", 60, undefined, 24, true],
    ["v2v", "ltx23-v2v", undefined, undefined, 25, false],
    ["unknown", "some-model", undefined, undefined, 16, false],
  ];
  for (const [name, id, flag, configured, fps, said] of rows) {
    const log = notes();
    assertEquals(chooseFps(flag, configured, videoModel(id), log), fps, name);
    assertEquals(log.lines.length > 0, said, name);
  }
});

Deno.test("seconds are brought into the model's range, with a note", () => {
  const rows: [string, number, number][] = [
    ["ltx23", 5, 5],
    ["ltx23", 25, 20],
    ["wan22-i2v", 12, 10],
    ["wan22-animate-move", 25, 20],
    ["seedance2", 2, 4],
    ["seedance2", 16, 15],
    ["seedance2-5", 40, 30],
    ["happyhorse-1.1-t2v", 1, 3],
    ["happyhorse-1.1-t2v", 60, 15],
    ["minimax-h3", 5, 5.17],
    ["some-model", 11, 10],
  ];
  for (const [id, asked, seconds] of rows) {
    const log = notes();
    assertEquals(clampSeconds(asked, videoModel(id), log), seconds, id);
    assertEquals(log.lines.length, asked === seconds ? 0 : 1, id);
    if (asked !== seconds) {
      assertEquals(
        log.lines[0]?.startsWith(`Adjusted video duration from ${asked}s to ${seconds}s`),
        true,
      );
    }
  }
});

Deno.test("frames of a length, by family", () => {
  const rows: [string, number, number, number][] = [
    ["wan22-i2v", 5, 32, 81],
    ["wan22-i2v", 5, 16, 81],
    ["ltx23", 5, 24, 121],
    ["ltx23", 1, 24, 25],
    ["ltx23", 5, 25, 129],
    ["ltx23", 3, 30, 89],
    ["seedance2", 5, 24, 121],
    ["happyhorse-1.1-t2v", 3, 24, 73],
    ["wan3", 2, 30, 61],
    ["minimax-h3", 5.17, 24, 124],
    ["minimax-h3", 6, 24, 141],
    ["minimax-h3", 15.08, 24, 362],
  ];
  for (const [id, seconds, fps, frames] of rows) {
    assertEquals(framesOf(seconds, fps, videoModel(id)), frames, `${id} ${seconds}s`);
  }
});

Deno.test("frames that the model cannot render are warned about", () => {
  const rows: [string, number, number][] = [
    ["ltx23", 121, 0],
    ["ltx23", 100, 1],
    ["ltx23", 17, 1],
    ["wan22-i2v", 81, 0],
    ["wan22-i2v", 400, 1],
    ["seedance2", 97, 0],
    ["seedance2", 90, 1],
  ];
  for (const [id, frames, count] of rows) {
    const log = notes();
    warnAboutFrames(frames, videoModel(id), log);
    assertEquals(log.lines.length, count, `${id} ${frames}`);
  }
});
