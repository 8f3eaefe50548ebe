import { assert, assertEquals, assertThrows } from "@std/assert";
import * as z from "zod";
import { parse } from "../cli/parse.ts";
import { COMMON_ARGUMENTS } from "./outcome.ts";
import { COMMAND_TOOLS } from "./tools.ts";
import { TOOL_TEXTS, type ToolName } from "./tool_texts.ts";

type Row = [tool: ToolName, input: Record<string, unknown>, argv: string[]];

const ROWS: Row[] = [
  ["generate_image", { prompt: "a fox" }, ["--", "a fox"]],
  ["generate_image", { prompt: "--help" }, ["--", "--help"]],
  [
    "generate_image",
    {
      prompt: "p",
      output_path: "-o.png",
      quality: "hq",
      model: "m",
      width: 640,
      height: 480,
      count: 2,
      seed: 0,
      context_images: ["a.png", "b.png"],
      persona: "Mara",
      personas: ["Ilse", "-x"],
      timeout_seconds: 60,
      wait_seconds: 5,
      max_cost: 0,
      token_type: "auto",
    },
    [
      "--output=-o.png",
      "--quality=hq",
      "--model=m",
      "--width=640",
      "--height=480",
      "--count=2",
      "--seed=0",
      "--context=a.png",
      "--context=b.png",
      "--persona=Mara",
      "--persona=Ilse",
      "--persona=-x",
      "--max-cost=0",
      "--token-type=auto",
      "--timeout=60",
      "--",
      "p",
    ],
  ],
  ["generate_video", { prompt: "p" }, ["--video", "--", "p"]],
  [
    "generate_video",
    {
      prompt: "p",
      output_path: "o.mp4",
      model: "seedance2",
      workflow: "i2v",
      duration: 5,
      ref: "a.png",
      ref_end: "b.png",
      ref_audio: "c.mp3",
      reference_audios: ["d.mp3"],
      ref_video: "e.mp4",
      reference_videos: ["f.mp4"],
      reference_images: ["g.png"],
      generate_audio: false,
      persona: "Mara",
      target_resolution: 768,
    },
    [
      "--video",
      "--output=o.mp4",
      "--model=seedance2",
      "--workflow=i2v",
      "--duration=5",
      "--ref=a.png",
      "--ref-end=b.png",
      "--ref-audio=c.mp3",
      "--ref-audio=d.mp3",
      "--ref-video=e.mp4",
      "--ref-video=f.mp4",
      "--context=g.png",
      "--no-generate-audio",
      "--persona=Mara",
      "--target-resolution=768",
      "--",
      "p",
    ],
  ],
  ["generate_video", { prompt: "p", generate_audio: true }, [
    "--video",
    "--generate-audio",
    "--",
    "p",
  ]],
  [
    "generate_music",
    {
      prompt: "p",
      output_path: "o.mp3",
      music_model: "sft",
      lyrics: "-la la",
      duration: 30,
      bpm: 128,
      keyscale: "C major",
      audio_format: "mp3",
    },
    [
      "--music",
      "--output=o.mp3",
      "--music-model=sft",
      "--lyrics=-la la",
      "--duration=30",
      "--bpm=128",
      "--keyscale=C major",
      "--output-format=mp3",
      "--",
      "p",
    ],
  ],
  ["photobooth", { prompt: "p", ref: "f.jpg", count: 4, output_path: "o.png" }, [
    "--photobooth",
    "--ref=f.jpg",
    "--count=4",
    "--output=o.png",
    "--",
    "p",
  ]],
  ["edit_video", { action: "extract_first_frame", input: "a.mp4", output: "b.png" }, [
    "--extract-first-frame",
    "a.mp4",
    "b.png",
  ]],
  ["edit_video", { action: "extract_last_frame", input: "-a.mp4", output: "b.png" }, [
    "--extract-last-frame",
    "-a.mp4",
    "b.png",
  ]],
  [
    "edit_video",
    { action: "concat_videos", output: "-o.mp4", clips: ["a.mp4", "-b.mp4"], audio_path: "s.mp3" },
    ["--concat-videos", "./-o.mp4", "a.mp4", "./-b.mp4", "--concat-audio=s.mp3"],
  ],
  [
    "edit_video",
    {
      action: "remix_audio",
      input: "a.mp4",
      output: "b.mp4",
      bed_audio: "s.mp3",
      audio_loop: true,
    },
    ["--remix-audio", "a.mp4", "b.mp4", "--bed-audio=s.mp3", "--audio-loop"],
  ],
  ["list_media", {}, ["--list-media", "images"]],
  ["list_media", { type: "all" }, ["--list-media", "all"]],
  ["manage_personas", { action: "list" }, ["--persona-list"]],
  ["manage_personas", { action: "resolve", name: "-M" }, ["--persona-resolve=-M"]],
  ["manage_personas", { action: "remove", name: "Mara" }, ["--persona-remove=Mara"]],
  [
    "manage_personas",
    {
      action: "add",
      name: "Mara",
      ref: "f.jpg",
      relationship: "self",
      description: "-tall",
      voice_clip: "v.wav",
    },
    [
      "--persona-add=Mara",
      "--ref=f.jpg",
      "--relationship=self",
      "--description=-tall",
      "--voice-clip=v.wav",
    ],
  ],
  ["manage_memories", { action: "list" }, ["--memory-list"]],
  ["manage_memories", { action: "get", key: "-k" }, ["--memory-get=-k"]],
  ["manage_memories", { action: "remove", key: "k" }, ["--memory-remove=k"]],
  [
    "manage_memories",
    { action: "set", key: "-k", value: "--v", category: "fact" },
    ["--memory-set", "-k", "--v", "--memory-category=fact"],
  ],
  ["account_balance", {}, ["--balance"]],
  ["sogni_doctor", {}, ["--doctor"]],
];

