import { assertEquals, assertThrows } from "@std/assert";
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import { chooseMode, idleFlags } from "./modes.ts";
import type { Mode } from "./modes.ts";

const MODES: readonly [Options, boolean, Mode][] = [
  [{}, false, "image"],
  [{ context: ["a.png"] }, false, "image"],
  [{ music: true }, false, "music"],
  [{ music: true, duration: 30, fps: 5 }, false, "music"],
  [{ video: true }, false, "video"],
  [{ video: true, ref: "a.png", estimateVideoCost: true }, false, "video"],
  [{ photobooth: true, ref: "a.png" }, false, "photobooth"],
  [{ photobooth: true, lastImage: true }, true, "photobooth"],
  [{ multiAngle: true, context: ["a.png"] }, false, "multi-angle"],
  [{ multiAngle: true, lastImage: true }, true, "multi-angle"],
  [{ angles360: true, context: ["a.png"] }, false, "multi-angle"],
  [{ angles360: true, angles360Video: true, context: ["a"], frames: 81 }, false, "multi-angle"],
];
for (const [options, hasLastImage, mode] of MODES) {
  Deno.test(`${JSON.stringify(options)} is ${mode}`, () => {
    assertEquals(chooseMode(options, hasLastImage), mode);
  });
}

const ref = ["a.png"];
const REFUSED: readonly [Options, string, string][] = [
  [{ music: true, quality: "hq" }, "--quality cannot be used with --music", "--music-model"],
  [{ music: true, video: true }, "--music cannot be used with --video", "two runs"],
  [{ music: true, quality: "hq", video: true }, "--quality", "--music-model"],
  [{ music: true, width: 512 }, "--width cannot be used with --music", "--duration"],
  [{ music: true, height: 512 }, "--height", "--duration"],
  [{ music: true, strictSize: true }, "--strict-size", "--duration"],
  [{ music: true, multiAngle: true }, "--multi-angle", "--duration"],
  [{ music: true, angles360Video: "x.mp4" }, "--angles-360-video", "--duration"],
  [{ music: true, photobooth: true }, "--photobooth", "--duration"],
  [{ music: true, context: ref }, "--context", "--duration"],
  [{ music: true, ref: "a.png", refEnd: "b.png" }, "--ref, --ref-end", "--duration"],
  [{ music: true, refAudio: ["a.mp3"] }, "--ref-audio", "--duration"],
  [{ music: true, estimateVideoCost: true }, "--estimate-video-cost", "--duration"],
  [{ multiAngle: true, video: true, context: ref }, "--multi-angle cannot", "--angles-360-video"],
  [{ angles360: true, video: true, context: ref }, "--angles-360 cannot", "--angles-360-video"],
  [{ multiAngle: true }, "--multi-angle needs a picture", "--context"],
  [{ angles360: true, ref: "a.png" }, "--angles-360 needs a picture", "--last-image"],
  [{ angles360Video: true }, "needs --angles-360", "--angles-360"],
  [{ angles360: true, angles360Video: true, count: 2, context: ref }, "--count 1", "--count"],
  [{ photobooth: true, video: true, ref: "a" }, "--photobooth cannot", "--ref"],
  [{ photobooth: true }, "--photobooth needs a picture", "--ref"],
  [{ photobooth: true, ref: "a", context: ref }, "context images", "--ref"],
  [{ photobooth: true, ref: "a", persona: ["Mara"] }, "(--persona)", "--ref"],
  [{ video: true, sampler: "euler" }, "--sampler cannot be used with --video", "by themselves"],
  [{ video: true, scheduler: "simple" }, "--scheduler cannot", "by themselves"],
  [{ autoResizeAssets: false }, "--no-auto-resize-assets needs --video", "--video"],
  [{ autoResizeAssets: true }, "--auto-resize-assets needs --video", "--video"],
  [{ estimateVideoCost: true }, "--estimate-video-cost needs --video", "--estimate"],
  [{ workflow: "i2v" }, "--workflow needs --video", "--video"],
  [{ ref: "a.png" }, "--ref needs --video", "--photobooth"],
  [{ ref: "a.png", looping: true, mask: "m" }, "--ref, --looping, --mask need --video", "--video"],
  [{ frames: 81 }, "--frames needs --video", "--video"],
  [{ refAudio: ["a.mp3"], audioStart: 0 }, "--ref-audio, --audio-start need", "--video"],
  [{ trimEndFrame: true }, "--trim-end-frame", "--video"],
  [{ voicePersona: "Ilse" }, "--voice-persona", "--video"],
  [{ photobooth: true, ref: "a", refEnd: "b" }, "--ref-end needs", "--video"],
];
for (const [options, message, hint] of REFUSED) {
  Deno.test(`${JSON.stringify(options)} is refused`, () => {
    const error = assertThrows(() => chooseMode(options, false), AppError, message);
    assertEquals(error.code, "INVALID_ARGUMENT");
    assertEquals(error.hint?.includes(hint), true, error.hint);
  });
}

Deno.test("a film of a full turn says which count was asked for", () => {
  const options = { angles360: true, angles360Video: true, count: 3, context: ref } as const;
  assertEquals(
    assertThrows(() => chooseMode(options, false), AppError).details?.["count"],
    3,
  );
});

Deno.test("an empty list counts as not given", () => {
  assertEquals(chooseMode({ refAudio: [], context: [] }, false), "image");
});

const IDLE: readonly [Options, Mode, number][] = [
  [{}, "image", 0],
  [{ lyrics: "la", bpm: 120 }, "image", 1],
  [{ lyrics: "la" }, "music", 0],
  [{ fps: 24, duration: 5 }, "image", 1],
  [{ fps: 24, angles360Video: true }, "multi-angle", 0],
  [{ fps: 24 }, "video", 0],
  [{ duration: 8, creativity: 1 }, "photobooth", 2],
  [{ negativePrompt: "x" }, "music", 1],
  [{ negativePrompt: "x", fps: 20 }, "music", 1],
  [{ fps: 20 }, "video", 0],
  [{ negativePrompt: "x" }, "multi-angle", 1],
  [{ negativePrompt: "x" }, "image", 0],
];
for (const [options, mode, count] of IDLE) {
  Deno.test(`${JSON.stringify(options)} for ${mode}: ${count} idle`, () => {
    assertEquals(idleFlags(options, mode).length, count);
  });
}
