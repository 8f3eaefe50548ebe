import { assertEquals } from "@std/assert";
import { planVideoOf, videoError } from "../../../tests/support/video_plan.ts";
import type { Options } from "../../cli/flags/table.ts";
import type { Plan } from "../types.ts";

const ref = "square.png";
const refVideo = ["film.mp4"];

Deno.test("a text-to-video project has the contract's parameters", () => {
  const plan = planVideoOf({ seed: 7 });
  assertEquals(plan.projects, [{
    params: {
      type: "video",
      modelId: "ltx23-22b-fp8_t2v_distilled",
      positivePrompt: "a lighthouse",
      negativePrompt: "",
      stylePrompt: "",
      numberOfMedia: 1,
      fps: 24,
      width: 1920,
      height: 1088,
      duration: 5,
      tokenType: "spark",
      network: "fast",
      disableNSFWFilter: false,
      steps: 8,
      guidance: 1,
      sampler: "euler_ancestral",
      scheduler: "simple",
      seed: 7,
    },
    media: [],
  }]);
  assertEquals(plan.notes, []);
  assertEquals(
    [plan.medium, plan.branch, plan.count, plan.order, plan.extension, plan.timeoutSeconds],
    ["video", "video", 1, "together", "mp4", 300],
  );
  assertEquals([plan.seed, plan.seedStrategy, plan.needsFfmpeg], [7, null, false]);
  assertEquals(plan.summary, {
    type: "video",
    prompt: "a lighthouse",
    model: "ltx23-22b-fp8_t2v_distilled",
    width: 1920,
    height: 1088,
    seed: 7,
    seedStrategy: null,
    tokenType: "spark",
    workflow: "t2v",
    fps: 24,
    duration: 5,
    strictSize: false,
    refImage: null,
    refImageEnd: null,
  });
  assertEquals(plan.context, {
    video: true,
    workflow: "t2v",
    model: "ltx23-22b-fp8_t2v_distilled",
    width: 1920,
    height: 1088,
    strictSize: false,
    count: 1,
    tokenType: "spark",
    fps: 24,
    duration: 5,
    frames: null,
    autoResizeVideoAssets: null,
    refImage: null,
    refImageEnd: null,
    refAudio: null,
    referenceAudioIdentity: null,
    refVideo: null,
    effectiveWidth: null,
    effectiveHeight: null,
    adjustedVideoDims: null,
  });
  assertEquals(plan.pricing, {
    width: 1920,
    height: 1088,
    fps: 24,
    frames: null,
    renderedFrames: 121,
    duration: 5,
    steps: 8,
    count: 1,
    hasVideoInput: false,
    referenceImageCount: 0,
    referenceVideoCount: 0,
  });
});

Deno.test("notes say what was changed, each once", () => {
  const rows: [string, Options, string, string][] = [
    [
      "size",
      { width: 1280, height: 720 },
      "note",
      "Auto-adjusted video dimensions from 1280x720 to 1280x704",
    ],
    ["duration", { duration: 50 }, "note", "Adjusted video duration from 50s to 20s"],
    ["fps", { model: "seedance2", fps: 12 }, "note", "Adjusted video fps from 12 to 24"],
    [
      "control",
      { model: "seedance2", refVideo, controlnetName: "pose" },
      "warning",
      "Warning: --controlnet-name is ignored",
    ],
    ["loop", { ref, looping: true }, "warning", "Warning: --looping is ignored without --output"],
    [
      "canvas",
      { refVideo, controlnetName: "outpaint" },
      "note",
      "Using a 1920x1088 canvas for outpaint of the 1280x720 source",
    ],
    ["frames", { frames: 10 }, "warning", "Warning: --frames 10 is sent as it is"],
  ];
  for (const [name, options, level, start] of rows) {
    const found = planVideoOf({ seed: 1, ...options }).notes.filter(({ text }) =>
      text.startsWith(start)
    );
    assertEquals(found.map((note) => note.level), [level], name);
  }
});

Deno.test("variations of the prompt are projects of their own", () => {
  const prompt = "{she waves|she turns to the window|she lifts a hand}";
  const plan = planVideoOf({ ref, count: 3, duration: 5, seed: 4 }, prompt);
  assertEquals(plan.projects.map(({ label }) => label), [
    "she waves",
    "she turns to the window",
    "she lifts a hand",
  ]);
  assertEquals(
    plan.projects.map(({ params }) => [params.positivePrompt, params.numberOfMedia, params.seed]),
    [["she waves", 1, 4], ["she turns to the window", 1, 4], ["she lifts a hand", 1, 4]],
  );
  assertEquals([plan.count, plan.pricing?.count, plan.prompt], [3, 3, prompt]);
  assertEquals(
    planVideoOf({ count: 1 }, "a {red|blue} fox").projects[0]?.params.positivePrompt,
    "a {red|blue} fox",
  );
  assertEquals(planVideoOf({ count: 2 }, "exact prompt: a {red|blue} fox").projects.length, 1);
});

