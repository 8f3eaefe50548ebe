/** `--remix-audio`: rebuilds the sound of a film. */
import { invalidArgument } from "../errors/app_error.ts";
import { remixAudio } from "../media/film/remix.ts";
import { inputPath, localPath, replacesInput, shownPath } from "../media/local_path.ts";
import type { CommandRun } from "./context.ts";
import { startFilmRun } from "./film_run.ts";

const FLAG = "--remix-audio";

export const run: CommandRun = async (context) => {
  const { host, invocation, report } = context;
  const { bedAudio, audioLoop, audioFadeIn, audioFadeOut, mixAudio, mixAt, mixGain } =
    invocation.options;
  const [video = "", output = ""] = invocation.options.remixAudio ?? [];
  const input = await inputPath(host, `${FLAG} video`, video);
  const outputPath = localPath(host, `${FLAG} output`, output);
  const bed = bedAudio === undefined ? undefined : await inputPath(host, "--bed-audio", bedAudio);
  const mix = mixAudio === undefined ? undefined : await inputPath(host, "--mix-audio", mixAudio);
  const inputs = [input, bed, mix].filter((path) => path !== undefined);
  if (await replacesInput(host, outputPath, inputs)) {
    throw invalidArgument(
      `${FLAG}: the output ${JSON.stringify(output)} is one of the inputs.`,
      { flag: FLAG, value: output },
      "Choose another name for the output.",
    );
  }
  const film = startFilmRun(context, "Mixing");
  await remixAudio(host, input, outputPath, {
    ...(bed === undefined ? {} : { bed }),
    ...(mix === undefined ? {} : { mix }),
    loop: audioLoop === true,
    fadeIn: audioFadeIn ?? 0,
    fadeOut: audioFadeOut ?? 0,
    mixAt: mixAt ?? 0,
    mixGain: mixGain ?? 0,
  }, film).finally(film.clear);
  const shown = shownPath(host, output);
  report.localResult(
    {
      success: true,
      type: "remix-audio",
      outputPath: shown,
      bedAudio: bedAudio === undefined ? null : shownPath(host, bedAudio),
      loop: audioLoop === true,
      fadeIn: audioFadeIn ?? null,
      fadeOut: audioFadeOut ?? null,
      mixAudio: mixAudio === undefined ? null : shownPath(host, mixAudio),
      mixAt: mixAt ?? null,
      mixGain: mixGain ?? null,
      timestamp: new Date().toISOString(),
    },
    `Rebuilt the sound: ${shown}`,
  );
  return 0;
};
