import { assertEquals } from "@std/assert";
import { planConfigured, planVideoOf } from "../../../tests/support/video_plan.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import type { ProjectParams } from "../types.ts";

const ref = "square.png";
const refAudio = ["song.m4a"];
const refVideo = ["film.mp4"];

type Row = [name: string, options: Options, expected: Partial<ProjectParams>, prompt?: string];

const PARAMS: Row[] = [
  ["frames win", { frames: 97, duration: 9 }, { frames: 97 }],
  ["duration", { duration: 8 }, { duration: 8 }],
  ["duration from the prompt", {}, { duration: 12 }, "a 12 second video of rain"],
  ["duration flag over the prompt", { duration: 6 }, { duration: 6 }, "a 12 second video"],
  ["frames over the prompt", { frames: 49 }, { frames: 49 }, "a 12 second video"],
  ["duration from a time line", {}, { duration: 9 }, "0:00-0:04 dawn, 0:04-0:09 day"],
  ["duration clamped", { duration: 90 }, { duration: 20 }],
  ["duration of a vendor", { model: "seedance2", duration: 1 }, { duration: 4 }],
  [
    "duration for speech",
    {},
    { duration: 6 },
    'he says "one two three four five six seven eight nine ten"',
  ],
  [
    "speech on a short model",
    { ref, model: "wan22-i2v" },
    { duration: 10 },
    `he says "${"la ".repeat(60)}"`,
  ],
  ["speech with given duration", { duration: 3 }, { duration: 3 }, `he says "${"la ".repeat(60)}"`],
  ["speech with stated duration", {}, { duration: 4 }, `a 4 second video: "${"la ".repeat(60)}"`],
  ["literal speech", {}, { duration: 5 }, `exact prompt: he says "${"la ".repeat(60)}" now`],
  ["fps", { fps: 30 }, { fps: 30 }],
  ["fps of a vendor", { model: "happyhorse", fps: 30 }, { fps: 24 }],
  ["fps of v2v", { refVideo, controlnetName: "pose" }, { fps: 25 }],
  ["steps flag", { steps: 12 }, { steps: 12 }],
  ["steps of preset", { quality: "hq" }, { steps: 8, width: 1920, height: 1088 }],
  ["steps of pro", { quality: "pro" }, { steps: 20, width: 2048, height: 1152 }],
  ["preset over model", { ref, model: "wan22-i2v", quality: "fast" }, { steps: 8 }],
  ["flag over preset", { steps: 5, quality: "pro" }, { steps: 5 }],
  ["steps of lightx2v", { ref }, { steps: 4, shift: 8, sampler: "euler", scheduler: "simple" }],
  ["steps of full WAN", { model: "wan_v2.2-14b-fp8_t2v" }, { steps: 20, shift: 5 }],
  ["sampler of s2v", { ref, refAudio, workflow: "s2v" }, { sampler: "uni_pc", shift: 8 }],
  ["guidance", { guidance: 2.5 }, { guidance: 2.5 }],
  ["size", { width: 1280, height: 768 }, { width: 1280, height: 768 }],
  ["size cut", { width: 1280, height: 720 }, { width: 1280, height: 704 }],
  ["one side", { width: 1280 }, { width: 1280, height: 1088 }],
  ["target", { targetResolution: 768 }, { width: 1344, height: 768 }],
  ["target on Seedance", { model: "seedance2", targetResolution: 2160 }, {
    width: 3812,
    height: 2160,
  }],
  ["preset on Seedance", { model: "seedance2", quality: "pro" }, { width: 1920, height: 1088 }],
  ["mini", { model: "seedance2-mini" }, { width: 1280, height: 720 }],
  ["HappyHorse", { model: "happyhorse" }, { width: 1920, height: 1080 }],
  ["WAN text", { model: "wan22" }, { width: 640, height: 640, fps: 32 }],
  ["720p", {}, { width: 1216, height: 704 }, "a fox in 720p"],
  [
    "720p portrait on Seedance",
    { model: "seedance2" },
    { width: 720, height: 1280 },
    "720p portrait",
  ],
  ["720p 9:16", { model: "seedance2" }, { width: 720, height: 1280 }, "720p 9:16"],
  ["flags over prompt", { width: 640, height: 640 }, { width: 640, height: 640 }, "1280x720"],
  ["target flag over prompt", { targetResolution: 704 }, { height: 704 }, "a fox in 1080p"],
  [
    "exact prompt size over target",
    { targetResolution: 704 },
    { width: 1280, height: 768 },
    "1280x768",
  ],
  ["9:16", {}, { width: 1088, height: 1920 }, "a 9:16 video"],
  ["portrait", {}, { width: 1088, height: 1920 }, "portrait video of a fox"],
  ["square", {}, { width: 1088, height: 1088 }, "a fox, square"],
  ["no filter", { noFilter: true }, { disableNSFWFilter: true }],
  ["count", { count: 3 }, { numberOfMedia: 3 }],
  ["format", { outputFormat: "mp4" }, { outputFormat: "mp4" }],
  ["format from the name", { output: "x/clip.mp4" }, { outputFormat: "mp4" }],
  ["offsets", { refAudio, audioStart: 2, audioDuration: 6 }, { audioStart: 2, audioDuration: 6 }],
  ["video start", { ref, refVideo, videoStart: 10 }, { videoStart: 10 }],
  ["trim", { trimEndFrame: true }, { trimEndFrame: true }],
  ["strengths", { ref, firstFrameStrength: 0.4, lastFrameStrength: 0 }, {
    firstFrameStrength: 0.4,
    lastFrameStrength: 0,
  }],
  ["pose", { refVideo, controlnetName: "pose" }, {
    controlNet: { name: "pose", strength: 0.85 },
    detailerStrength: 0.6,
  }],
  ["detailer", { refVideo, controlnetName: "detailer" }, {
    controlNet: { name: "detailer", strength: 1 },
  }],
  ["own strength", { refVideo, controlnetName: "canny", controlnetStrength: 0.3 }, {
    controlNet: { name: "canny", strength: 0.3 },
  }],
  ["inpaint strength", {
    refVideo,
    controlnetName: "inpaint",
    mask: "m.png",
    controlnetStrength: 0.3,
  }, { controlNet: { name: "inpaint", strength: 1 }, width: 1280, height: 704 }],
  ["inpaint at own size", {
    refVideo,
    controlnetName: "inpaint",
    mask: "m.png",
    width: 960,
    height: 960,
  }, { width: 960, height: 960 }],
  ["inpaint at target", {
    refVideo,
    controlnetName: "inpaint",
    mask: "m.png",
    targetResolution: 1080,
  }, { width: 1920, height: 1088 }],
  ["outpaint", { refVideo, controlnetName: "outpaint" }, {
    width: 1920,
    height: 1088,
    outpaintPosition: "center",
  }],
  ["outpaint left", { refVideo, controlnetName: "outpaint", outpaintPosition: "left" }, {
    width: 1920,
    height: 768,
    outpaintPosition: "left",
  }],
  ["outpaint top", { refVideo, controlnetName: "outpaint", outpaintPosition: "top" }, {
    width: 1280,
    height: 1088,
  }],
  ["outpaint square", { refVideo, controlnetName: "outpaint", outpaintAspectRatio: "1:1" }, {
    width: 1280,
    height: 1280,
  }],
  ["outpaint wide", { refVideo, controlnetName: "outpaint", outpaintAspectRatio: "21:9" }, {
    width: 1728,
    height: 768,
  }],
  ["outpaint of an unknown film", {
    refVideo: ["https://e.com/a.mp4"],
    controlnetName: "outpaint",
    width: 1280,
    height: 704,
  }, { width: 1920, height: 1088 }],
  ["points", { ref, refVideo, workflow: "animate-replace", sam2Coordinates: "0.5,.25;30,40" }, {
    sam2Coordinates: [{ x: 0.5, y: 0.25 }, { x: 30, y: 40 }],
  }],
  ["literal prompt", {}, { positivePrompt: "a red fox" }, 'use this prompt exactly: "a red fox"'],
  ["trimmed prompt", {}, { positivePrompt: "a red fox" }, "  a red fox\n"],
  ["screenplay", {}, { positivePrompt: 'TOM: "Run."' }, "TOM: 'Run.'"],
  ["no rewriting", { expandPrompt: false }, { positivePrompt: "TOM: 'Run.'" }, "TOM: 'Run.'"],
  ["voice without rewriting", { expandPrompt: false, referenceAudioIdentity: "v.webm" }, {
    positivePrompt: "hi",
  }, "hi"],
  ["relaxed", {}, { network: "fast" }],
];

