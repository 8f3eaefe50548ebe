import { assertEquals } from "@std/assert";
import type { Options } from "./flags/table.ts";
import { parse, wantsJson } from "./parse.ts";

const HOME = "/home/mara";

function options(...argv: string[]): Options {
  return parse(argv, { env: {}, home: HOME }).options;
}

Deno.test("each kind of value", () => {
  const rows: [string[], Options][] = [
    [[], {}],
    [["--json", "-q"], { json: true, quiet: true }],
    [["--steps", "8"], { steps: 8 }],
    [["--steps=8"], { steps: 8 }],
    [["-n", "3"], { count: 3 }],
    [["-n=3"], { count: 3 }],
    [["--steps", "1e2"], { steps: 100 }],
    [["--steps", "5.0"], { steps: 5 }],
    [["--seed", "0"], { seed: 0 }],
    [["--seed", "4294967295"], { seed: 4294967295 }],
    [["--mix-gain", "-3.5"], { mixGain: -3.5 }],
    [["--mix-gain=-3.5"], { mixGain: -3.5 }],
    [["--bpm", "128.5"], { bpm: 128.5 }],
    [["-m", "z"], { model: "z" }],
    [["--lyrics", "-la la"], { lyrics: "-la la" }],
    [["--lyrics", "--json"], { lyrics: "--json", json: true }],
    [["--lyrics="], { lyrics: "" }],
    [["--lyrics=a=b"], { lyrics: "a=b" }],
    [["--thinking"], { thinking: true }],
    [["--no-thinking"], { thinking: false }],
    [["--memory-set", "-k", "--v"], { memorySet: ["-k", "--v"] }],
    [["--memory-set=k", "v"], { memorySet: ["k", "v"] }],
    [["--concat-videos", "o", "a", "b", "-q"], { concatVideos: ["o", "a", "b"], quiet: true }],
    [["--concat-videos=o", "a", "b"], { concatVideos: ["o", "a", "b"] }],
    [["--workflow-input", "@~/w.json"], { workflowInput: "@~/w.json" }],
  ];
  for (const [argv, expected] of rows) assertEquals(options(...argv), expected, argv.join(" "));
});

Deno.test("a scalar keeps its last value, lists grow in the order typed", () => {
  const rows: [string[], Options][] = [
    [["--steps", "1", "--steps", "2"], { steps: 2 }],
    [["--thinking", "--no-thinking"], { thinking: false }],
    [["--ref", "a", "--reference", "b"], { ref: "b" }],
    [["-c", "a", "--context", "b", "-c", "c"], { context: ["a", "b", "c"] }],
    [["--lora", "a", "--loras", "b, c", "--lora", "d"], { loras: ["a", "b", "c", "d"] }],
    [["--lora-strengths", "0.5, 1", "--lora-strength", "2"], { loraStrengths: [0.5, 1, 2] }],
    [["--music-model", "sft"], { musicModel: "sft" }],
  ];
  for (const [argv, expected] of rows) assertEquals(options(...argv), expected, argv.join(" "));
});

Deno.test("of several workflow actions the last one counts", () => {
  assertEquals(options("--list-workflows", "--get-workflow", "x"), { getWorkflow: "x" });
  assertEquals(options("--get-workflow", "x", "--list-workflows"), { listWorkflows: true });
  assertEquals(options("--api-workflow", "--watch", "--cancel-workflow", "x"), {
    watchWorkflow: true,
    cancelWorkflow: "x",
  });
});

