/** Prepares sound and film references with ffmpeg. */
import { AppError } from "../../errors/app_error.ts";
import type { MediaType } from "../../media/image/sniff.ts";
import type { MediaInput } from "../../plan/types.ts";
import type { CommandContext } from "../context.ts";

/** A reference that has to be converted or cut. */
export interface FilmReference {
  prepare: NonNullable<MediaInput["prepare"]>;
  bytes: Uint8Array<ArrayBuffer>;
  type: MediaType;
}

/** @throws AppError NOT_IMPLEMENTED until the conversions are there */
export function prepareFilmReference(
  _context: CommandContext,
  { prepare }: FilmReference,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  return Promise.reject(
    new AppError("NOT_IMPLEMENTED", `Preparing references (${prepare.kind}) is not built yet.`),
  );
}
