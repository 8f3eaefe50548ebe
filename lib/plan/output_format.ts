/** The file format of the results: asked for outright, or by the ending of `--output`. */
import type { Options } from "../cli/flags/table.ts";
import { invalidArgument } from "../errors/app_error.ts";
import type { Medium } from "./types.ts";

/** A format that some kind of result can have. */
export type OutputFormat = "png" | "jpg" | "webp" | "mp4" | "mp3" | "flac" | "wav";

/** Formats by kind of result; the first is what comes when none is asked for. */
export const FORMATS: Readonly<Record<Medium, readonly OutputFormat[]>> = {
  image: ["png", "jpg", "webp"],
  video: ["mp4"],
  music: ["mp3", "flac", "wav"],
};

/**
 * The format that was asked for, or `undefined` when the command line leaves it open.
 *
 * @param filmOutput whether `.mp4` as ending of `--output` is allowed beside an image format
 * @throws AppError `INVALID_ARGUMENT` when the kind of result cannot have this format
 */
export function chooseOutputFormat(
  options: Options,
  medium: Medium,
  filmOutput = false,
): OutputFormat | undefined {
  const allowed = FORMATS[medium];
  const asked = options.outputFormat;
  if (asked !== undefined && !allowed.includes(asked)) {
    throw invalidArgument(
      `--output-format ${asked} cannot be used for ${medium}; allowed: ${allowed.join(", ")}.`,
      { flag: "--output-format", outputFormat: asked, value: asked, allowed: [...allowed] },
      `Use --output-format ${allowed[0]}.`,
    );
  }
  const ending = mediaEnding(options.output ?? "");
  if (ending === undefined || (filmOutput && ending === "mp4")) return asked;
  const fromName = allowed.find((format) => format === ending);
  if (fromName === undefined) {
    throw invalidArgument(
      `--output "${options.output}" ends in .${ending}, which a result of kind ${medium} cannot be; allowed: ${
        allowed.map((format) => `.${format}`).join(", ")
      }.`,
      { flag: "--output", value: options.output, outputFormat: ending, allowed: [...allowed] },
      `Let the file name end in .${asked ?? allowed[0]}.`,
    );
  }
  if (asked !== undefined && asked !== fromName) {
    throw invalidArgument(
      `--output "${options.output}" ends in .${ending} but --output-format is ${asked}.`,
      { flag: "--output", value: options.output, outputFormat: asked },
      `Let the file name end in .${asked}, or leave --output-format out.`,
    );
  }
  return fromName;
}

/**
 * The ending of a path when it is that of a media file, lower-case, `jpeg` as `jpg`; `undefined`
 * for other endings (`photo.v2`) and for none.
 */
export function mediaEnding(path: string): string | undefined {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  if (dot <= 0) return undefined;
  const ending = name.slice(dot + 1).toLowerCase();
  if (ending === "jpeg") return "jpg";
  return MEDIA_ENDINGS.includes(ending) ? ending : undefined;
}

const MEDIA_ENDINGS: readonly string[] = [
  ...["png", "jpg", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic"],
  ...["mp4", "mov", "webm", "mkv", "avi", "m4v"],
  ...["mp3", "flac", "wav", "m4a", "aac", "ogg", "opus"],
];
