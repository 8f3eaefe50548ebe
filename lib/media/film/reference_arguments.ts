/** ffmpeg arguments for references: all but the output's name. Pure. */
import { inputArguments } from "../ffmpeg/input_arguments.ts";

const SOUND_ONLY = ["-map", "0:a:0", "-map_metadata", "-1"];
const STREAMING = ["-movflags", "+faststart"];

/** Mono AAC, 96 kb/s. */
export function voiceArguments(path: string): string[] {
  return [...inputArguments(path), ...SOUND_ONLY, "-ac", "1", "-c:a", "aac", "-b:a", "96k"];
}

/** AAC, 192 kb/s, header in front. */
export function audioArguments(path: string): string[] {
  return [...inputArguments(path), ...SOUND_ONLY, "-c:a", "aac", "-b:a", "192k", ...STREAMING];
}

/** MP3, 44.1 kHz stereo, 128 kb/s; a part of it when `window` is given. */
export function seedanceAudioArguments(
  path: string,
  window?: { startSeconds: number; lengthSeconds: number },
): string[] {
  const start = window?.startSeconds ?? 0;
  return [
    ...inputArguments(path, start > 0 ? ["-ss", String(start)] : []),
    ...SOUND_ONLY,
    ...(window ? ["-t", String(window.lengthSeconds)] : []),
    ...["-ac", "2", "-ar", "44100", "-c:a", "libmp3lame", "-b:a", "128k"],
  ];
}

/** H.264 without sound, header in front. */
export function seedanceVideoArguments(
  path: string,
  window: { startSeconds: number; lengthSeconds: number },
): string[] {
  const { startSeconds, lengthSeconds } = window;
  return [
    ...inputArguments(path, startSeconds > 0 ? ["-ss", String(startSeconds)] : []),
    ...["-map", "0:V:0", "-an", "-map_metadata", "-1", "-t", String(lengthSeconds)],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p"],
    ...STREAMING,
  ];
}
