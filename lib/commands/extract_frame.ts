/** `--extract-first-frame` and `--extract-last-frame`: save one picture of a film. */
import { AppError, invalidArgument } from "../errors/app_error.ts";
import { extractFrame } from "../media/film/frames.ts";
import { inputPath, localPath, replacesInput, shownPath } from "../media/local_path.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { startFilmRun } from "./film_run.ts";

export const run: CommandRun = async (context) => {
  const { host, invocation, report } = context;
  const { extractFirstFrame, extractLastFrame } = invocation.options;
  const choice = extractLastFrame ? "last" : "first";
  const flag = `--extract-${choice}-frame`;
  const [video = "", image = ""] = extractLastFrame ?? extractFirstFrame ?? [];
  const videoPath = await inputPath(host, `${flag} video`, video);
  const imagePath = localPath(host, `${flag} image`, image);
  if (await replacesInput(host, imagePath, [videoPath])) {
    throw invalidArgument(
      `${flag}: the image ${JSON.stringify(image)} is the video itself.`,
      { flag, value: image },
      `Write ${flag} VIDEO IMAGE, for example ${flag} clip.mp4 frame.png.`,
    );
  }
  const { signal } = startFilmRun(context, "Extracting");
  await extractFrame(host, choice, videoPath, imagePath, { signal }).catch(async (error) => {
    if (error instanceof AppError) await tellDetails(context, error);
    throw error;
  });
  const outputPath = shownPath(host, image);
  report.localResult(
    {
      success: true,
      type: `extract-${choice}-frame`,
      outputPath,
      timestamp: new Date().toISOString(),
    },
    outputPath,
  );
  return 0;
};

/**
 * All that is known of the failure, on stderr whatever the style: the error itself names the last
 * line of it only.
 */
async function tellDetails(
  { host, report }: CommandContext,
  { code, details }: AppError,
): Promise<void> {
  if (code !== "FFMPEG_EXTRACT_FAILED" || !details) return;
  const { videoPath, outputImagePath, status, stdout, stderr } = details;
  const image = await host.files.stat(String(outputImagePath)).catch(() => undefined);
  report.important([
    `Video: ${videoPath}`,
    `Image: ${outputImagePath} (${image ? `${image.size} bytes, as before` : "not written"})`,
    `ffmpeg exit code: ${status}`,
    ...said("stderr", stderr),
    ...said("stdout", stdout),
  ].join("\n"));
}

function said(stream: string, text: unknown): string[] {
  const trimmed = String(text ?? "").trim();
  return trimmed === "" ? [] : [`ffmpeg ${stream}:`, trimmed];
}
