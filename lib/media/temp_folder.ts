/** A private folder in the system's temporary one, for what is made on the way. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { diskTrouble } from "./ffmpeg/disk_trouble.ts";

/**
 * Makes the folder; who asks for it removes it.
 *
 * @param prefix beginning of its name, e.g. `sogni-ref-`
 * @param options `lasting`: later runs leave it alone when this one is gone
 * @throws AppError TEMP_FOLDER_FAILED
 */
export async function makeTempFolder(
  { files, facts }: Pick<Host, "files" | "facts">,
  prefix: string,
  options?: { lasting?: boolean },
): Promise<string> {
  try {
    return await files.makeTempDir(prefix, options);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    const reason = diskTrouble(`${code} ${message}`)?.meaning ?? String(message);
    throw new AppError(
      "TEMP_FOLDER_FAILED",
      `No temporary folder can be made in ${facts.tempDir}: ${reason}.`,
      {
        details: { path: facts.tempDir, cause: typeof code === "string" ? code : "unknown" },
        hint: "Make room there, or name another folder with the variable TMPDIR.",
        cause: error,
      },
    );
  }
}
