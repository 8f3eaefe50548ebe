/** The tools that work on this machine alone. */
import * as z from "zod";
import { flag, listed } from "../arguments.ts";
import { place, words } from "../fields.ts";
import { ANSWER, FILM, MEDIA } from "../outputs.ts";
import { type CommandTool, commandTool, needed, ToolInputError } from "../tool.ts";

const READS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Replaces what it is told to replace. */
const CHANGES = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: false,
};

/** Frames, joins and sound. */
export const editVideo: CommandTool = commandTool({
  name: "edit_video",
  output: FILM,
  annotations: CHANGES,
  input: () =>
    z.strictObject({
      action: z.enum(["extract_first_frame", "extract_last_frame", "concat_videos", "remix_audio"]),
      output: place("File to write"),
      input: place("The film; for all but concat_videos").optional(),
      clips: z.array(place("Film")).min(2).optional().describe("For concat_videos, in order"),
      audio_path: place("concat_videos: sound in place of the clips' own").optional(),
      bed_audio: place("remix_audio: sound bed in place of the film's own").optional(),
      audio_loop: z.boolean().optional().describe("remix_audio: repeat the bed to the end"),
    }),
  argv(input) {
    const { action, output, clips = [] } = input;
    if (action === "concat_videos") {
      if (clips.length < 2) throw new ToolInputError("concat_videos needs at least two clips.");
      return [
        "--concat-videos",
        ...[output, ...clips].map(listed),
        ...flag("--concat-audio", input.audio_path),
      ];
    }
    const film = needed(input.input, "input", action);
    if (action === "remix_audio") {
      return [
        "--remix-audio",
        film,
        output,
        ...flag("--bed-audio", input.bed_audio),
        ...(input.audio_loop ? ["--audio-loop"] : []),
      ];
    }
    return [`--${action.replaceAll("_", "-")}`, film, output];
  },
});

/** What the user sent. */
export const listMedia: CommandTool = commandTool({
  name: "list_media",
  output: MEDIA,
  annotations: READS,
  input: () =>
    z.strictObject({
      type: z.enum(["images", "audio", "all"]).optional().describe("images unless given"),
    }),
  argv: ({ type = "images" }) => ["--list-media", type],
});

/** Saved people. */
export const managePersonas: CommandTool = commandTool({
  name: "manage_personas",
  output: ANSWER,
  annotations: CHANGES,
  input: () =>
    z.strictObject({
      action: z.enum(["list", "resolve", "add", "remove"]),
      name: words("For all but list").optional(),
      ref: place("add: the photo, a local file").optional(),
      relationship: z.enum(["self", "partner", "child", "friend", "pet"]).optional(),
      description: words("add: what the person looks like").optional(),
      voice_clip: place("add: a recording of the voice").optional(),
    }),
  argv(input) {
    const { action } = input;
    if (action === "list") return ["--persona-list"];
    const name = needed(input.name, "name", action);
    if (action === "resolve") return flag("--persona-resolve", name);
    if (action === "remove") return flag("--persona-remove", name);
    return [
      ...flag("--persona-add", name),
      ...flag("--ref", needed(input.ref, "ref", action)),
      ...flag("--relationship", input.relationship),
      ...flag("--description", input.description),
      ...flag("--voice-clip", input.voice_clip),
    ];
  },
});

/** Standing wishes and facts. */
export const manageMemories: CommandTool = commandTool({
  name: "manage_memories",
  output: ANSWER,
  annotations: CHANGES,
  input: () =>
    z.strictObject({
      action: z.enum(["list", "get", "set", "remove"]),
      key: words("For all but list").optional(),
      value: words("set: what to remember").optional(),
      category: z.enum(["preference", "fact", "context"]).optional(),
    }),
  argv(input) {
    const { action } = input;
    if (action === "list") return ["--memory-list"];
    const key = needed(input.key, "key", action);
    if (action === "get") return flag("--memory-get", key);
    if (action === "remove") return flag("--memory-remove", key);
    const value = needed(input.value, "value", action);
    return ["--memory-set", key, value, ...flag("--memory-category", input.category)];
  },
});
