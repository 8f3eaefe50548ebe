/** Points that show which subject is to be replaced. */
import { invalidArgument } from "../../errors/app_error.ts";

/**
 * Reads `x,y` or `x1,y1;x2,y2`; the numbers are pixels, or fractions of the picture.
 *
 * @throws AppError `INVALID_ARGUMENT` with `details {flag, value}`
 */
export function parsePoints(text: string): { x: number; y: number }[] {
  return text.split(";").map((pair) => {
    const match = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*,\s*(\d+(?:\.\d+)?|\.\d+)\s*$/.exec(pair);
    if (match) return { x: Number(match[1]), y: Number(match[2]) };
    throw invalidArgument(
      `--sam2-coordinates must be points such as 320,240;400,260 (got "${text}").`,
      { flag: "--sam2-coordinates", value: text },
      "Write each point as x,y and put a semicolon between points.",
    );
  });
}
