/** Which references each workflow needs and refuses, as data and as checks. */
import type { VideoModel, VideoWorkflow } from "../../catalog/video_families.ts";
import type { Options } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import type { VideoAssets } from "./assets_given.ts";
import { refuseUnknownControl } from "./controlnet.ts";

/** A kind of reference, named by its flag. */
type Flag = "--ref" | "--ref-end" | "--ref-audio" | "--ref-video" | "--context";

interface Rule {
  /** Each entry is met by any of its flags. */
  needs: readonly (readonly Flag[])[];
  refuses: readonly Flag[];
}

const RULES: Readonly<Record<VideoWorkflow, Rule>> = {
  t2v: { needs: [], refuses: ["--ref", "--ref-end", "--ref-audio", "--ref-video"] },
  i2v: { needs: [["--ref", "--ref-end"]], refuses: ["--ref-audio", "--ref-video"] },
  r2v: {
    needs: [["--context"]],
    refuses: ["--ref", "--ref-end", "--ref-audio", "--ref-video"],
  },
  s2v: { needs: [["--ref"], ["--ref-audio"]], refuses: ["--ref-video"] },
  ia2v: { needs: [["--ref"], ["--ref-audio"]], refuses: ["--ref-end", "--ref-video"] },
  a2v: { needs: [["--ref-audio"]], refuses: ["--ref", "--ref-end", "--ref-video"] },
  v2v: { needs: [["--ref-video"]], refuses: ["--ref-audio"] },
  "animate-move": { needs: [["--ref"], ["--ref-video"]], refuses: ["--ref-audio"] },
  "animate-replace": { needs: [["--ref"], ["--ref-video"]], refuses: ["--ref-audio"] },
};

const SEEDANCE_RULES: Partial<Record<VideoWorkflow, Rule>> = {
  t2v: { needs: [], refuses: [] },
  ia2v: { needs: [["--ref-audio"], ["--ref", "--ref-end", "--ref-video"]], refuses: [] },
  v2v: { needs: [["--ref-video"]], refuses: [] },
  a2v: { needs: [["--ref-audio"]], refuses: [] },
};

const HAPPYHORSE_RULES: Partial<Record<VideoWorkflow, Rule>> = {
  i2v: { needs: [["--ref"]], refuses: ["--ref-end", "--ref-audio", "--ref-video"] },
};

/**
 * Checks the references of a job against its workflow and model.
 *
 * @throws AppError `INVALID_ARGUMENT`; `details` name workflow, model and flag
 */
export function checkAssets(
  workflow: VideoWorkflow,
  model: VideoModel,
  assets: VideoAssets,
  options: Options,
): void {
  checkTable(workflow, model, assets);
  checkOffsets(assets, options);
  checkSeveral(model, assets);
  checkControl(workflow, model, options);
  checkCanvas(options, assets);
  checkSpecial(workflow, model, assets, options);
}

function checkTable(workflow: VideoWorkflow, model: VideoModel, assets: VideoAssets): void {
  const vendor = model.family === "seedance2"
    ? SEEDANCE_RULES
    : model.family === "happyhorse"
    ? HAPPYHORSE_RULES
    : {};
  const rule = vendor[workflow] ?? RULES[workflow];
  const details = { workflow, model: model.id };
  for (const flags of rule.needs) {
    if (flags.some((flag) => isGiven(assets, flag))) continue;
    const names = flags.join(" or ");
    throw invalidArgument(
      `Workflow ${workflow} requires ${names}.`,
      { ...details, flag: flags[0], required: [...flags] },
      `Add ${names}, or choose another --workflow.`,
    );
  }
  const refused = rule.refuses.filter((flag) => isGiven(assets, flag));
  if (refused.length > 0) {
    const names = refused.join(", ");
    throw invalidArgument(
      `${names} cannot be used with workflow ${workflow}.`,
      { ...details, flag: refused[0], refused },
      `Leave ${names} out, or leave --workflow and --model out so that the references decide.`,
    );
  }
}

function isGiven(assets: VideoAssets, flag: Flag): boolean {
  switch (flag) {
    case "--ref":
      return assets.ref !== undefined;
    case "--ref-end":
      return assets.refEnd !== undefined;
    case "--ref-audio":
      return assets.audios.length > 0;
    case "--ref-video":
      return assets.videos.length > 0;
    case "--context":
      return assets.context.length > 0;
  }
}

