import { assertEquals } from "@std/assert";
import { planConfigured, planVideoOf, videoError } from "../../../tests/support/video_plan.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import type { PlanInput } from "../types.ts";

const LTX = (workflow: string) => `ltx23-22b-fp8_${workflow}_distilled`;
const DEV = (workflow: string) => `ltx23-22b-fp8_${workflow}_dev`;
const WAN = (workflow: string) => `wan_v2.2-14b-fp8_${workflow}_lightx2v`;

type Row = [name: string, options: Options, workflow: string, model: string, prompt?: string];

const ref = "square.png";
const refEnd = "tall.jpg";
const refAudio = ["song.m4a"];
const refVideo = ["film.mp4"];
const url = "https://example.com/a.png";

const ROUTES: Row[] = [
  ["text", {}, "t2v", LTX("t2v")],
  ["image", { ref }, "i2v", WAN("i2v")],
  ["end image", { refEnd }, "i2v", WAN("i2v")],
  ["both images", { ref, refEnd }, "i2v", WAN("i2v")],
  ["both images to morph", { ref, refEnd }, "i2v", LTX("i2v"), "morph"],
  ["audio", { refAudio }, "a2v", LTX("a2v")],
  ["audio and image", { ref, refAudio }, "ia2v", LTX("ia2v")],
  ["audio, image, lips", { ref, refAudio }, "s2v", WAN("s2v"), "lip sync"],
  ["audio, image, head", { ref, refAudio }, "s2v", WAN("s2v"), "a talking head"],
  ["film and control", { refVideo, controlnetName: "pose" }, "v2v", LTX("v2v")],
  ["film and image", { ref, refVideo }, "animate-move", WAN("animate-move")],
  [
    "replace",
    { ref, refVideo, workflow: "animate-replace" },
    "animate-replace",
    WAN("animate-replace"),
  ],
  ["asked workflow", { ref, refAudio, workflow: "s2v" }, "s2v", WAN("s2v")],
  ["quoted words", { ref }, "i2v", LTX("i2v"), 'she waves "hi"'],
  ["speech", { ref }, "i2v", LTX("i2v"), "she says hello"],
  ["music", { ref }, "i2v", LTX("i2v"), "with music"],
  ["story", { ref }, "i2v", LTX("i2v"), "a short story"],
  ["silent", { ref }, "i2v", WAN("i2v"), "a silent story"],
  ["no dialogue", { ref }, "i2v", WAN("i2v"), "a scene with no dialogue"],
  ["hq", { ref, quality: "hq" }, "i2v", LTX("i2v")],
  ["hq although silent", { ref, quality: "hq" }, "i2v", LTX("i2v"), "silent"],
  ["fast", { ref, quality: "fast" }, "i2v", WAN("i2v")],
  ["pro image", { ref, quality: "pro" }, "i2v", DEV("i2v")],
  ["pro text", { quality: "pro" }, "t2v", DEV("t2v")],
  ["pro audio", { refAudio, quality: "pro" }, "a2v", DEV("a2v")],
  ["pro both", { ref, refAudio, quality: "pro" }, "ia2v", DEV("ia2v")],
  ["pro control", { refVideo, controlnetName: "canny", quality: "pro" }, "v2v", LTX("v2v")],
  ["pro animate", { ref, refVideo, quality: "pro" }, "animate-move", WAN("animate-move")],
  ["pro with a model", { quality: "pro", model: "ltx23" }, "t2v", LTX("t2v")],
  ["hq text", { quality: "hq" }, "t2v", LTX("t2v")],
  ["ltx23 follows text", { model: "ltx23" }, "t2v", LTX("t2v")],
  ["ltx23 follows image", { model: "ltx23", ref }, "i2v", LTX("i2v")],
  ["ltx23 follows audio", { model: "ltx23", ref, refAudio }, "ia2v", LTX("ia2v")],
  [
    "ltx23 follows control",
    { model: "ltx23", refVideo, controlnetName: "depth" },
    "v2v",
    LTX("v2v"),
  ],
  ["upper case", { model: "LTX23", ref }, "i2v", LTX("i2v")],
  ["wan22 text", { model: "wan22" }, "t2v", WAN("t2v")],
  ["wan22 image", { model: "wan22", ref }, "i2v", WAN("i2v")],
  ["wan22 asked", { model: "wan22", ref, workflow: "i2v" }, "i2v", WAN("i2v")],
  ["wan22 sound", { model: "wan22", ref, refAudio, workflow: "s2v" }, "s2v", WAN("s2v")],
  ["wan22 without such a model", { model: "wan22", refAudio }, "a2v", LTX("a2v")],
  ["alias", { model: "ltx23-i2v", ref }, "i2v", LTX("i2v")],
  ["alias of audio", { model: "ltx23-a2v", refAudio }, "a2v", LTX("a2v")],
  ["alias of wan", { model: "wan22-s2v", ref, refAudio }, "s2v", WAN("s2v")],
  ["concrete id", { model: "wan_v2.2-14b-fp8_i2v", ref }, "i2v", "wan_v2.2-14b-fp8_i2v"],
  [
    "id decides before assets",
    { model: "ltx23-ia2v", ref, refAudio },
    "ia2v",
    LTX("ia2v"),
    "lip sync",
  ],
  ["unknown id with workflow", { model: "new-model_i2v_fast", ref }, "i2v", "new-model_i2v_fast"],
  ["unknown id", { model: "my-model" }, "t2v", "my-model"],
  ["unknown id with image", { model: "my-model", ref }, "i2v", "my-model"],
  ["later family", { model: "ltx25", ref }, "i2v", "ltx25-22b-int8_i2v_distilled"],
  ["minimax follows image", { model: "minimax-h3", ref }, "i2v", "minimax-h3-fl2va-fp8_i2v"],
  ["minimax turbo", { model: "minimax-h3-turbo" }, "t2v", "minimax-h3-fl2va-fp8_t2v_turbo"],
  ["Seedance text", { model: "seedance2" }, "t2v", "seedance-2-0"],
  ["Seedance image", { model: "seedance2", ref }, "t2v", "seedance-2-0"],
  ["Seedance end", { model: "seedance2", refEnd }, "t2v", "seedance-2-0"],
  ["Seedance context", { model: "seedance2", context: [url] }, "t2v", "seedance-2-0"],
  ["Seedance film", { model: "seedance2", refVideo }, "v2v", "seedance-2-0"],
  ["Seedance sound", { model: "seedance2", ref, refAudio }, "ia2v", "seedance-2-0"],
  ["Seedance end and sound", { model: "seedance2", refEnd, refAudio }, "ia2v", "seedance-2-0"],
  ["Seedance film and sound", { model: "seedance2", refVideo, refAudio }, "v2v", "seedance-2-0"],
  ["Seedance asked", { model: "seedance2", workflow: "t2v", ref, refVideo }, "t2v", "seedance-2-0"],
  ["Seedance mini", { model: "seedance2-mini", ref }, "t2v", "seedance-2-0-mini"],
  ["Seedance fast", { model: "seedance2-fast" }, "t2v", "seedance-2-0-fast"],
  ["Seedance v2v alias", { model: "seedance2-v2v", refVideo }, "v2v", "seedance-2-0"],
  ["Seedance id", { model: "seedance-2-0", refVideo }, "v2v", "seedance-2-0"],
  ["HappyHorse text", { model: "happyhorse" }, "t2v", "happyhorse-1.1-t2v"],
  ["HappyHorse image", { model: "happyhorse", ref }, "i2v", "happyhorse-1.1-i2v"],
  ["HappyHorse loose", { model: "happyhorse-1.1", context: [url] }, "r2v", "happyhorse-1.1-r2v"],
  ["HappyHorse asked", { model: "happyhorse", workflow: "i2v", ref }, "i2v", "happyhorse-1.1-i2v"],
  ["HappyHorse pinned", { model: "happyhorse-1.1-i2v", ref }, "i2v", "happyhorse-1.1-i2v"],
  ["voice", { referenceAudioIdentity: "v.webm" }, "t2v", LTX("t2v"), "hi"],
  ["voice and image", { ref, referenceAudioIdentity: "v.webm" }, "i2v", LTX("i2v"), "silent"],
  ["voice and pro", { ref, quality: "pro", referenceAudioIdentity: "v.webm" }, "i2v", DEV("i2v")],
  [
    "voice and model",
    { model: "ltx23-t2v", referenceAudioIdentity: "v.webm" },
    "t2v",
    LTX("t2v"),
  ],
  ["literal prompt decides", { ref }, "i2v", WAN("i2v"), 'exact prompt: "slow pan"'],
  [
    "storyboard",
    { ref },
    "t2v",
    "seedance-2-0",
    "turn this storyboard into a video",
  ],
  [
    "storyboard on mini",
    { model: "seedance2-mini", ref },
    "t2v",
    "seedance-2-0-mini",
    "animate the uploaded storyboard",
  ],
  [
    "storyboard too long",
    { ref, duration: 16 },
    "i2v",
    WAN("i2v"),
    "turn this storyboard into a video",
  ],
  [
    "storyboard elsewhere",
    { ref, model: "wan22" },
    "i2v",
    WAN("i2v"),
    "turn this storyboard into a video",
  ],
  ["storyboard of two", { ref, refEnd }, "i2v", WAN("i2v"), "turn this storyboard into a video"],
  ["storyboard in clips", { ref }, "i2v", WAN("i2v"), "turn this storyboard into 4 clips"],
];

