/** Finds out what a media file holds: ffprobe, or ffmpeg's own description without it. */
import type { Host } from "../../platform/host.ts";
import { childEnvironment } from "./child_environment.ts";
import { ffprobeProgram, findFfmpeg } from "./find.ts";
import { inputArguments } from "./input_arguments.ts";
import { parseBanner } from "./probe_banner.ts";
import { parseProbe, type Probe } from "./probe_json.ts";

export type { Probe } from "./probe_json.ts";

const PROBE_ARGUMENTS = ["-v", "error", "-show_streams", "-show_format", "-of", "json"];
const PROBE_TIMEOUT_MS = 60_000;

/**
 * What the file holds; `undefined` when it cannot be read as media.
 *
 * A missing ffprobe is no error: `ffmpeg -i` tells the most important facts as well.
 *
 * @param purpose what needs it, for `MISSING_FFMPEG`
 * @throws AppError `MISSING_FFMPEG`, `INVALID_FFMPEG`, `INVALID_PATH`
 */
export async function probe(
  host: Host,
  path: string,
  purpose: string,
): Promise<Probe | undefined> {
  const options = { timeoutMs: PROBE_TIMEOUT_MS, env: childEnvironment() };
  // A path that no program can have is refused, not passed over like one where there is none.
  const program = ffprobeProgram(host);
  try {
    const result = await host.run(
      program,
      [...PROBE_ARGUMENTS, ...inputArguments(path)],
      options,
    );
    const found = parseProbe(new TextDecoder().decode(result.stdout));
    if (found || result.code === 0 || result.timedOut) return found;
    if (result.stderr.trim() !== "") return undefined;
  } catch {
    // Not there, or not to be started.
  }
  const ffmpeg = await findFfmpeg(host, purpose);
  const { stderr } = await host.run(
    ffmpeg,
    ["-nostdin", "-hide_banner", ...inputArguments(path)],
    options,
  );
  return parseBanner(stderr);
}
