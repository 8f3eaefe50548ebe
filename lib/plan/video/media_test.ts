import { assertEquals } from "@std/assert";
import { planVideoOf } from "../../../tests/support/video_plan.ts";
import type { Options } from "../../cli/flags/table.ts";
import type { MediaInput } from "../types.ts";

const ref = "square.png";
const refAudio = ["song.m4a"];
const refVideo = ["film.mp4"];

Deno.test("references travel as bytes, prepared for their use", () => {
  const size = { width: 480, height: 480 };
  const bytes = (slot: MediaInput["slot"], source: string, prepare?: MediaInput["prepare"]) => ({
    slot,
    source,
    transfer: "bytes" as const,
    ...(prepare ? { prepare } : {}),
  });
  const rows: [string, Options, MediaInput[], boolean?][] = [
    ["start", { ref }, [bytes("referenceImage", ref, { kind: "fit", ...size })]],
    ["start and end", { ref, refEnd: ref }, [
      bytes("referenceImage", ref, { kind: "fit", ...size }),
      bytes("referenceImageEnd", ref, { kind: "cover", ...size }),
    ]],
    ["end alone", { refEnd: ref }, [bytes("referenceImageEnd", ref, { kind: "fit", ...size })]],
    ["not resized", { ref, autoResizeAssets: false }, [bytes("referenceImage", ref)]],
    ["unknown picture", { ref: "gone.png" }, [
      bytes("referenceImage", "gone.png", { kind: "fit", width: 832, height: 480 }),
    ]],
    ["audio", { refAudio }, [bytes("referenceAudio", "song.m4a")]],
    ["mp3", { refAudio: ["song.mp3"] }, [
      bytes("referenceAudio", "song.mp3", { kind: "audio-m4a" }),
    ], true],
    ["mp3 by name", { refAudio: ["https://e.com/x.MP3?a=1"] }, [
      bytes("referenceAudio", "https://e.com/x.MP3?a=1", { kind: "audio-m4a" }),
    ], true],
    ["sound and picture", { ref, refAudio }, [
      bytes("referenceImage", ref),
      bytes("referenceAudio", "song.m4a"),
    ]],
    ["wav voice", { referenceAudioIdentity: "v.wav" }, [
      bytes("referenceAudioIdentity", "v.wav", { kind: "voice-m4a" }),
    ], true],
    ["other voice", { referenceAudioIdentity: "v.webm" }, [
      bytes("referenceAudioIdentity", "v.webm"),
    ]],
    ["voice by URL", { referenceAudioIdentity: "https://e.com/v.wav" }, [
      bytes("referenceAudioIdentity", "https://e.com/v.wav"),
    ]],
    ["film and mask", { refVideo, controlnetName: "inpaint", mask: "m.png" }, [
      bytes("referenceVideo", "film.mp4"),
      bytes("referenceMask", "m.png"),
    ]],
    ["animate", { ref, refVideo }, [
      bytes("referenceImage", ref),
      bytes("referenceVideo", "film.mp4"),
    ]],
  ];
  for (const [name, options, media, ffmpeg = false] of rows) {
    const plan = planVideoOf(options, "slow pan");
    assertEquals(plan.projects[0]?.media, media, name);
    assertEquals(plan.needsFfmpeg, ffmpeg, name);
  }
});

Deno.test("vendor references are forwarded, uploaded or sent as bytes", () => {
  const image = "https://e.com/a.png";
  const rows: [string, Options, MediaInput[], boolean?][] = [
    ["https start", { ref: image }, [{
      slot: "referenceImageUrls",
      source: image,
      transfer: "forward",
    }]],
    ["local start", { ref }, [{ slot: "referenceImage", source: ref, transfer: "bytes" }]],
    ["local end", { refEnd: ref }, [{ slot: "referenceImageEnd", source: ref, transfer: "bytes" }]],
    ["context", { context: [image, "b.png"] }, [
      { slot: "referenceImageUrls", source: image, transfer: "forward" },
      { slot: "referenceImageUrls", source: "b.png", transfer: "upload" },
    ]],
    ["https mp3", { ref: image, refAudio: ["https://e.com/m.mp3"] }, [
      { slot: "referenceImageUrls", source: image, transfer: "forward" },
      { slot: "referenceAudioUrls", source: "https://e.com/m.mp3", transfer: "forward" },
    ]],
    ["https m4a", { ref: image, refAudio: ["https://e.com/m.m4a"] }, [
      { slot: "referenceImageUrls", source: image, transfer: "forward" },
      {
        slot: "referenceAudioUrls",
        source: "https://e.com/m.m4a",
        transfer: "upload",
        prepare: { kind: "seedance-audio", duration: 5 },
      },
    ], true],
    [
      "cut mp3",
      { ref: image, refAudio: ["https://e.com/m.mp3"], audioStart: 3, audioDuration: 40 },
      [
        { slot: "referenceImageUrls", source: image, transfer: "forward" },
        {
          slot: "referenceAudioUrls",
          source: "https://e.com/m.mp3",
          transfer: "upload",
          prepare: { kind: "seedance-audio", start: 3, duration: 15 },
        },
      ],
      true,
    ],
    ["https film", { refVideo: ["https://e.com/m.mp4"] }, [
      { slot: "referenceVideoUrls", source: "https://e.com/m.mp4", transfer: "forward" },
    ]],
    ["later film", { refVideo: ["https://e.com/m.mp4"], videoStart: 4, duration: 8 }, [
      {
        slot: "referenceVideoUrls",
        source: "https://e.com/m.mp4",
        transfer: "upload",
        prepare: { kind: "seedance-video", start: 4, duration: 8 },
      },
    ], true],
    ["local film", { refVideo }, [
      {
        slot: "referenceVideoUrls",
        source: "film.mp4",
        transfer: "upload",
        prepare: { kind: "seedance-video", duration: 5 },
      },
    ]],
    ["several films", { refVideo: ["film.mp4", "https://e.com/2.mp4"] }, [
      {
        slot: "referenceVideoUrls",
        source: "film.mp4",
        transfer: "upload",
        prepare: { kind: "seedance-video", duration: 5 },
      },
      { slot: "referenceVideoUrls", source: "https://e.com/2.mp4", transfer: "forward" },
    ]],
  ];
  for (const [name, options, media, ffmpeg = false] of rows) {
    const plan = planVideoOf({ model: "seedance2", ...options });
    assertEquals(plan.projects[0]?.media, media, name);
    assertEquals(plan.needsFfmpeg, ffmpeg, name);
  }
});
