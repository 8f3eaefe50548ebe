/** The entry of the MCP server in the configuration of a runtime. */
import { VERSION_NAME } from "../config_file.ts";
import type { ServerEntry } from "../config_format.ts";
import type { Surroundings } from "./runtime.ts";

/**
 * Absolute paths only: programs with windows start servers with a short `PATH`. The API key is not
 * part of it; the server reads it from the credentials file.
 *
 * @returns `undefined` when the program is not installed for good
 */
export function serverEntry(
  { server, version, ffmpeg }: Pick<Surroundings, "server" | "version" | "ffmpeg">,
): ServerEntry | undefined {
  if (!server) return undefined;
  return {
    command: server.command,
    args: [...server.args, "mcp"],
    env: {
      [VERSION_NAME]: version,
      ...(ffmpeg === undefined ? {} : { FFMPEG_PATH: ffmpeg }),
    },
  };
}