const WRONG: [tool: ToolName, input: Record<string, unknown>][] = [
  ["generate_image", {}],
  ["generate_image", { prompt: " " }],
  ["generate_image", { prompt: "a\u0000b" }],
  ["generate_image", { prompt: "a\u001b[31m" }],
  ["generate_image", { prompt: "p", count: 0 }],
  ["generate_image", { prompt: "p", width: 1.5 }],
  ["generate_image", { prompt: "p", quality: "best" }],
  ["generate_image", { prompt: "p", output_path: "a\nb" }],
  ["generate_image", { prompt: "p", unknown: 1 }],
  ["generate_video", { prompt: "p", workflow: "x2v" }],
  ["generate_music", { prompt: "p", duration: 9 }],
  ["generate_music", { prompt: "p", bpm: 301 }],
  ["photobooth", { prompt: "p" }],
  ["edit_video", { action: "extract_first_frame", output: "o.png" }],
  ["edit_video", { action: "concat_videos", output: "o.mp4", clips: ["a.mp4"] }],
  ["edit_video", { action: "concat_videos", output: "o.mp4" }],
  ["edit_video", { action: "cut", output: "o.mp4" }],
  ["manage_personas", { action: "resolve" }],
  ["manage_personas", { action: "add", name: "Mara" }],
  ["manage_memories", { action: "set", key: "k" }],
];

const toolOf = (name: ToolName) => {
  const tool = COMMAND_TOOLS.find((each) => each.name === name);
  assert(tool, name);
  return tool;
};

for (const [name, input, argv] of ROWS) {
  Deno.test(`${name} ${JSON.stringify(input)}`, () => {
    const made = toolOf(name).argv(input);
    assertEquals(made, argv);
    // The command line understands it as it is meant.
    const { prompt } = parse([...COMMON_ARGUMENTS, ...made], { env: {}, home: "/home/user" });
    if (input.prompt !== undefined) assertEquals(prompt, input.prompt);
  });
}

for (const [name, input] of WRONG) {
  Deno.test(`${name} refuses ${JSON.stringify(input)}`, () => {
    assertThrows(() => toolOf(name).argv(input));
  });
}

Deno.test("every option of every tool is tried above", () => {
  for (const { name, input } of COMMAND_TOOLS) {
    const tried = new Set(ROWS.flatMap(([tool, given]) => tool === name ? Object.keys(given) : []));
    const paid = new Set(["max_cost", "token_type", "timeout_seconds", "wait_seconds"]);
    const untried = Object.keys(input().shape).filter((key) =>
      !tried.has(key) && !(paid.has(key) && name !== "generate_image")
    );
    assertEquals(untried, [], name);
  }
});

Deno.test("every command tool has its texts, and a name that clients accept", () => {
  for (const name of Object.keys(TOOL_TEXTS)) assert(/^[a-z_]{1,64}$/.test(name));
  assertEquals(COMMAND_TOOLS.length + 2, Object.keys(TOOL_TEXTS).length);
});

Deno.test("schemas become JSON Schema, closed for input", () => {
  for (const { name, input, output } of COMMAND_TOOLS) {
    const given = z.toJSONSchema(input()) as { type: string; additionalProperties: unknown };
    assertEquals([given.type, given.additionalProperties], ["object", false], name);
    assertEquals((z.toJSONSchema(output()) as { type: string }).type, "object", name);
  }
});
