/** The flag table: the one source of parsing, help, completions and the option types. */
import { GENERATION_FLAGS } from "./generation.ts";
import { HOSTED_FLAGS } from "./hosted.ts";
import { IMAGE_FLAGS } from "./image.ts";
import { LOCAL_MEDIA_FLAGS } from "./local_media.ts";
import { MAINTENANCE_FLAGS } from "./maintenance.ts";
import { MUSIC_FLAGS } from "./music.ts";
import { OUTPUT_FLAGS } from "./output.ts";
import { REFERENCES_FLAGS } from "./references.ts";
import { STATE_FLAGS } from "./state.ts";
import type { FlagRow, OptionsOf } from "./types.ts";
import { VIDEO_FLAGS } from "./video.ts";

/** Every flag, in the order of help. */
export const FLAG_ROWS = [
  ...OUTPUT_FLAGS,
  ...GENERATION_FLAGS,
  ...REFERENCES_FLAGS,
  ...IMAGE_FLAGS,
  ...VIDEO_FLAGS,
  ...MUSIC_FLAGS,
  ...HOSTED_FLAGS,
  ...LOCAL_MEDIA_FLAGS,
  ...STATE_FLAGS,
  ...MAINTENANCE_FLAGS,
] as const satisfies readonly FlagRow[];

/** All options of a command line; a key is present only when its flag was given. */
export type Options = OptionsOf<typeof FLAG_ROWS>;

/** A key of {@link Options}. */
export type OptionKey = keyof Options;
