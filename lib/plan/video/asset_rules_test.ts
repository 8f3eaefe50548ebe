import { assertEquals, assertMatch } from "@std/assert";
import { planVideoOf, videoError } from "../../../tests/support/video_plan.ts";
import type { Options } from "../../cli/flags/table.ts";

const ref = "square.png";
const refEnd = "tall.jpg";
const refAudio = ["song.m4a"];
const refVideo = ["film.mp4"];
const url = "https://example.com/a.png";

type Row = [name: string, options: Options, message: RegExp, details?: Record<string, unknown>];

const REFUSED: Row[] = [
  ["t2v with image", { workflow: "t2v", ref }, /--ref cannot/, { workflow: "t2v" }],
  ["t2v with end", { workflow: "t2v", refEnd }, /--ref-end cannot/],
  ["t2v with audio", { workflow: "t2v", refAudio }, /--ref-audio cannot/],
  ["t2v with film", { workflow: "t2v", refVideo }, /--ref-video cannot/],
  ["i2v without image", { workflow: "i2v" }, /requires --ref or --ref-end/, { flag: "--ref" }],
  ["i2v with audio", { workflow: "i2v", ref, refAudio }, /--ref-audio cannot/],
  ["i2v with film", { workflow: "i2v", ref, refVideo }, /--ref-video cannot/],
  ["s2v without audio", { workflow: "s2v", ref }, /requires --ref-audio/],
  ["s2v without image", { workflow: "s2v", refAudio }, /requires --ref\b/],
  ["s2v by end image lacks a start", { refEnd, refAudio }, /requires --ref\b/, { workflow: "s2v" }],
  ["s2v with film", { workflow: "s2v", ref, refAudio, refVideo }, /--ref-video cannot/],
  ["ia2v without image", { workflow: "ia2v", refAudio }, /requires --ref\b/],
  ["ia2v with end", { workflow: "ia2v", ref, refEnd, refAudio }, /--ref-end cannot/],
  ["ia2v with film", { workflow: "ia2v", ref, refAudio, refVideo }, /--ref-video cannot/],
  ["a2v without audio", { workflow: "a2v" }, /requires --ref-audio/],
  ["a2v with image", { workflow: "a2v", ref, refAudio }, /--ref cannot/],
  ["a2v with film", { workflow: "a2v", refVideo, refAudio }, /--ref-video cannot/],
  ["v2v without film", { workflow: "v2v", controlnetName: "pose" }, /requires --ref-video/],
  ["v2v without control", { workflow: "v2v", refVideo }, /requires --controlnet-name/],
  [
    "v2v with audio",
    { workflow: "v2v", refVideo, refAudio, controlnetName: "pose" },
    /--ref-audio cannot/,
  ],
  ["move without image", { refVideo }, /requires --ref\b/, { workflow: "animate-move" }],
  ["move without film", { workflow: "animate-move", ref }, /requires --ref-video/],
  ["move with audio", { workflow: "animate-move", ref, refVideo, refAudio }, /--ref-audio cannot/],
  ["replace without image", { workflow: "animate-replace", refVideo }, /requires --ref\b/],
  ["HappyHorse i2v with end", { model: "happyhorse", ref, refEnd }, /--ref-end cannot/],
  [
    "HappyHorse i2v without start",
    { model: "happyhorse", workflow: "i2v", refEnd },
    /requires --ref\b/,
  ],
  ["HappyHorse i2v with audio", { model: "happyhorse", ref, refAudio }, /--ref-audio cannot/],
  ["HappyHorse r2v without images", { model: "happyhorse", workflow: "r2v" }, /requires --context/],
  ["HappyHorse r2v with start", { model: "happyhorse", context: [url], ref }, /--ref cannot/],
  ["HappyHorse with control", { model: "happyhorse", controlnetName: "pose" }, /HappyHorse/],
  [
    "Seedance ia2v without audio",
    { model: "seedance2", workflow: "ia2v", ref },
    /requires --ref-audio/,
  ],
  [
    "Seedance ia2v without picture",
    { model: "seedance2", workflow: "ia2v", refAudio },
    /--ref or --ref-end or --ref-video/,
  ],
  ["Seedance v2v without film", { model: "seedance2-v2v" }, /requires --ref-video/],
  ["Seedance audio alone", { model: "seedance2", refAudio }, /requires an image or video/],
  ["Seedance mix", { model: "seedance2", ref, context: [url] }, /cannot be mixed/],
  [
    "Seedance second audio local",
    { model: "seedance2", ref, refAudio: ["a.mp3", "b.mp3"] },
    /must be an https URL/,
    { flag: "--ref-audio" },
  ],
  [
    "Seedance second film local",
    { model: "seedance2", refVideo: ["a.mp4", "b.mp4"] },
    /must be an https URL/,
  ],
  [
    "control without film workflow",
    { ref, controlnetName: "pose" },
    /cannot be used with workflow i2v/,
  ],
  ["audio start", { audioStart: 2 }, /--audio-start requires --ref-audio/, {
    flag: "--audio-start",
  }],
  ["audio duration", { audioDuration: 2 }, /--audio-duration requires/],
  ["video start", { videoStart: 2 }, /--video-start requires --ref-video/],
  ["several audios", { refAudio: ["a.m4a", "b.m4a"] }, /only Seedance/, { max: 1, provided: 2 }],
  ["several films", { ref, refVideo: ["a.mp4", "b.mp4"] }, /only Seedance/],
  ["points elsewhere", { ref, sam2Coordinates: "1,2" }, /animate-replace only/],
  [
    "bad points",
    { ref, refVideo, workflow: "animate-replace", sam2Coordinates: "1;2" },
    /must be points/,
    { flag: "--sam2-coordinates", value: "1;2" },
  ],
  ["loop without image", { looping: true }, /workflow i2v only/],
  ["loop of audio", { looping: true, ref, refAudio }, /workflow i2v only/],
  ["loop from an end", { looping: true, refEnd }, /--looping requires --ref/],
  ["loop with end", { looping: true, ref, refEnd }, /cannot be used with --ref-end/],
  ["loop on HappyHorse", { looping: true, ref, model: "happyhorse" }, /no end frame/],
  ["inpaint without mask", { refVideo, controlnetName: "inpaint" }, /requires --mask/],
  ["mask without inpaint", { refVideo, controlnetName: "pose", mask: "m.png" }, /--mask requires/],
  [
    "position without outpaint",
    { refVideo, controlnetName: "pose", outpaintPosition: "top" },
    /--outpaint-position requires/,
  ],
  ["ratio without outpaint", { outpaintAspectRatio: "1:1" }, /--outpaint-aspect-ratio requires/],
  [
    "bad ratio",
    { refVideo, controlnetName: "outpaint", outpaintAspectRatio: "wide" },
    /must be a ratio/,
    { flag: "--outpaint-aspect-ratio", value: "wide" },
  ],
  [
    "zero ratio",
    { refVideo, controlnetName: "outpaint", outpaintAspectRatio: "1:0" },
    /must be a ratio/,
  ],
  [
    "outpaint on LTX-2",
    { model: "ltx2-19b-fp8_v2v", refVideo, controlnetName: "outpaint" },
    /not available/,
    { value: "outpaint" },
  ],
  [
    "outpaint on an unknown model",
    { model: "x_v2v", refVideo, controlnetName: "outpaint" },
    /not available/,
  ],
  [
    "control strength",
    { refVideo, controlnetName: "pose", controlnetStrength: 1.5 },
    /from 0 to 1/,
    { min: 0, max: 1 },
  ],
  ["context on LTX", { context: [url] }, /no context images/, { maxImages: 0, provided: 1 }],
  ["context on WAN", { ref, context: [url, url] }, /no context images/, { provided: 2 }],
  ["sampler", { sampler: "euler" }, /--sampler/],
  ["LoRA", { loras: ["x"] }, /--lora/],
  ["picture format", { outputFormat: "png" }, /--output-format/],
];

