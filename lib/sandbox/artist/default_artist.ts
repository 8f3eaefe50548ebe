/** The artist of a sandbox that was given none. */
import type { Artist, Rendering, RenderJob } from "./artist.ts";
import type { RunOptions, RunResult } from "../../platform/host.ts";

/** Programs that film and sound need; without them only pictures can be made. */
export interface MediaTools {
  /** Runs `ffmpeg` to its end, as `Host.run` does. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
}

/** @param tools what films and sounds are made with */
export function createDefaultArtist(tools?: MediaTools): Artist {
  return {
    render: (job) => {
      if (job.kind === "image") return paint(job);
      return Promise.reject(
        new Error(
          tools ? "films are not made yet" : "The sandbox needs ffmpeg for film and sound.",
        ),
      );
    },
  };
}

async function paint(job: RenderJob): Promise<Rendering> {
  const { paintPicture, pictureFormat } = await import("../paint/paint.ts");
  return await paintPicture({ ...job, format: pictureFormat(job.format) });
}
