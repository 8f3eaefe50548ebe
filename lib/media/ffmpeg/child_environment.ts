/** The environment that ffmpeg and ffprobe get beside the inherited one: no key, no colour. */
export function childEnvironment(): Record<string, string> {
  return { SOGNI_API_KEY: "", AV_LOG_FORCE_NOCOLOR: "1" };
}
