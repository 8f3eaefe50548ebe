/** The tools that render and cost tokens. */
import * as z from "zod";
import { flag, flags, paidFlags, prompt } from "../arguments.ts";
import { neededWords, paidFields, place, whole, words } from "../fields.ts";
import { RENDER } from "../outputs.ts";
import { type CommandTool, commandTool } from "../tool.ts";

/** Nothing is taken away, something is spent, and twice is not the same as once. */
const RENDERS = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: true,
};

const COMMON = { output: RENDER, annotations: RENDERS, paid: true, online: true } as const;
const FOLDER = "absolute, or it counts from the server's folder";

/** Images and edits. */
export const generateImage: CommandTool = commandTool({
  ...COMMON,
  name: "generate_image",
  pictures: true,
  input: () =>
    z.strictObject({
      prompt: neededWords(
        "What the picture shows, or what to change in it; {a|b} varies with count",
      ),
      output_path: place(`File to save to, .png, .jpg or .webp; ${FOLDER}`).optional(),
      quality: z.enum(["fast", "hq", "pro"]).optional().describe(
        "512, 768 or 1024 px; pro is slow",
      ),
      model: words("Model id, only when the user asks for one").optional(),
      width: whole("Pixels").optional(),
      height: whole("Pixels").optional(),
      count: whole("How many pictures, up to 16").optional(),
      seed: z.int().min(0).max(4294967295).optional(),
      context_images: z.array(place("File or URL")).optional().describe("Pictures to edit"),
      persona: words("Name of a saved persona that the user named").optional(),
      personas: z.array(words("Name")).optional().describe(
        "Several saved personas in one picture, in order",
      ),
      ...paidFields(),
    }),
  argv: (input) => [
    ...flag("--output", input.output_path),
    ...flag("--quality", input.quality),
    ...flag("--model", input.model),
    ...flag("--width", input.width),
    ...flag("--height", input.height),
    ...flag("--count", input.count),
    ...flag("--seed", input.seed),
    ...flags("--context", input.context_images),
    ...flag("--persona", input.persona),
    ...flags("--persona", input.personas),
    ...paidFlags(input),
    ...prompt(input.prompt),
  ],
});

/** Videos of every kind. */
export const generateVideo: CommandTool = commandTool({
  ...COMMON,
  name: "generate_video",
  input: () =>
    z.strictObject({
      prompt: neededWords("What happens, how the camera moves, what is heard"),
      output_path: place(`File to save to, .mp4; ${FOLDER}`).optional(),
      model: words("Model id or short name, only when needed").optional(),
      workflow: z.enum([
        "t2v",
        "i2v",
        "s2v",
        "ia2v",
        "a2v",
        "v2v",
        "animate-move",
        "animate-replace",
        "r2v",
      ]).optional().describe("Only when the references lead to the wrong one"),
      duration: whole("Seconds, 5 unless given").optional(),
      ref: place("First frame: file or URL").optional(),
      ref_end: place("Last frame").optional(),
      ref_audio: place("Speech or music that drives the video").optional(),
      reference_audios: z.array(place("File or URL")).optional(),
      ref_video: place("Film that gives the motion").optional(),
      reference_videos: z.array(place("File or URL")).optional(),
      reference_images: z.array(place("File or URL")).optional(),
      generate_audio: z.boolean().optional().describe(
        "With or without sound, where the model asks",
      ),
      persona: words("Name of a saved persona that the user named").optional(),
      target_resolution: whole("Pixels of the shorter side").optional(),
      ...paidFields(),
    }),
  argv: (input) => [
    "--video",
    ...flag("--output", input.output_path),
    ...flag("--model", input.model),
    ...flag("--workflow", input.workflow),
    ...flag("--duration", input.duration),
    ...flag("--ref", input.ref),
    ...flag("--ref-end", input.ref_end),
    ...flag("--ref-audio", input.ref_audio),
    ...flags("--ref-audio", input.reference_audios),
    ...flag("--ref-video", input.ref_video),
    ...flags("--ref-video", input.reference_videos),
    ...flags("--context", input.reference_images),
    ...(input.generate_audio === undefined
      ? []
      : [input.generate_audio ? "--generate-audio" : "--no-generate-audio"]),
    ...flag("--persona", input.persona),
    ...flag("--target-resolution", input.target_resolution),
    ...paidFlags(input),
    ...prompt(input.prompt),
  ],
});

/** Music and songs. */
export const generateMusic: CommandTool = commandTool({
  ...COMMON,
  name: "generate_music",
  input: () =>
    z.strictObject({
      prompt: neededWords("Genre, mood, instruments"),
      output_path: place(`File to save to, .mp3, .flac or .wav; ${FOLDER}`).optional(),
      music_model: words("turbo, sft (better with lyrics) or a full id").optional(),
      lyrics: words("Words to sing; without them it is instrumental").optional(),
      duration: z.int().min(10).max(600).optional().describe("Seconds, 30 unless given"),
      bpm: z.int().min(30).max(300).optional().describe("Tempo"),
      keyscale: words("Key and mode, such as C major").optional(),
      audio_format: z.enum(["mp3", "flac", "wav"]).optional(),
      ...paidFields(),
    }),
  argv: (input) => [
    "--music",
    ...flag("--output", input.output_path),
    ...flag("--music-model", input.music_model),
    ...flag("--lyrics", input.lyrics),
    ...flag("--duration", input.duration),
    ...flag("--bpm", input.bpm),
    ...flag("--keyscale", input.keyscale),
    ...flag("--output-format", input.audio_format),
    ...paidFlags(input),
    ...prompt(input.prompt),
  ],
});

/** A new portrait of a face. */
export const photobooth: CommandTool = commandTool({
  ...COMMON,
  name: "photobooth",
  pictures: true,
  input: () =>
    z.strictObject({
      prompt: neededWords("The portrait: style, clothes, light, place"),
      ref: place("Photo of the face: file or URL"),
      count: whole("How many pictures, up to 16").optional(),
      output_path: place(`File to save to, .png, .jpg or .webp; ${FOLDER}`).optional(),
      ...paidFields(),
    }),
  argv: (input) => [
    "--photobooth",
    ...flag("--ref", input.ref),
    ...flag("--count", input.count),
    ...flag("--output", input.output_path),
    ...paidFlags(input),
    ...prompt(input.prompt),
  ],
});
