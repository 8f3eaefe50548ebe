/** Flags of the group "references". */
import type { FlagRow } from "./types.ts";

export const REFERENCES_FLAGS = [
  {
    key: "context",
    name: "--context",
    aliases: ["-c"],
    kind: "path",
    repeatable: true,
    help:
      "Context image (path or URL) for image editing; loose image reference for Seedance / HappyHorse r2v.",
  },
  {
    key: "ref",
    name: "--ref",
    aliases: ["--reference"],
    kind: "path",
    help:
      "Start frame / reference image (path or URL); face image for photobooth; photo for --persona-add.",
  },
  {
    key: "refEnd",
    name: "--ref-end",
    aliases: ["--end"],
    kind: "path",
    help: "End frame for i2v.",
  },
  {
    key: "refAudio",
    name: "--ref-audio",
    aliases: ["--audio"],
    kind: "path",
    repeatable: true,
    help: "Reference audio; first is primary, repeats are Seedance-only extras (HTTPS).",
  },
  {
    key: "audioStart",
    name: "--audio-start",
    kind: "number",
    min: 0,
    help: "Start offset in the reference audio (s).",
  },
  {
    key: "audioDuration",
    name: "--audio-duration",
    kind: "number",
    min: 0,
    help: "Length of the audio slice (s).",
  },
  {
    key: "refVideo",
    name: "--ref-video",
    kind: "path",
    repeatable: true,
    help: "Reference video; first is primary, repeats are Seedance-only extras (HTTPS).",
  },
  {
    key: "videoStart",
    name: "--video-start",
    aliases: ["--video-start-offset"],
    kind: "number",
    min: 0,
    help: "Start offset in the reference video (s).",
  },
  {
    key: "referenceAudioIdentity",
    name: "--reference-audio-identity",
    aliases: ["--voice-identity"],
    kind: "path",
    help: "Voice clip for LTX native audio identity.",
  },
  {
    key: "voicePersona",
    name: "--voice-persona",
    kind: "string",
    help: "Use a saved persona's voice clip as voice identity.",
  },
  {
    key: "persona",
    name: "--persona",
    kind: "string",
    help:
      "Generate with a saved persona (photo as context, or as --ref for video; voice clip for video).",
  },
  {
    key: "lastImage",
    name: "--last-image",
    kind: "flag",
    help: "Use the last render's local file (if it exists) or first URL as context / reference.",
  },
] as const satisfies readonly FlagRow[];
