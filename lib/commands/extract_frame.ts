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
  await extractFrame(host, choice, videoPath, imagePath, { signal }).catch((error: unknown) => {
    if (error instanceof AppError) tellDetails(context, error);
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

/** What ffmpeg said, on stderr whatever the style: the error itself names its last line only. */
function tellDetails({ report }: CommandContext, { code, details }: AppError): void {
  if (code !== "FFMPEG_EXTRACT_FAILED" || !details) return;
  report.important(`Video: ${details.videoPath}`);
  report.important(`Image: ${details.outputImagePath}`);
  report.important(`ffmpeg exit code: ${details.status}`);
  if (details.stderr) report.important(`ffmpeg said:\n${String(details.stderr).trim()}`);
}