Deno.test("options and prompt choose workflow and model", () => {
  for (const [name, options, workflow, model, prompt] of ROUTES) {
    const plan = planVideoOf(options, prompt);
    assertEquals([plan.summary["workflow"], plan.model], [workflow, model], name);
    assertEquals(plan.projects[0]?.params.modelId, model, name);
  }
});

Deno.test("the configuration chooses models and the last resort of workflows", () => {
  const rows: [string, PluginConfig, Options, string, string][] = [
    ["model", { videoModels: { t2v: "wan22-t2v" } }, {}, "t2v", WAN("t2v")],
    ["selector", { videoModels: { t2v: "happyhorse" } }, {}, "t2v", "happyhorse-1.1-t2v"],
    ["id", { videoModels: { i2v: "ltx23-i2v" } }, { ref }, "i2v", LTX("i2v")],
    ["flag wins", { videoModels: { t2v: "wan22-t2v" } }, { model: "ltx23" }, "t2v", LTX("t2v")],
    ["preset wins", { videoModels: { t2v: "wan22-t2v" } }, { quality: "pro" }, "t2v", DEV("t2v")],
    [
      "voice wins",
      { videoModels: { t2v: "wan22-t2v" } },
      {
        referenceAudioIdentity: "v.webm",
      },
      "t2v",
      LTX("t2v"),
    ],
    ["workflow", { defaultVideoWorkflow: "t2v" }, {}, "t2v", LTX("t2v")],
    ["assets first", { defaultVideoWorkflow: "a2v" }, { ref }, "i2v", WAN("i2v")],
    ["model first", { defaultVideoWorkflow: "a2v" }, { model: "ltx23-t2v" }, "t2v", LTX("t2v")],
  ];
  for (const [name, config, options, workflow, model] of rows) {
    const plan = planConfigured(config, options);
    assertEquals([plan.summary["workflow"], plan.model], [workflow, model], name);
  }
});

