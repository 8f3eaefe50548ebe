import { assertEquals } from "@std/assert";
import type { Options } from "./flags/table.ts";
import { HELP_EXAMPLES } from "./help_examples.ts";
import { parse } from "./parse.ts";

type Row = [argv: string[], command: string, options: Options, prompt?: string];

const IMAGES: Row[] = [
  [
    ["-Q", "hq", "-o", "l.png", "a lighthouse"],
    "generate",
    { quality: "hq", output: "l.png" },
    "a lighthouse",
  ],
  [["-c", "s.jpg", "neon"], "generate", { context: ["s.jpg"] }, "neon"],
  [["--photobooth", "--ref", "f.jpg", "p"], "generate", { photobooth: true, ref: "f.jpg" }, "p"],
  [
    [
      "--multi-angle",
      "-c",
      "m.png",
      "--azimuth",
      "front-right",
      "--elevation",
      "eye-level",
      "--distance",
      "medium",
    ],
    "generate",
    {
      multiAngle: true,
      context: ["m.png"],
      azimuth: "front-right",
      elevation: "eye-level",
      distance: "medium",
    },
  ],
  [["--angles-360", "-c", "m.png", "-o", "t/"], "generate", {
    angles360: true,
    context: ["m.png"],
    output: "t/",
  }],
  [["-n", "3", "a {red|blue}"], "generate", { count: 3 }, "a {red|blue}"],
  [["--token-type", "auto", "p"], "generate", { tokenType: "auto" }, "p"],
  [["--last"], "last", { last: true }],
  [["--json", "--last"], "last", { json: true, last: true }],
];

const FILM_AND_SOUND: Row[] = [
  [["--video", "--target-resolution", "768", "p"], "generate", {
    video: true,
    targetResolution: 768,
  }, "p"],
  [
    [
      "--video",
      "-m",
      "seedance2",
      "--workflow",
      "t2v",
      "--ref",
      "https://h/p.png",
      "--ref-video",
      "https://h/m.mp4",
      "--ref-audio",
      "https://h/m.m4a",
      "p",
    ],
    "generate",
    {
      video: true,
      model: "seedance2",
      workflow: "t2v",
      ref: "https://h/p.png",
      refVideo: ["https://h/m.mp4"],
      refAudio: ["https://h/m.m4a"],
    },
    "p",
  ],
  [["--video", "--reference-audio-identity", "v.webm", "p"], "generate", {
    video: true,
    referenceAudioIdentity: "v.webm",
  }, "p"],
  [["--video", "--ref", "a", "--ref-end", "b", "p"], "generate", {
    video: true,
    ref: "a",
    refEnd: "b",
  }, "p"],
  [
    [
      "--music",
      "--lyrics",
      "l",
      "--bpm",
      "128",
      "--keyscale",
      "C major",
      "--output-format",
      "mp3",
      "p",
    ],
    "generate",
    { music: true, lyrics: "l", bpm: 128, keyscale: "C major", outputFormat: "mp3" },
    "p",
  ],
  [
    [
      "--video",
      "--workflow",
      "v2v",
      "--ref-video",
      "d.mp4",
      "--video-start",
      "10",
      "--duration",
      "8",
      "--controlnet-name",
      "pose",
      "-o",
      "./p.mp4",
      "p",
    ],
    "generate",
    {
      video: true,
      workflow: "v2v",
      refVideo: ["d.mp4"],
      videoStart: 10,
      duration: 8,
      controlnetName: "pose",
      output: "./p.mp4",
    },
    "p",
  ],
  [
    [
      "--concat-videos",
      "./f.mp4",
      "./1.mp4",
      "./2.mp4",
      "--concat-audio",
      "s.mp3",
      "--concat-audio-start",
      "0",
    ],
    "concat",
    { concatVideos: ["./f.mp4", "./1.mp4", "./2.mp4"], concatAudio: "s.mp3", concatAudioStart: 0 },
  ],
  [["--extract-last-frame", "c.mp4", "l.png"], "extract-last-frame", {
    extractLastFrame: ["c.mp4", "l.png"],
  }],
  [["--balance"], "balance", { balance: true }],
];

