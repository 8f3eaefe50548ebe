/** The environment that ffmpeg and ffprobe get beside the inherited one: no colour. */
export function childEnvironment(): Record<string, string> {
  return { AV_LOG_FORCE_NOCOLOR: "1" };
}