Deno.test("workflows and models that contradict each other are refused", () => {
  const rows: [string, Options, Record<string, unknown>][] = [
    ["alias", { model: "ltx23-i2v", workflow: "t2v" }, { workflow: "t2v", model: "ltx23-i2v" }],
    ["selector", { model: "ltx23", workflow: "s2v", ref, refAudio }, {
      workflow: "s2v",
      model: "ltx23",
    }],
    ["inferred", { model: "ltx23", ref, refVideo }, { workflow: "animate-move", model: "ltx23" }],
    ["Seedance", { model: "seedance2", workflow: "i2v", ref }, {
      workflow: "i2v",
      model: "seedance2",
    }],
    ["HappyHorse", { model: "happyhorse", workflow: "v2v" }, {
      workflow: "v2v",
      model: "happyhorse",
    }],
    ["pinned", { model: "happyhorse-1.1-t2v", workflow: "i2v", ref }, {
      workflow: "i2v",
      model: "happyhorse-1.1-t2v",
    }],
    ["unknown id", { model: "x_t2v", workflow: "i2v", ref }, { workflow: "i2v", model: "x_t2v" }],
    ["r2v by itself", { workflow: "r2v", context: [url] }, { workflow: "r2v" }],
    ["r2v on LTX", { workflow: "r2v", model: "ltx23", context: [url] }, { workflow: "r2v" }],
  ];
  for (const [name, options, details] of rows) {
    const error = videoError(options);
    assertEquals(error.code, "INVALID_ARGUMENT", name);
    for (const [key, value] of Object.entries(details)) {
      assertEquals(error.details?.[key], value, `${name}: ${key}`);
    }
    assertEquals(typeof error.hint, "string", name);
  }
});

