/** The film of a turn, from pictures that were saved for the caller or only for the film. */
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { FinishRequest } from "./finish.ts";
import { absolutePath, pathsFor } from "./output_target.ts";
import type { RunResult } from "./result.ts";
import type { RunOutput } from "./run_plan.ts";
import { saveOutputs } from "./save_outputs.ts";
import { filmTurn } from "./stages.ts";
import { programFields, stamp } from "./stamp.ts";
import { makeTempFolder } from "../../media/temp_folder.ts";

const TRANSFER_TIMEOUT_MS = 30 * 60_000;

/** Renders, joins and tags the film of a turn; does nothing for other runs. */
export async function makeTurnFilm(request: FinishRequest, result: RunResult): Promise<void> {
  const { plan, context, input, render, access, target } = request;
  const film = plan.summary.videoPath;
  if (typeof film !== "string") return;
  const { files, facts } = context.host;
  // Without --output the pictures are there for the film only, and go when it is finished.
  const folder = target
    ? undefined
    : await makeTempFolder(context.host, "sogni-turn-", { lasting: true });
  const pictures = folder === undefined
    ? savedPictures(result)
    : await savePictures(request, result, folder);
  const stage = { context, plan, render, allowLoopback: access.allowLoopback };
  await filmTurn(stage, input, pictures, film);
  if (folder !== undefined) await files.remove(folder);
  const { prompt, seed } = plan;
  await stamp(context, absolutePath(facts.cwd, film), "video", {
    prompt,
    model: String(plan.summary.videoModel ?? plan.model),
    ...(seed === undefined ? {} : { seed: String(seed) }),
    ...programFields(access.sandbox),
  });
  result.film = film;
}

interface Picture {
  output: RunOutput;
  path: string;
}

function savedPictures({ delivered, saved }: RunResult): Picture[] {
  return delivered.flatMap((output, index) => {
    const path = saved[index]?.path;
    return path === undefined ? [] : [{ output, path }];
  });
}

async function savePictures(
  { context, plan, access }: FinishRequest,
  { delivered }: RunResult,
  folder: string,
): Promise<Picture[]> {
  const target = { output: join(folder, "/"), isFolder: true };
  const saved = await saveOutputs({
    host: context.host,
    outputs: delivered,
    paths: pathsFor(target, plan, delivered),
    allowLoopback: access.allowLoopback,
    timeoutMs: TRANSFER_TIMEOUT_MS,
    onSaved: () => {},
    warn: (text) => context.report.warn(text),
  });
  return delivered.map((output, index) => {
    const { path, error } = saved[index] ?? {};
    if (path === undefined) throw error ?? new AppError("DOWNLOAD_FAILED", "A picture is missing.");
    return { output, path };
  });
}