Deno.test("enum values in every accepted spelling", () => {
  const rows: [string, string, Options][] = [
    ["-Q", "HQ", { quality: "hq" }],
    ["--token", "Auto", { tokenType: "auto" }],
    ["--seed-strategy", "prompt_hash", { seedStrategy: "prompt-hash" }],
    ["--format", "JPEG", { outputFormat: "jpg" }],
    ["--workflow", "Image+Audio-to-Video", { workflow: "ia2v" }],
    ["--workflow", "text-to-video", { workflow: "t2v" }],
    ["--workflow", "sound-to-video", { workflow: "s2v" }],
    ["--workflow", "audio-to-video", { workflow: "a2v" }],
    ["--workflow", "video-to-video", { workflow: "v2v" }],
    ["--workflow", "animate_move", { workflow: "animate-move" }],
    ["--workflow", "R2V", { workflow: "r2v" }],
    ["--control-type", "Pose", { controlnetName: "pose" }],
    ["--azimuth", "Front-Right quarter", { azimuth: "front-right" }],
    ["--azimuth", "back left quarter", { azimuth: "back-left" }],
    ["--azimuth", "front_left", { azimuth: "front-left" }],
    ["--elevation", "low angle", { elevation: "low-angle" }],
    ["--elevation", "Eye Level", { elevation: "eye-level" }],
    ["--distance", "close up", { distance: "close-up" }],
    ["--distance", "medium shot", { distance: "medium" }],
    ["--distance", "Wide_Shot", { distance: "wide" }],
    ["--timesig", "4/4", { timesig: "4" }],
    ["--timesig", "6/8", { timesig: "6" }],
    ["--timesig", "3", { timesig: "3" }],
    ["--task-profile", " Reasoning ", { taskProfile: "reasoning" }],
    ["--api-tools", "false", { apiTools: "none" }],
    ["--api-tools", "true", { apiTools: "true" }],
    ["--api-tools", "creative_tools", { apiTools: "creative-tools" }],
    ["--turn-source", "HOSTED_CHAT", { turnSource: "hosted_chat" }],
    ["--storyboard-plan-stage", "scene-clip", { storyboardPlanStage: "scene_clip" }],
    ["--relationship", "Aunt", { relationship: "Aunt" }],
    ["--memory-category", "anything", { memoryCategory: "anything" }],
  ];
  for (const [flag, value, expected] of rows) {
    const read = parse([flag, value, "--api-chat"], { env: {}, home: HOME }).options;
    assertEquals(read, { ...expected, apiChat: true }, `${flag} ${value}`);
  }
});

Deno.test("values that may be left out", () => {
  const rows: [string[], Options, string | undefined][] = [
    [["--angles-360-video"], { angles360Video: true }, undefined],
    [["--angles-360-video", "-q"], { angles360Video: true, quiet: true }, undefined],
    [["--angles-360-video", "~/o.mp4", "p"], { angles360Video: `${HOME}/o.mp4` }, "p"],
    [["--list-media"], { listMedia: true }, undefined],
    [["--list-media", "audio"], { listMedia: "audio" }, undefined],
    [["--list-media", "Audio"], { listMedia: true }, "Audio"],
    [["--list-media", "videos"], { listMedia: true }, "videos"],
    [["--list-media=all"], { listMedia: "all" }, undefined],
    [["--list-replays"], { listReplays: true }, undefined],
    [["--list-replays", "20"], { listReplays: 20 }, undefined],
    [["--list-replays", "word"], { listReplays: true }, "word"],
    [["--api-workflow", "a cat"], { apiWorkflow: true }, "a cat"],
    [["--api-workflow", "Storyboard_Video", "p"], { apiWorkflow: "storyboard-video" }, "p"],
    [["--api-workflow", "gpt-image-2-seedance", "p"], { apiWorkflow: "storyboard-video" }, "p"],
    [["--creative-workflow", "gpt_image_seedance"], { apiWorkflow: "storyboard-video" }, undefined],
  ];
  for (const [argv, expected, prompt] of rows) {
    const read = parse(argv, { env: {}, home: HOME });
    assertEquals(read.options, expected, argv.join(" "));
    assertEquals(read.prompt, prompt, argv.join(" "));
  }
});

Deno.test("a leading tilde of a path is the home folder", () => {
  const rows: [string[], Options][] = [
    [["-o", "~"], { output: HOME }],
    [["-o", "~/a.png"], { output: `${HOME}/a.png` }],
    [["-o", "~\\a.png"], { output: `${HOME}\\a.png` }],
    [["-o", "~mara/a.png"], { output: "~mara/a.png" }],
    [["-o", "a~/b"], { output: "a~/b" }],
    [["-c", "~/a", "-c", "b"], { context: [`${HOME}/a`, "b"] }],
    [["--mask=~/m.png"], { mask: `${HOME}/m.png` }],
    [["--extract-last-frame", "~/a.mp4", "~/b.png"], {
      extractLastFrame: [`${HOME}/a.mp4`, `${HOME}/b.png`],
    }],
    [["--concat-videos", "~/o", "a", "~/b"], { concatVideos: [`${HOME}/o`, "a", `${HOME}/b`] }],
    [["--memory-set", "~/k", "~"], { memorySet: ["~/k", "~"] }],
    [["--system", "~/x"], { system: "~/x" }],
  ];
  for (const [argv, expected] of rows) assertEquals(options(...argv), expected, argv.join(" "));
  assertEquals(parse(["-o", "~/a"], { env: {}, home: "" }).options, { output: "~/a" });
});