Deno.test("a voice is imitated by LTX-2.3 only, in t2v and i2v only", () => {
  const voice = { referenceAudioIdentity: "v.webm" };
  const wan = videoError({ ...voice, model: "wan22" });
  assertEquals([wan.code, wan.details?.["model"]], ["INVALID_ARGUMENT", WAN("t2v")]);
  assertEquals(wan.hint?.includes(LTX("t2v")), true);
  const sound = videoError({ ...voice, refAudio });
  assertEquals([sound.code, sound.details?.["workflow"]], ["INVALID_ARGUMENT", "a2v"]);
});

Deno.test("a configured model that does not fit its workflow is named", () => {
  const error = videoError({}, undefined, { config: { videoModels: { t2v: "ltx23-i2v" } } });
  assertEquals([error.code, error.details?.["property"]], ["INVALID_CONFIG", "videoModels.t2v"]);
});

Deno.test("the last image fills the start frame where a workflow takes one", () => {
  const lastRender = { image: "square.png" };
  const rows: [string, Options, PlanInput["lastRender"], string, string | null, boolean][] = [
    ["fills", { lastImage: true }, lastRender, "i2v", "square.png", false],
    [
      "an explicit one stays",
      { lastImage: true, ref: "tall.jpg" },
      lastRender,
      "i2v",
      "tall.jpg",
      false,
    ],
    [
      "asked workflow",
      { lastImage: true, workflow: "i2v" },
      lastRender,
      "i2v",
      "square.png",
      false,
    ],
    ["with audio", { lastImage: true, refAudio }, lastRender, "ia2v", "square.png", false],
    ["no image there", { lastImage: true, workflow: "t2v" }, lastRender, "t2v", null, true],
    [
      "Seedance",
      { lastImage: true, workflow: "t2v", model: "seedance2" },
      lastRender,
      "t2v",
      "square.png",
      false,
    ],
    ["no record", { lastImage: true }, undefined, "t2v", null, false],
    ["no image", { lastImage: true }, { seed: 4 }, "t2v", null, false],
  ];
  for (const [name, options, last, workflow, image, warned] of rows) {
    const plan = planVideoOf(options, undefined, last ? { lastRender: last } : {});
    assertEquals([plan.summary["workflow"], plan.summary["refImage"]], [workflow, image], name);
    assertEquals(plan.notes.some(({ text }) => text.includes("--last-image")), warned, name);
  }
});