Deno.test("options and prompt become parameters", () => {
  for (const [name, options, expected, prompt] of PARAMS) {
    const params: Record<string, unknown> = { ...planVideoOf(options, prompt).projects[0]?.params };
    for (const [key, value] of Object.entries(expected)) {
      assertEquals(params[key], value, `${name}: ${key}`);
    }
  }
});

Deno.test("parameters that a job does not have are not sent", () => {
  const rows: [string, Options, (keyof ProjectParams)[]][] = [
    ["Seedance", { model: "seedance2", steps: 9, guidance: 3, quality: "pro" }, [
      "steps",
      "guidance",
      "sampler",
      "scheduler",
      "shift",
    ]],
    ["HappyHorse", { model: "happyhorse", steps: 9 }, ["steps", "guidance"]],
    ["Seedance control", { model: "seedance2", refVideo, controlnetName: "pose" }, [
      "controlNet",
      "detailerStrength",
    ]],
    ["Seedance offsets", {
      model: "seedance2",
      refVideo,
      videoStart: 2,
      ref,
      refAudio,
      audioStart: 1,
    }, ["videoStart", "audioStart"]],
    ["own strength", { refVideo, controlnetName: "canny", controlnetStrength: 0.3 }, [
      "detailerStrength",
    ]],
    ["plain", {}, [
      "outputFormat",
      "loras",
      "loraStrengths",
      "controlNet",
      "frames",
      "trimEndFrame",
    ]],
    ["frames", { frames: 97 }, ["duration"]],
    ["unknown model", { model: "my-model" }, ["sampler", "scheduler", "guidance", "shift"]],
  ];
  for (const [name, options, keys] of rows) {
    const params: Record<string, unknown> = { ...planVideoOf(options).projects[0]?.params };
    for (const key of keys) assertEquals(key in params, false, `${name}: ${key}`);
  }
});