Deno.test("references that do not fit are refused with what to do", () => {
  for (const [name, options, message, details = {}] of REFUSED) {
    const error = videoError(options);
    assertEquals(error.code, "INVALID_ARGUMENT", name);
    assertMatch(error.message, message, name);
    for (const [key, value] of Object.entries(details)) {
      assertEquals(error.details?.[key], value, `${name}: ${key}`);
    }
    if (!name.startsWith("control strength")) assertEquals(typeof error.hint, "string", name);
  }
});

Deno.test("limits of vendor references are counted by kind", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => `https://example.com/${i}`);
  const mp3 = many(4).map((text) => `${text}.mp3`);
  const limits = { images: 9, videos: 3, audios: 3, total: 12 };
  const rows: [string, Options, string, number, number, Record<string, unknown>][] = [
    ["images", { model: "seedance2", context: many(10) }, "images", 10, 9, { limits }],
    ["videos", { model: "seedance2", refVideo: many(4) }, "videos", 4, 3, { limits }],
    ["audios", { model: "seedance2", ref, refAudio: mp3 }, "audios", 4, 3, { limits }],
    [
      "total",
      { model: "seedance2", context: many(9), refVideo: many(3), refAudio: mp3.slice(0, 1) },
      "total",
      13,
      12,
      { limits },
    ],
    ["r2v", { model: "happyhorse", context: many(10) }, "images", 10, 9, {
      modelId: "happyhorse-1.1-r2v",
    }],
    ["t2v", { model: "happyhorse-1.1-t2v", context: many(1) }, "images", 1, 0, {
      modelId: "happyhorse-1.1-t2v",
    }],
  ];
  for (const [name, options, limitKind, requestedCount, maxCount, more] of rows) {
    const { code, details } = videoError(options);
    assertEquals(code, "MEDIA_REFERENCE_LIMIT_EXCEEDED", name);
    assertEquals(
      [details?.["limitKind"], details?.["requestedCount"], details?.["maxCount"]],
      [limitKind, requestedCount, maxCount],
      name,
    );
    for (const [key, value] of Object.entries(more)) assertEquals(details?.[key], value, name);
  }
});

Deno.test("forwarded URLs must be https", () => {
  const plain = "http://example.com/a.png";
  for (const options of [{ ref: plain }, { refEnd: plain }, { context: [plain] }]) {
    assertEquals(videoError({ model: "seedance2", ...options }).code, "INVALID_URL");
  }
});

Deno.test("what is allowed is planned", () => {
  const rows: Options[] = [
    { model: "seedance2", ref, refEnd, refVideo, refAudio: ["song.mp3"] },
    { model: "seedance2", workflow: "ia2v", refVideo, refAudio },
    { model: "seedance2", refVideo, controlnetName: "pose" },
    { model: "seedance2-5", workflow: "a2v", refAudio },
    { ref, refVideo, workflow: "animate-replace", sam2Coordinates: "0.5,.25;3,4" },
    { refVideo, controlnetName: "inpaint", mask: "m.png" },
    { refVideo, controlnetName: "outpaint", outpaintAspectRatio: "2.39/1" },
    { refAudio, audioStart: 1, audioDuration: 2 },
    { ref, refEnd, refAudio, workflow: "s2v" },
  ];
  for (const options of rows) assertEquals(planVideoOf(options).medium, "video");
});
