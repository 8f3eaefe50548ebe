/** Flags of the group "local-media". */
import type { FlagRow } from "./types.ts";

export const LOCAL_MEDIA_FLAGS = [
  {
    key: "extractLastFrame",
    name: "--extract-last-frame",
    kind: "tuple",
    arity: 2,
    help: "Save the last frame of a video as an image.",
  },
  {
    key: "extractFirstFrame",
    name: "--extract-first-frame",
    kind: "tuple",
    arity: 2,
    help: "Save the first frame of a video as an image.",
  },
  {
    key: "concatVideos",
    name: "--concat-videos",
    kind: "list",
    help: "Join clips: output then 2+ clips (consumes args until one starts with '-').",
  },
  {
    key: "concatAudio",
    name: "--concat-audio",
    kind: "path",
    help: "Audio track laid over the joined video.",
  },
  {
    key: "concatAudioStart",
    name: "--concat-audio-start",
    kind: "number",
    min: 0,
    help: "Offset into --concat-audio (s).",
  },
  {
    key: "concatFps",
    name: "--concat-fps",
    kind: "number",
    help: "Target fps for joining (default highest clip fps).",
  },
  {
    key: "remixAudio",
    name: "--remix-audio",
    kind: "tuple",
    arity: 2,
    help: "Rebuild audio of a video: input then output.",
  },
  {
    key: "bedAudio",
    name: "--bed-audio",
    kind: "path",
    help: "Audio bed for --remix-audio (default: the input's own audio).",
  },
  {
    key: "audioLoop",
    name: "--audio-loop",
    kind: "flag",
    help: "Loop the bed over the whole video.",
  },
  {
    key: "audioFadeIn",
    name: "--audio-fade-in",
    kind: "number",
    min: 0,
    help: "Bed fade-in seconds.",
  },
  {
    key: "audioFadeOut",
    name: "--audio-fade-out",
    kind: "number",
    min: 0,
    help: "Bed fade-out seconds.",
  },
  {
    key: "mixAudio",
    name: "--mix-audio",
    kind: "path",
    help: "One extra track mixed over the bed.",
  },
  {
    key: "mixAt",
    name: "--mix-at",
    kind: "number",
    min: 0,
    help: "Offset of the extra track (s).",
  },
  { key: "mixGain", name: "--mix-gain", kind: "number", help: "Gain in dB of the extra track." },
  {
    key: "listMedia",
    name: "--list-media",
    kind: "enum",
    values: ["images", "audio", "all"],
    optionalValue: true,
    help: "List the 5 newest inbound media files.",
  },
] as const satisfies readonly FlagRow[];