Deno.test("the configuration stands behind flags and prompt", () => {
  const rows: [string, PluginConfig, Options, Partial<ProjectParams>, string?][] = [
    ["fps", { defaultFps: 30 }, {}, { fps: 30 }],
    ["fps flag", { defaultFps: 30 }, { fps: 12 }, { fps: 12 }],
    ["duration", { defaultDurationSec: 9 }, {}, { duration: 9 }],
    ["duration in the prompt", { defaultDurationSec: 9 }, {}, { duration: 7 }, "a 7 second video"],
    ["duration and frames", { defaultDurationSec: 9 }, { frames: 49 }, { frames: 49 }],
    ["size", { defaultWidth: 1024, defaultHeight: 640 }, {}, { width: 1024, height: 640 }],
    ["size beats target", { defaultWidth: 1024, defaultHeight: 640 }, { targetResolution: 1088 }, {
      width: 1024,
      height: 640,
    }],
    ["size beats preset", { defaultWidth: 1024, defaultHeight: 640 }, { quality: "pro" }, {
      width: 1024,
      height: 640,
    }],
    ["exact prompt beats size", { defaultWidth: 1024, defaultHeight: 640 }, {}, {
      width: 1280,
      height: 768,
    }, "1280x768"],
    ["ratio beats size", { defaultWidth: 1024, defaultHeight: 640 }, {}, {
      width: 640,
      height: 640,
    }, "a 1:1 video"],
    ["steps", { modelDefaults: { "ltx23-22b-fp8_t2v_distilled": { steps: 11 } } }, {}, {
      steps: 11,
    }],
    ["preset beats steps", { modelDefaults: { "ltx23-22b-fp8_t2v_distilled": { steps: 11 } } }, {
      quality: "fast",
    }, { steps: 8 }],
    ["guidance", { modelDefaults: { "ltx23-22b-fp8_t2v_distilled": { guidance: 2 } } }, {}, {
      guidance: 2,
    }],
    ["network", { defaultNetwork: "relaxed" }, {}, { network: "relaxed" }],
    ["token", { defaultTokenType: "sogni" }, {}, { tokenType: "sogni" }],
    ["token of a vendor", { defaultTokenType: "sogni" }, { model: "seedance2" }, {
      tokenType: "spark",
    }],
  ];
  for (const [name, config, options, expected, prompt] of rows) {
    const params: Record<string, unknown> = {
      ...planConfigured(config, options, prompt).projects[0]?.params,
    };
    for (const [key, value] of Object.entries(expected)) {
      assertEquals(params[key], value, `${name}: ${key}`);
    }
  }
});

Deno.test("the waiting time follows model, steps and length", () => {
  const rows: [string, PluginConfig, Options, number][] = [
    ["default", {}, {}, 300],
    ["WAN", {}, { ref }, 300],
    ["flag", {}, { timeout: 40 }, 40],
    ["configuration", { defaultVideoTimeoutSec: 700 }, {}, 700],
    ["flag over configuration", { defaultVideoTimeoutSec: 700 }, { timeout: 40 }, 40],
    ["pro", {}, { quality: "pro" }, 1800],
    ["many steps", {}, { steps: 30 }, 1800],
    ["vendor", {}, { model: "seedance2" }, 1800],
    ["long", {}, { duration: 20 }, 600],
  ];
  for (const [name, config, options, seconds] of rows) {
    assertEquals(planConfigured(config, options).timeoutSeconds, seconds, name);
  }
});
