/** Which kind of generation a command line asks for, and the flags that cannot go together. */
import type { OptionKey, Options } from "../cli/flags/table.ts";
import { invalidArgument } from "../errors/app_error.ts";
import { CLIP_ONLY, MUSIC_ONLY, NOT_WITH_MUSIC, VIDEO_ONLY } from "./mode_flags.ts";
import type { NamedOption } from "./mode_flags.ts";
import type { Medium } from "./types.ts";

/** A kind of generation; plain images and edits part later, when all references are known. */
export type Mode = "music" | "video" | "multi-angle" | "photobooth" | "image";

/** The medium that a mode makes. */
export function mediumOf(mode: Mode): Medium {
  return mode === "music" || mode === "video" ? mode : "image";
}

/**
 * Chooses the mode and refuses what contradicts it, in the order of the contract.
 *
 * @param hasLastImage whether `--last-image` found a picture
 * @throws AppError `INVALID_ARGUMENT`
 */
export function chooseMode(options: Options, hasLastImage: boolean): Mode {
  if (options.music) {
    checkMusic(options);
    return "music";
  }
  if (options.multiAngle || options.angles360) {
    checkMultiAngle(options, hasLastImage);
  }
  check360Video(options);
  if (options.photobooth) checkPhotobooth(options, hasLastImage);
  if (options.video) {
    refuse(
      given(options, SAMPLING),
      (flags) => `${flags} cannot be used with --video.`,
      "Video models choose sampler and scheduler by themselves.",
    );
    return "video";
  }
  checkVideoOnly(options);
  if (options.multiAngle || options.angles360) return "multi-angle";
  return options.photobooth ? "photobooth" : "image";
}

/** Flags that were given but change nothing in this mode, as lines for people. */
export function idleFlags(options: Options, mode: Mode): string[] {
  const lines: string[] = [];
  const idle = (flags: string[], need: string) => {
    if (flags.length > 0) lines.push(`${flags.join(", ")} without ${need}: no effect.`);
  };
  if (mode !== "music") idle(given(options, MUSIC_ONLY), "--music");
  if (mode !== "music" && mode !== "video" && !options.angles360Video) {
    idle(given(options, CLIP_ONLY), "--video");
  }
  if (mode === "music" || mode === "multi-angle") {
    const rows = mode === "music" ? [NEGATIVE, FPS] : [NEGATIVE];
    const flags = given(options, rows);
    if (flags.length > 0) {
      lines.push(`${flags.join(", ")}: no effect with ${FLAG_OF_MODE[mode]}.`);
    }
  }
  return lines;
}

const FLAG_OF_MODE = { music: "--music", "multi-angle": "--multi-angle" } as const;
const NEGATIVE: NamedOption = ["negativePrompt", "--negative-prompt"];
const FPS: NamedOption = ["fps", "--fps"];
const SAMPLING: readonly NamedOption[] = [["sampler", "--sampler"], ["scheduler", "--scheduler"]];
const VIDEO_ACTIONS: readonly NamedOption[] = [
  ["autoResizeAssets", "--auto-resize-assets"],
  ["estimateVideoCost", "--estimate-video-cost"],
];

function checkMusic(options: Options): void {
  refuse(
    given(options, [["quality", "--quality"]]),
    (flags) => `${flags} cannot be used with --music.`,
    "Choose the music model with --music-model (turbo or sft) instead.",
  );
  if (options.video) {
    throw invalidArgument(
      "--music cannot be used with --video.",
      { flags: ["--music", "--video"] },
      "Make music and video in two runs, then join them with --concat-videos and --concat-audio.",
    );
  }
  refuse(
    given(options, [...NOT_WITH_MUSIC, ...VIDEO_ONLY, ...VIDEO_ACTIONS]),
    (flags) => `${flags} cannot be used with --music.`,
    "Leave the image and video options out; the length is set with --duration.",
  );
}

function checkMultiAngle(options: Options, hasLastImage: boolean): void {
  const flag = options.angles360 ? "--angles-360" : "--multi-angle";
  if (options.video) {
    throw invalidArgument(
      `${flag} cannot be used with --video.`,
      { flags: [flag, "--video"] },
      "For a turning film use --angles-360 with --angles-360-video.",
    );
  }
  if ((options.context ?? []).length === 0 && !hasLastImage) {
    throw invalidArgument(
      `${flag} needs a picture of the subject.`,
      { flag: "--context" },
      "Give it with --context FILE, or use --last-image.",
    );
  }
}

function check360Video(options: Options): void {
  if (!options.angles360Video) return;
  const count = options.count ?? 1;
  if (!options.angles360) {
    throw invalidArgument(
      "--angles-360-video needs --angles-360.",
      { count, flag: "--angles-360-video" },
      "Add --angles-360.",
    );
  }
  if (count !== 1) {
    throw invalidArgument(
      `--angles-360-video needs --count 1 (got ${count}).`,
      { count, flag: "--count", value: count },
      "Leave --count out.",
    );
  }
}

function checkPhotobooth(options: Options, hasLastImage: boolean): void {
  if (options.video) {
    throw invalidArgument(
      "--photobooth cannot be used with --video.",
      { flags: ["--photobooth", "--video"] },
      "Make the picture first, then animate it with --video --ref FILE.",
    );
  }
  if (options.ref === undefined && !hasLastImage) {
    throw invalidArgument(
      "--photobooth needs a picture of the face.",
      { flag: "--ref" },
      "Give it with --ref FILE.",
    );
  }
  if ((options.context ?? []).length > 0 || options.persona !== undefined) {
    const flag = options.persona === undefined ? "--context" : "--persona";
    throw invalidArgument(
      `--photobooth cannot be used with context images (${flag}).`,
      { flags: ["--photobooth", flag] },
      "Give the face with --ref, or leave --photobooth out to edit the context images.",
    );
  }
}

function checkVideoOnly(options: Options): void {
  refuse(
    given(options, VIDEO_ACTIONS),
    (flags) => `${flags} needs --video.`,
    options.estimateVideoCost
      ? "Add --video; other jobs are priced with --estimate."
      : "Add --video, or leave it out.",
  );
  const allowed: OptionKey[] = [];
  if (options.angles360Video) allowed.push("frames");
  const rows = VIDEO_ONLY.filter(([key]) => !allowed.includes(key));
  const start: readonly NamedOption[] = options.photobooth ? [] : [["ref", "--ref"]];
  const flags = given(options, [...start, ...rows]);
  refuse(
    flags,
    (names) => `${names} ${flags.length === 1 ? "needs" : "need"} --video.`,
    "Add --video. To edit a picture use --context, to keep a face use --photobooth with --ref.",
  );
}

function given(options: Options, rows: readonly NamedOption[]): string[] {
  return rows.filter(([key]) => {
    const value = options[key];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  }).map(([key, flag]) => options[key] === false ? flag.replace("--", "--no-") : flag);
}

function refuse(flags: string[], message: (flags: string) => string, hint: string): void {
  if (flags.length > 0) throw invalidArgument(message(flags.join(", ")), { flags }, hint);
}
