/** The references of a video job, gathered from the options. */
import type { Options } from "../../cli/flags/table.ts";
import type { PlanInput } from "../types.ts";
import type { VideoWorkflow } from "../../catalog/video_families.ts";
import type { SharedChoices } from "../shared.ts";

/** References as typed: paths or URLs. */
export interface VideoAssets {
  ref?: string;
  refEnd?: string;
  /** The first is the primary one. */
  audios: readonly string[];
  videos: readonly string[];
  context: readonly string[];
  mask?: string;
  /** Voice clip to imitate. */
  voice?: string;
}

const IMAGE_WORKFLOWS: readonly VideoWorkflow[] = [
  "i2v",
  "s2v",
  "ia2v",
  "animate-move",
  "animate-replace",
];

/**
 * Gathers the references and lets `--last-image` fill the start image.
 *
 * @param seedance a Seedance selector was given, which takes an image in every workflow
 */
export function gatherAssets(
  input: PlanInput,
  seedance: boolean,
  shared: Pick<SharedChoices, "addNote">,
): VideoAssets {
  const assets = assetsFromOptions(input.options);
  const last = input.options.lastImage ? input.lastRender?.image : undefined;
  if (last === undefined || assets.ref !== undefined) return assets;
  const { workflow } = input.options;
  if (workflow === undefined || IMAGE_WORKFLOWS.includes(workflow) || seedance) {
    return { ...assets, ref: last };
  }
  shared.addNote(
    "warning",
    `Warning: --last-image is ignored: the workflow ${workflow} takes no start image.`,
  );
  return assets;
}

function assetsFromOptions(options: Options): VideoAssets {
  return {
    ...(options.ref ? { ref: options.ref } : {}),
    ...(options.refEnd ? { refEnd: options.refEnd } : {}),
    audios: options.refAudio ?? [],
    videos: options.refVideo ?? [],
    context: options.context ?? [],
    ...(options.mask ? { mask: options.mask } : {}),
    ...(options.referenceAudioIdentity ? { voice: options.referenceAudioIdentity } : {}),
  };
}

/** A reference that must be fetched. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** A reference that may be handed to a vendor as it is. */
export function isHttps(source: string): boolean {
  return /^https:\/\//i.test(source);
}
