/** References for vendor models: most travel as URLs, start and end frames as bytes. */
import type { ReferenceLimits, VideoModel } from "../../catalog/video_families.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError, invalidArgument } from "../../errors/app_error.ts";
import type { MediaInput, ReferenceFacts } from "../types.ts";
import type { VideoAssets } from "./assets_given.ts";
import { isHttps, isUrl } from "./assets_given.ts";
import { isMp3 } from "./media.ts";
import type { ImagePreparation } from "./media.ts";

/** What the cut of a reference depends on. */
export interface VendorClip {
  /** Length of the clip. */
  seconds: number;
  options: Pick<Options, "audioStart" | "audioDuration" | "videoStart">;
  references: Readonly<Record<string, ReferenceFacts>>;
}

/** The longest audio or video reference a vendor takes. */
const MAX_REFERENCE_SECONDS = 15;

/**
 * The media of a vendor job.
 *
 * @throws AppError `MEDIA_REFERENCE_LIMIT_EXCEEDED`, `INVALID_URL`, `INVALID_ARGUMENT`
 */
export function vendorMedia(
  model: VideoModel,
  assets: VideoAssets,
  images: ImagePreparation,
  clip: VendorClip,
): MediaInput[] {
  checkMix(model, assets);
  checkLimits(model, assets);
  return [
    ...anchor("referenceImage", "--ref", assets.ref, images.ref),
    ...anchor("referenceImageEnd", "--ref-end", assets.refEnd, images.refEnd),
    ...assets.context.map(looseImage),
    ...assets.audios.map((source, index) => audio(source, index, clip)),
    ...assets.videos.map((source, index) => video(source, index, clip)),
  ];
}

function anchor(
  slot: "referenceImage" | "referenceImageEnd",
  flag: string,
  source: string | undefined,
  prepare: MediaInput["prepare"],
): MediaInput[] {
  if (source === undefined) return [];
  if (isUrl(source)) return [forwarded("referenceImageUrls", flag, source)];
  return [{ slot, source, transfer: "bytes", ...(prepare ? { prepare } : {}) }];
}

function looseImage(source: string): MediaInput {
  return isUrl(source)
    ? forwarded("referenceImageUrls", "--context", source)
    : { slot: "referenceImageUrls", source, transfer: "upload" };
}

function audio(source: string, index: number, clip: VendorClip): MediaInput {
  if (index > 0) refusePlain("--ref-audio", source);
  const { audioStart: start, audioDuration: duration } = clip.options;
  // Offsets belong to the primary reference.
  const window = index > 0 ? {} : {
    ...(start === undefined ? {} : { start }),
    duration: Math.min(duration ?? clip.seconds, MAX_REFERENCE_SECONDS),
  };
  const whole = index > 0 || (start === undefined && duration === undefined);
  if (isHttps(source) && whole && isMp3(source, clip.references)) {
    return forwarded("referenceAudioUrls", "--ref-audio", source);
  }
  return {
    slot: "referenceAudioUrls",
    source,
    transfer: "upload",
    prepare: { kind: "seedance-audio", ...window },
  };
}

function video(source: string, index: number, clip: VendorClip): MediaInput {
  if (index > 0) refusePlain("--ref-video", source);
  const { videoStart: start } = clip.options;
  if (isHttps(source) && (index > 0 || start === undefined)) {
    return forwarded("referenceVideoUrls", "--ref-video", source);
  }
  return {
    slot: "referenceVideoUrls",
    source,
    transfer: "upload",
    prepare: {
      kind: "seedance-video",
      ...(start === undefined ? {} : { start }),
      duration: Math.min(clip.seconds, MAX_REFERENCE_SECONDS),
    },
  };
}

function forwarded(slot: MediaInput["slot"], flag: string, source: string): MediaInput {
  if (isHttps(source)) return { slot, source, transfer: "forward" };
  throw new AppError("INVALID_URL", `${flag} "${source}" must be an https URL to be forwarded.`, {
    details: { flag, value: source },
    hint: "Vendor models fetch references themselves: use an https URL or a local file.",
  });
}

function refusePlain(flag: string, source: string): void {
  if (isHttps(source)) return;
  throw invalidArgument(
    `${flag} "${source}": every reference after the first must be an https URL.`,
    { flag, value: source },
    "Put the local file first, or give a public https URL.",
  );
}

function checkMix(model: VideoModel, { ref, refEnd, audios, videos, context }: VideoAssets): void {
  const anchored = (ref ?? refEnd) !== undefined;
  if (anchored && context.length > 0) {
    throw invalidArgument(
      "--ref and --ref-end cannot be mixed with --context on vendor models.",
      { flag: "--context", model: model.id },
      "Give every picture with --context as a loose reference, or only start and end frame.",
    );
  }
  const audioAlone = audios.length > 0 && !anchored && context.length === 0 && videos.length === 0;
  if (audioAlone && !model.workflows.includes("a2v")) {
    throw invalidArgument(
      "--ref-audio on Seedance requires an image or video reference.",
      { flag: "--ref-audio", model: model.id },
      "Add --ref, --ref-end, --ref-video or --context, or use -m ltx23-a2v for audio alone.",
    );
  }
}

function checkLimits(model: VideoModel, assets: VideoAssets): void {
  const limits = model.references;
  if (limits === undefined) return;
  const images = [assets.ref, assets.refEnd].filter((source) => source !== undefined).length +
    assets.context.length;
  const counts: ReferenceLimits = {
    images,
    videos: assets.videos.length,
    audios: assets.audios.length,
    total: images + assets.videos.length + assets.audios.length,
  };
  for (const limitKind of ["images", "videos", "audios", "total"] as const) {
    if (counts[limitKind] <= limits[limitKind]) continue;
    throw new AppError(
      "MEDIA_REFERENCE_LIMIT_EXCEEDED",
      `${model.id} takes at most ${limits[limitKind]} ${
        limitKind === "total" ? "references in all" : limitKind
      } (got ${counts[limitKind]}).`,
      {
        details: {
          limitKind,
          requestedCount: counts[limitKind],
          maxCount: limits[limitKind],
          limits: { ...limits },
          ...(model.family === "happyhorse" ? { modelId: model.id } : {}),
        },
        hint: model.family === "happyhorse" && limits.images === 0
          ? "Use -m happyhorse: with --ref or --context it chooses the mode that takes pictures."
          : "Leave some references out.",
      },
    );
  }
}
