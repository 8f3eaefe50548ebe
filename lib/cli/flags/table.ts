/** The flag table: the one source of parsing, help, completions and the option types. */
import { CONTRACT_FLAGS } from "./contract.ts";
import { GENERATION_FLAGS } from "./generation.ts";
import { HOSTED_FLAGS } from "./hosted.ts";
import { IMAGE_FLAGS } from "./image.ts";
import { LOCAL_MEDIA_FLAGS } from "./local_media.ts";
import { MAINTENANCE_FLAGS } from "./maintenance.ts";
import { MUSIC_FLAGS } from "./music.ts";
import { OUTPUT_FLAGS } from "./output.ts";
import { REFERENCES_FLAGS } from "./references.ts";
import { RUN_FLAGS } from "./run.ts";
import { STATE_FLAGS } from "./state.ts";
import type { FlagRow, OptionsOf } from "./types.ts";
import { VIDEO_FLAGS } from "./video.ts";

/** Every flag, in the order of help. */
export const FLAG_ROWS = [
  ...OUTPUT_FLAGS,
  ...GENERATION_FLAGS,
  ...RUN_FLAGS,
  ...REFERENCES_FLAGS,
  ...IMAGE_FLAGS,
  ...VIDEO_FLAGS,
  ...MUSIC_FLAGS,
  ...HOSTED_FLAGS,
  ...CONTRACT_FLAGS,
  ...LOCAL_MEDIA_FLAGS,
  ...STATE_FLAGS,
  ...MAINTENANCE_FLAGS,
] as const satisfies readonly FlagRow[];

/** A group of flags under one heading of help. */
export interface FlagGroup {
  /** Topic name, as in `--help video`. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly FlagRow[];
}

/** The groups, in the order of help. */
export const FLAG_GROUPS: readonly FlagGroup[] = [
  { name: "output", title: "Output", rows: OUTPUT_FLAGS },
  { name: "generation", title: "Every generation", rows: GENERATION_FLAGS },
  { name: "run", title: "Cost and run", rows: RUN_FLAGS },
  { name: "references", title: "References", rows: REFERENCES_FLAGS },
  { name: "image", title: "Images", rows: IMAGE_FLAGS },
  { name: "video", title: "Video", rows: VIDEO_FLAGS },
  { name: "music", title: "Music", rows: MUSIC_FLAGS },
  { name: "hosted", title: "Hosted chat and workflows", rows: HOSTED_FLAGS },
  { name: "contract", title: "Replays, plans and debugging", rows: CONTRACT_FLAGS },
  { name: "local-media", title: "Local media (no key needed)", rows: LOCAL_MEDIA_FLAGS },
  { name: "state", title: "People, memory, records", rows: STATE_FLAGS },
  { name: "maintenance", title: "Upkeep", rows: MAINTENANCE_FLAGS },
];

/** All options of a command line; a key is present only when its flag was given. */
export type Options = OptionsOf<typeof FLAG_ROWS>;

/** A key of {@link Options}. */
export type OptionKey = keyof Options;
