/** `--concat-videos`: joins clips into one film. */
import { invalidArgument } from "../errors/app_error.ts";
import { type ConcatReport, concatVideos } from "../media/film/concat.ts";
import { inputPath, localPath, replacesInput, shownPath } from "../media/local_path.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { startFilmRun } from "./film_run.ts";

const FLAG = "--concat-videos";

export const run: CommandRun = async (context) => {
  const { host, invocation, report } = context;
  const { concatAudio, concatAudioStart, concatFps } = invocation.options;
  const [output = "", ...given] = invocation.options.concatVideos ?? [];
  if (given.length < 2) {
    throw invalidArgument(
      `${FLAG} needs an output and at least two clips (got ${given.length}).`,
      { flag: FLAG, clipsProvided: given.length },
      `Write ${FLAG} OUTPUT CLIP CLIP …; a clip whose name begins with "-" as ./-NAME.`,
    );
  }
  const outputPath = localPath(host, `${FLAG} output`, output);
  const clips: string[] = [];
  for (const [index, clip] of given.entries()) {
    clips.push(await inputPath(host, `${FLAG} clip ${index + 1}`, clip));
  }
  const soundtrack = concatAudio === undefined ? undefined : {
    path: await inputPath(host, "--concat-audio", concatAudio),
    startSeconds: concatAudioStart ?? 0,
  };
  if (await replacesInput(host, outputPath, soundtrack ? [...clips, soundtrack.path] : clips)) {
    throw invalidArgument(
      `${FLAG}: the output ${JSON.stringify(output)} is one of the inputs.`,
      { flag: FLAG, value: output },
      "Choose another name for the output.",
    );
  }
  const film = startFilmRun(context, "Joining");
  const done = await concatVideos(host, {
    output: outputPath,
    clips,
    purpose: FLAG,
    ...(concatFps === undefined ? {} : { fps: concatFps }),
    ...(soundtrack ? { soundtrack } : {}),
  }, film).finally(film.clear);
  tellHow(context, done);
  const shown = shownPath(host, output);
  const audioPath = concatAudio === undefined ? null : shownPath(host, concatAudio);
  report.localResult(
    {
      success: true,
      type: "concat-videos",
      outputPath: shown,
      clipCount: clips.length,
      audioPath,
      audioStart: concatAudioStart ?? null,
      targetFps: concatFps ?? null,
      copiedClips: done.clips.filter((clip) => clip.reason === "").length,
      encodedClips: done.clips.filter((clip) => clip.reason !== "").length,
      timestamp: new Date().toISOString(),
    },
    `Joined ${clips.length} clips: ${shown}${audioPath ? ` (audio: ${audioPath})` : ""}`,
  );
  return 0;
};

/** Says which clips were copied and which had to be encoded, and why. */
function tellHow({ report }: CommandContext, done: ConcatReport): void {
  const encoded = done.clips.filter((clip) => clip.reason !== "");
  const copied = done.clips.length - encoded.length;
  if (encoded.length === 0) report.note(`Copied all ${copied} clips without encoding.`);
  else if (copied > 0) {
    report.note(`Copied ${copied} of ${done.clips.length} clips without encoding.`);
  }
  for (const clip of encoded) report.note(`Encoded ${JSON.stringify(clip.path)}: ${clip.reason}.`);
  if (done.encodedSound > 0) {
    report.note(`Encoded the sound of ${done.encodedSound} of ${done.clips.length} clips.`);
  }
}