Deno.test("the prompt is the first argument that is no option", () => {
  const rows: [string[], string | undefined][] = [
    [[], undefined],
    [["a cat"], "a cat"],
    [["a cat", "a dog"], "a cat"],
    [["-n", "2", "a cat", "--json"], "a cat"],
    [["", "a dog"], ""],
    [["--", "--json"], "--json"],
    [["--", "-x", "--nonsense"], "-x"],
    [["a cat", "--", "a dog"], "a cat"],
    [["--"], undefined],
    [["-5 degrees outside"], "-5 degrees outside"],
    [["- a list"], "- a list"],
    [["-- a cat"], "-- a cat"],
    [["--frobnicate the cat"], "--frobnicate the cat"],
    [["\u2014 a dash first"], "\u2014 a dash first"],
    [["--json", "doctor"], "doctor"],
    [["a cat", "self-update"], "a cat"],
    [["--", "self-update"], "self-update"],
  ];
  for (const [argv, prompt] of rows) {
    assertEquals(parse(argv, { env: {}, home: HOME }).prompt, prompt, argv.join(" "));
  }
});

Deno.test("--help and --last act where they stand", () => {
  const rows: [string[], string, Options, string[]][] = [
    [["--help", "--nonsense"], "help", { help: true }, ["--nonsense"]],
    [["-n", "2", "--help"], "help", { count: 2, help: true }, []],
    [["--help", "video"], "help", { help: true }, ["video"]],
    [["--help", "--json"], "help", { help: true, json: true }, []],
    [["help"], "help", {}, []],
    [["help", "video"], "help", {}, ["video"]],
    [["jobs", "--help"], "help", { help: true }, ["jobs"]],
    [["--last", "--nonsense"], "last", { last: true }, []],
    [["--last", "--json"], "last", { last: true, json: true }, []],
    [["--version", "--last"], "last", { version: true, last: true }, []],
  ];
  for (const [argv, command, expected, words] of rows) {
    const read = parse(argv, { env: {}, home: HOME });
    assertEquals(read, { command, options: expected, words }, argv.join(" "));
  }
});

Deno.test("words of commands are known as the first argument", () => {
  const rows: [string[], string, Options, string[]][] = [
    [["login"], "login", {}, []],
    [["login", "--json"], "login", { json: true }, []],
    [["sandbox", "-q"], "sandbox", { quiet: true }, []],
  ];
  for (const [argv, command, expected, words] of rows) {
    const { typed: _, ...read } = parse(argv, { env: {}, home: HOME });
    assertEquals(read, { command, options: expected, words }, argv.join(" "));
  }
});

Deno.test("a running workflow can be watched by its id", () => {
  assertEquals(parse(["--watch-workflow", "wf_1"], { env: {}, home: HOME }), {
    command: "workflow",
    options: { streamWorkflow: "wf_1" },
    words: [],
  });
  const start = parse(["--api-workflow", "--watch", "p"], { env: {}, home: HOME });
  assertEquals(start.options, { apiWorkflow: true, watchWorkflow: true });
  assertEquals(start.prompt, "p");
});

Deno.test("SOGNI_SANDBOX=1 is the flag", () => {
  assertEquals(parse([], { env: { SOGNI_SANDBOX: "1" }, home: HOME }).options, { sandbox: true });
  assertEquals(parse([], { env: { SOGNI_SANDBOX: "0" }, home: HOME }).options, {});
});

Deno.test("JSON is asked for anywhere on the line", () => {
  assertEquals(wantsJson(["--nonsense", "--json"]), true);
  assertEquals(wantsJson(["a", "--jsonx"]), false);
});
