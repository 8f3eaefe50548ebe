/** Where the pictures and the film of a multi-angle run are saved. */
import { mediaEnding } from "../output_format.ts";

/** How `--output` is understood by a multi-angle run. */
export interface AngleOutput {
  /** Folder with trailing separator, `""` for the working directory. */
  folder: string;
  /** Put before the azimuth; `""` for none. */
  prefix: string;
}

/**
 * Reads `--output`: a path without the ending of a media file is a folder, one with it gives folder
 * and prefix.
 */
export function angleOutput(output: string): AngleOutput {
  const ending = mediaEnding(output);
  const cut = Math.max(output.lastIndexOf("/"), output.lastIndexOf("\\")) + 1;
  if (ending === undefined) {
    return { folder: cut === output.length ? output : `${output}/`, prefix: "" };
  }
  const name = output.slice(cut);
  return { folder: output.slice(0, cut), prefix: name.slice(0, name.lastIndexOf(".")) };
}

/**
 * The file of one picture, e.g. `out/mug-front-right-2.jpg`.
 *
 * @param index from 0; shown from 1 when there are several pictures of this angle
 * @param extension without the dot
 */
export function angleFile(
  output: string,
  azimuth: string,
  extension: string,
  index: number,
  count: number,
): string {
  const { folder, prefix } = angleOutput(output);
  const number = count > 1 ? `-${index + 1}` : "";
  return `${folder}${prefix === "" ? "" : `${prefix}-`}${azimuth}${number}.${extension}`;
}

/**
 * The file of the film: the value of `--angles-360-video`, else `--output` when it ends in `.mp4`,
 * else beside the pictures, else `angles-360.mp4` in the working directory.
 */
export function angleFilm(video: string | true, output: string | undefined): string {
  if (video !== true) return withFilmEnding(video);
  if (output === undefined) return "angles-360.mp4";
  if (output.toLowerCase().endsWith(".mp4")) return output;
  const { folder, prefix } = angleOutput(output);
  return `${folder}${prefix === "" ? "angles-360" : prefix}.mp4`;
}

function withFilmEnding(path: string): string {
  return path.toLowerCase().endsWith(".mp4") ? path : `${path}.mp4`;
}
