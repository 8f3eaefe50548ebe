/** The references of a job on Sogni's own models: sent as bytes, prepared for the size of the clip. */
import type { VideoWorkflow } from "../../catalog/video_families.ts";
import type { MediaInput, ReferenceFacts } from "../types.ts";
import type { VideoAssets } from "./assets_given.ts";
import { isUrl } from "./assets_given.ts";

type Prepare = NonNullable<MediaInput["prepare"]>;

/** How the images of a job are brought to the size of the clip. */
export interface ImagePreparation {
  ref?: Prepare;
  refEnd?: Prepare;
}

/** The media of a job, in the order in which they are loaded. */
export function nativeMedia(
  workflow: VideoWorkflow,
  assets: VideoAssets,
  images: ImagePreparation,
  references: Readonly<Record<string, ReferenceFacts>>,
): MediaInput[] {
  const { ref, refEnd, audios, videos, context, mask, voice } = assets;
  const [audio] = audios;
  const [video] = videos;
  const list: MediaInput[] = [];
  const add = (slot: MediaInput["slot"], source: string | undefined, prepare?: Prepare) => {
    if (source === undefined) return;
    list.push({ slot, source, transfer: "bytes", ...(prepare ? { prepare } : {}) });
  };
  add("referenceImage", ref, images.ref);
  add("referenceImageEnd", refEnd, images.refEnd);
  add(
    "referenceAudio",
    audio,
    audio === undefined ? undefined : audioPreparation(audio, references),
  );
  add("referenceAudioIdentity", voice, voice === undefined ? undefined : voicePreparation(voice));
  add("referenceVideo", video);
  add("referenceMask", mask);
  if (workflow === "r2v") { for (const image of context) add("contextImages", image); }
  return list;
}

/** Extension of a path or URL, lower-case and without the dot; empty when there is none. */
export function extensionOf(source: string): string {
  const path = isUrl(source) ? source.replace(/[?#].*$/s, "") : source;
  return /\.([a-z0-9]{1,5})$/i.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** The reference is MP3, by its content where that is known, else by its name. */
export function isMp3(
  source: string,
  references: Readonly<Record<string, ReferenceFacts>>,
): boolean {
  const mimeType = references[source]?.mimeType;
  return mimeType === undefined ? extensionOf(source) === "mp3" : mimeType === "audio/mpeg";
}

// Native models do not take MP3.
function audioPreparation(
  source: string,
  references: Readonly<Record<string, ReferenceFacts>>,
): Prepare | undefined {
  return isMp3(source, references) ? { kind: "audio-m4a" } : undefined;
}

// WAV clips are large; local ones are made small, everything else goes as it is.
function voicePreparation(source: string): Prepare | undefined {
  return !isUrl(source) && ["wav", "wave"].includes(extensionOf(source))
    ? { kind: "voice-m4a" }
    : undefined;
}