const STATE: Row[] = [
  [
    ["--persona-add", "Mara", "--ref", "f.jpg", "--relationship", "self", "--description", "curly"],
    "persona",
    { personaAdd: "Mara", ref: "f.jpg", relationship: "self", angleDescription: "curly" },
  ],
  [
    [
      "--persona-add",
      "Ilse",
      "--ref",
      "i.jpg",
      "--relationship",
      "partner",
      "--voice-clip",
      "v.webm",
    ],
    "persona",
    { personaAdd: "Ilse", ref: "i.jpg", relationship: "partner", voiceClip: "v.webm" },
  ],
  [
    ["--persona", "Mara", "-o", "h.png", "p"],
    "generate",
    { persona: ["Mara"], output: "h.png" },
    "p",
  ],
  [["--persona-list"], "persona", { personaList: true }],
  [["--persona-remove", "Mara"], "persona", { personaRemove: "Mara" }],
  [
    ["--memory-set", "ratio", "16:9", "--memory-category", "preference"],
    "memory",
    { memorySet: ["ratio", "16:9"], memoryCategory: "preference" },
  ],
  [["--memory-list"], "memory", { memoryList: true }],
  [["--memory-remove", "style"], "memory", { memoryRemove: "style" }],
  [["--personality-set", "short"], "personality", { personalitySet: "short" }],
  [["--personality-get"], "personality", { personalityGet: true }],
  [["--personality-clear"], "personality", { personalityClear: true }],
];

const HOSTED: Row[] = [
  [["--api-chat", "p"], "api-chat", { apiChat: true }, "p"],
  [
    ["--api-chat", "--task-profile", "reasoning", "--no-thinking", "p"],
    "api-chat",
    { apiChat: true, taskProfile: "reasoning", thinking: false },
    "p",
  ],
  [["--list-api-models"], "api-models", { listApiModels: true }],
  [["--get-api-model", "m"], "api-models", { getApiModel: "m" }],
  [["--durable-chat", "p"], "durable-chat", { durableChat: true }, "p"],
  [["--api-workflow", "--video-prompt", "v", "p"], "workflow", {
    apiWorkflow: true,
    videoPrompt: "v",
  }, "p"],
  [
    [
      "--api-workflow",
      "--ref",
      "https://h/s.png",
      "--workflow-max-cost",
      "25",
      "--confirm-cost",
      "--video-prompt",
      "v",
      "p",
    ],
    "workflow",
    {
      apiWorkflow: true,
      ref: "https://h/s.png",
      workflowMaxCost: 25,
      confirmCost: true,
      videoPrompt: "v",
    },
    "p",
  ],
  [["--api-workflow", "--workflow-input", "@w.json"], "workflow", {
    apiWorkflow: true,
    workflowInput: "@w.json",
  }],
  [
    [
      "--api-workflow",
      "storyboard-video",
      "--storyboard-frames",
      "6",
      "--duration",
      "12",
      "-Q",
      "hq",
      "p",
    ],
    "workflow",
    { apiWorkflow: "storyboard-video", storyboardFrames: 6, duration: 12, quality: "hq" },
    "p",
  ],
  [["--watch-workflow", "ID"], "workflow", { streamWorkflow: "ID" }],
  [["--list-workflows"], "workflow", { listWorkflows: true }],
  [["--get-workflow", "ID"], "workflow", { getWorkflow: "ID" }],
  [["--workflow-events", "ID"], "workflow", { workflowEvents: "ID" }],
  [["--stream-workflow", "ID"], "workflow", { streamWorkflow: "ID" }],
  [["--cancel-workflow", "ID"], "workflow", { cancelWorkflow: "ID" }],
  [["--resume-workflow", "ID"], "workflow", { resumeWorkflow: "ID" }],
  [["--list-replays", "20"], "replay", { listReplays: 20 }],
  [["--get-replay", "RUN", "--json"], "replay", { getReplay: "RUN", json: true }],
  [["--ingest-replay", "@r.json"], "replay", { ingestReplay: "@r.json" }],
];

Deno.test("the command lines of the contract mean what they say", () => {
  for (
    const [argv, command, options, prompt] of [...IMAGES, ...FILM_AND_SOUND, ...STATE, ...HOSTED]
  ) {
    const { typed: _, ...read } = parse(argv, { env: {}, home: "/home/mara" });
    assertEquals(
      read,
      { command, options, ...(prompt === undefined ? {} : { prompt }), words: [] },
      argv.join(" "),
    );
  }
});

Deno.test("the examples of the help text can be typed", () => {
  for (const [line] of HELP_EXAMPLES) {
    const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) =>
      quoted ?? bare ?? ""
    );
    const read = parse(argv, { env: {}, home: "" });
    assertEquals(read.command, "generate", line);
    assertEquals(typeof read.prompt, "string", line);
  }
});