function checkOffsets({ audios, videos }: VideoAssets, options: Options): void {
  const rows = [
    ["--audio-start", options.audioStart, "--ref-audio", audios],
    ["--audio-duration", options.audioDuration, "--ref-audio", audios],
    ["--video-start", options.videoStart, "--ref-video", videos],
  ] as const;
  for (const [flag, value, needed, given] of rows) {
    if (value === undefined || given.length > 0) continue;
    throw invalidArgument(
      `${flag} requires ${needed}.`,
      { flag, value, required: [needed] },
      `Add ${needed}, or leave ${flag} out.`,
    );
  }
}

function checkSeveral(model: VideoModel, { audios, videos }: VideoAssets): void {
  if (model.family === "seedance2") return;
  const rows = [["--ref-audio", audios], ["--ref-video", videos]] as const;
  for (const [flag, given] of rows) {
    if (given.length < 2) continue;
    throw invalidArgument(
      `${flag} was given ${given.length} times; only Seedance takes more than one.`,
      { flag, provided: given.length, max: 1, model: model.id },
      `Give ${flag} once, or use -m seedance2.`,
    );
  }
}

function checkControl(
  workflow: VideoWorkflow,
  model: VideoModel,
  { controlnetName }: Options,
): void {
  const details = { workflow, model: model.id, flag: "--controlnet-name" };
  // For Seedance a control signal is dropped with a warning.
  if (model.family === "seedance2") return;
  if (controlnetName === undefined) {
    if (workflow !== "v2v") return;
    throw invalidArgument(
      "Workflow v2v requires --controlnet-name.",
      { ...details, allowed: [...model.controlNets] },
      "Add --controlnet-name canny, pose, depth or detailer, or use -m seedance2, which needs none.",
    );
  }
  if (model.family === "happyhorse" || workflow !== "v2v") {
    throw invalidArgument(
      `--controlnet-name cannot be used with ${
        model.family === "happyhorse" ? "HappyHorse" : `workflow ${workflow}`
      }.`,
      { ...details, value: controlnetName },
      "Control signals work with --workflow v2v and --ref-video.",
    );
  }
  refuseUnknownControl(controlnetName, model);
}

function checkCanvas(options: Options, { mask }: VideoAssets): void {
  const { controlnetName: name } = options;
  if (name === "inpaint" && mask === undefined) {
    throw invalidArgument(
      "--controlnet-name inpaint requires --mask.",
      { flag: "--mask", controlnetName: name },
      "Give a picture that is white where the film shall be made anew: --mask FILE.",
    );
  }
  if (mask !== undefined && name !== "inpaint") {
    throw invalidArgument(
      "--mask requires --controlnet-name inpaint.",
      { flag: "--mask", value: mask },
      "Add --controlnet-name inpaint, or leave --mask out.",
    );
  }
  const rows = [
    ["--outpaint-position", options.outpaintPosition],
    ["--outpaint-aspect-ratio", options.outpaintAspectRatio],
  ] as const;
  for (const [flag, value] of rows) {
    if (value === undefined || name === "outpaint") continue;
    throw invalidArgument(
      `${flag} requires --controlnet-name outpaint.`,
      { flag, value, required: ["--controlnet-name outpaint"] },
      `Add --controlnet-name outpaint, or leave ${flag} out.`,
    );
  }
}

function checkSpecial(
  workflow: VideoWorkflow,
  model: VideoModel,
  assets: VideoAssets,
  options: Options,
): void {
  if (options.sam2Coordinates !== undefined && workflow !== "animate-replace") {
    throw invalidArgument(
      `--sam2-coordinates works with --workflow animate-replace only (this job is ${workflow}).`,
      { flag: "--sam2-coordinates", workflow },
      "Add --workflow animate-replace, or leave --sam2-coordinates out.",
    );
  }
  if (!options.looping) return;
  if (workflow !== "i2v") {
    throw invalidArgument(
      `--looping works with workflow i2v only (this job is ${workflow}).`,
      { flag: "--looping", workflow },
      "Give a start image with --ref, and nothing else.",
    );
  }
  if (model.family === "happyhorse") {
    throw invalidArgument(
      "--looping cannot be used with HappyHorse, which takes no end frame.",
      { flag: "--looping", model: model.id },
      "Leave --model out, or use -m ltx23-i2v.",
    );
  }
  if (assets.ref === undefined) {
    throw invalidArgument(
      "--looping requires --ref.",
      { flag: "--looping", required: ["--ref"] },
      "Give the start image with --ref FILE.",
    );
  }
  if (assets.refEnd !== undefined) {
    throw invalidArgument(
      "--looping cannot be used with --ref-end.",
      { flag: "--looping", refused: ["--ref-end"] },
      "Leave --ref-end out: a loop ends where it began.",
    );
  }
}
