/** From a request to what the artist is asked for. */
import type { RenderJob } from "../artist/artist.ts";
import type { ModelEntry } from "../models/model_list.ts";
import { type JobRequest, resultSize } from "./job_request.ts";
import type { Output, Project } from "./project.ts";

/** @param inputs uploads by slot */
export function renderJob(
  project: Project,
  output: Output,
  inputs: ReadonlyMap<string, Uint8Array>,
): RenderJob {
  const { request, model } = project;
  const job = {
    kind: model.media,
    prompt: request.prompt,
    seed: output.seed,
    format: request.format,
    model: model.id,
    projectId: project.id,
    index: output.index,
    inputs,
  };
  if (model.media === "audio") {
    return {
      ...job,
      width: 0,
      height: 0,
      duration: request.duration ?? 30,
      ...(request.bpm === undefined ? {} : { bpm: request.bpm }),
    };
  }
  const size = resultSize(request, model);
  if (model.media === "image") return { ...job, ...size };
  return {
    ...job,
    ...size,
    ...filmTiming(request, model),
    withAudio: (model.nativeAudio && request.generateAudio) || inputs.has("referenceAudio"),
  };
}

/** Rate, frames and length of the finished film. */
export function filmTiming(
  request: Pick<JobRequest, "fps" | "frames" | "duration">,
  model: Pick<ModelEntry, "internalFps">,
): { fps: number; frames: number; duration: number } {
  const fps = request.fps ?? model.internalFps ?? 24;
  // Models that count frames at a rate of their own fill in frames between them afterwards.
  const counted = model.internalFps ?? fps;
  const asked = request.frames ?? Math.round((request.duration ?? 5) * counted) + 1;
  const frames = Math.round((asked - 1) * (fps / counted)) + 1;
  return { fps, frames, duration: frames / fps };
}
