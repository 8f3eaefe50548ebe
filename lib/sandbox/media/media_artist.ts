/** Makes the films and sounds of sandbox jobs. */
import type { Rendering, RenderJob } from "../artist/artist.ts";
import { renderFilm } from "./film.ts";
import { type MusicFormat, renderMusic } from "./music.ts";
import type { RunProgram } from "./program.ts";

/** Slots that hold the picture a film starts with, the likeliest first. */
const FIRST_FRAME_SLOTS = ["startingImage", "referenceImage", "contextImage1"];

const SOUND_TYPES: Readonly<Record<MusicFormat, string>> = {
  mp3: "audio/mpeg",
  flac: "audio/flac",
  wav: "audio/wav",
};

/**
 * The film or sound of a job.
 *
 * @param ffmpeg `FFMPEG_PATH`; `ffmpeg` when absent
 */
export async function renderMedia(
  job: RenderJob,
  run: RunProgram,
  ffmpeg = "ffmpeg",
): Promise<Rendering> {
  const { prompt, seed, duration = 5 } = job;
  if (job.kind === "audio") {
    const format = job.format === "flac" || job.format === "wav" ? job.format : "mp3";
    const bytes = await renderMusic({
      prompt,
      seed,
      run,
      ffmpeg,
      format,
      durationSeconds: duration,
      ...(job.bpm === undefined ? {} : { bpm: job.bpm }),
    });
    return { bytes, contentType: SOUND_TYPES[format] };
  }
  const firstFrame = FIRST_FRAME_SLOTS.map((slot) => job.inputs.get(slot))
    .find((bytes) => bytes !== undefined);
  const bytes = await renderFilm({
    prompt,
    seed,
    run,
    ffmpeg,
    width: job.width,
    height: job.height,
    model: job.model,
    fps: job.fps ?? 16,
    durationSeconds: duration,
    withAudio: job.withAudio ?? false,
    ...(job.frames === undefined ? {} : { frames: job.frames }),
    ...(firstFrame ? { firstFrame } : {}),
  });
  return { bytes, contentType: "video/mp4" };
}