Deno.test("personas bring start frame, voice and speaker", () => {
  const persona = {
    name: "Ilse",
    relationship: "partner",
    photoPath: "square.png",
    voiceClipPath: "clip.webm",
  };
  const plan = planVideoOf({ persona: ["Ilse"] }, 'ILSE: "Good to hear you."', {
    personas: [persona],
  });
  assertEquals(plan.model, "ltx23-22b-fp8_i2v_distilled");
  assertEquals(
    plan.projects[0]?.params.positivePrompt.startsWith(
      '[VISUAL]\nILSE: "Good to hear you."\n\n[SPEECH]\nIlse: "Good to hear you."\n\n[SOUNDS]\n',
    ),
    true,
  );
  assertEquals(plan.projects[0]?.media.map(({ slot }) => slot), [
    "referenceImage",
    "referenceAudioIdentity",
  ]);
  assertEquals(
    [
      plan.summary["refImage"],
      plan.summary["referenceAudioIdentity"],
      plan.summary["voicePersonaName"],
    ],
    ["square.png", "clip.webm", "Ilse"],
  );
});

Deno.test("two keyframes on LTX-2.3 bring the morph LoRA and its word", () => {
  const morph = (options: Options, prompt: string): Plan =>
    planVideoOf({ model: "ltx23", ref, refEnd: "tall.jpg", ...options }, prompt);
  const { params } = morph({}, "a flower opens").projects[0] ?? {};
  assertEquals(
    [params?.positivePrompt, params?.loras, params?.loraStrengths],
    ["a flower opens, zhuanchang", ["transition"], [1]],
  );
  assertEquals(morph({}, "Zhuanchang, a flower").prompt, "Zhuanchang, a flower");
  assertEquals(morph({}, "a flower").summary["loras"], ["transition"]);
  assertEquals(
    planVideoOf({ model: "ltx23", ref }, "a flower").projects[0]?.params.loras,
    undefined,
  );
  assertEquals(planVideoOf({ ref, refEnd: ref }, "a flower").projects[0]?.params.loras, undefined);
});

Deno.test("a storyboard sheet replaces the prompt", () => {
  const plan = planVideoOf({ ref }, "turn this storyboard into a 12 second video");
  assertEquals(plan.model, "seedance-2-0");
  assertEquals(plan.projects[0]?.params.duration, 12);
  assertEquals(plan.prompt.includes("storyboard in @Image1"), true);
  assertEquals(plan.notes.filter(({ level }) => level === "warning"), []);
  assertEquals(
    planVideoOf({ ref, expandPrompt: false }, "turn this storyboard into a video").model ===
      "seedance-2-0",
    false,
  );
});

Deno.test("a loop has a second project back to the start", () => {
  const plan = planVideoOf(
    { ref, looping: true, output: "loop.mp4", seed: 3, count: 2 },
    "slow pan",
  );
  const { followUp } = plan;
  assertEquals(followUp?.end, {
    slot: "referenceImageEnd",
    source: ref,
    transfer: "bytes",
    prepare: { kind: "fit", width: 480, height: 480 },
  });
  assertEquals(followUp?.params, {
    type: "video",
    modelId: plan.model,
    positivePrompt: "slow pan",
    negativePrompt: "",
    stylePrompt: "",
    numberOfMedia: 1,
    tokenType: "spark",
    network: "fast",
    disableNSFWFilter: false,
    width: 480,
    height: 480,
    fps: 32,
    duration: 5,
    steps: 4,
    guidance: 1,
    outputFormat: "mp4",
  });
  assertEquals([plan.needsFfmpeg, plan.pricing?.count], [true, 4]);
  assertEquals(planVideoOf({ ref, looping: true }).followUp, undefined);
});

Deno.test("the record names every reference", () => {
  const plan = planVideoOf({
    model: "seedance2",
    ref: "https://e.com/a.png",
    refVideo: ["https://e.com/1.mp4", "https://e.com/2.mp4"],
    refAudio: ["https://e.com/1.mp3", "https://e.com/2.mp3"],
    videoStart: 1,
    audioStart: 2,
    audioDuration: 3,
    autoResizeAssets: true,
    strictSize: true,
    frames: 97,
  });
  const { summary } = plan;
  assertEquals(summary["refVideos"], ["https://e.com/1.mp4", "https://e.com/2.mp4"]);
  assertEquals(summary["refAudios"], ["https://e.com/1.mp3", "https://e.com/2.mp3"]);
  assertEquals(
    [
      "refVideo",
      "videoStart",
      "refAudio",
      "audioStart",
      "audioDuration",
      "autoResizeVideoAssets",
      "strictSize",
      "frames",
      "duration",
    ]
      .map((key) => summary[key]),
    ["https://e.com/1.mp4", 1, "https://e.com/1.mp3", 2, 3, true, true, 97, 97 / 24],
  );
  const control = planVideoOf({ refVideo, controlnetName: "pose" }).summary;
  assertEquals(control["controlNet"], { name: "pose", strength: 0.85 });
});

Deno.test("a video needs a prompt, its price does not", () => {
  assertEquals(videoError({}, "  ").code, "INVALID_ARGUMENT");
  assertEquals(planVideoOf({ estimateVideoCost: true }, "").pricing?.renderedFrames, 121);
  assertEquals(planVideoOf({ estimateVideoCost: true, frames: 97 }, "").pricing?.duration, 4);
});
