/** One look-up over the models of every medium. */
import { findImageModel } from "./image_models.ts";
import type { ImageModel } from "./image_models.ts";
import { findMusicModel } from "./music_models.ts";
import type { MusicModel } from "./music_models.ts";
import type { VideoModel } from "./video_families.ts";
import { findVideoModel } from "./video_models.ts";

/** A listed model with its medium. */
export type ListedModel =
  | { readonly medium: "image"; readonly model: ImageModel }
  | { readonly medium: "video"; readonly model: VideoModel }
  | { readonly medium: "music"; readonly model: MusicModel };

/** The listed model of this id or alias; `undefined` for ids we know nothing about. */
export function findModel(selector: string): ListedModel | undefined {
  const image = findImageModel(selector);
  if (image) return { medium: "image", model: image };
  const video = findVideoModel(selector);
  if (video) return { medium: "video", model: video };
  const music = findMusicModel(selector);
  return music ? { medium: "music", model: music } : undefined;
}
