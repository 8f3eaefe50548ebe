/** The artist of a sandbox that was given none. */
import type { Artist, Rendering, RenderJob } from "./artist.ts";
import type { RunOptions, RunResult } from "../../platform/host.ts";

/** Programs that film and sound need; without them only pictures can be made. */
export interface MediaTools {
  /** Runs `ffmpeg` to its end, as `Host.run` does. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** `FFMPEG_PATH`; `ffmpeg` when absent. */
  ffmpeg?: string;
}

/** @param tools what films and sounds are made with */
export function createDefaultArtist(tools?: MediaTools): Artist {
  return {
    render: (job) => {
      if (job.kind === "image") return paint(job);
      if (tools) return film(job, tools);
      return Promise.reject(new Error("The sandbox needs ffmpeg for film and sound."));
    },
  };
}

async function paint(job: RenderJob): Promise<Rendering> {
  const { paintPicture, pictureFormat } = await import("../paint/paint.ts");
  return await paintPicture({ ...job, format: pictureFormat(job.format) });
}

async function film(job: RenderJob, { run, ffmpeg }: MediaTools): Promise<Rendering> {
  const { renderMedia } = await import("../media/media_artist.ts");
  return await renderMedia(job, run, ffmpeg);
}
