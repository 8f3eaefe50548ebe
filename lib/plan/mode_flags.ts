/** Which flags belong to which kind of generation, as data for the conflict rules. */
import type { OptionKey } from "../cli/flags/table.ts";

/** An option and the flag that sets it. */
export type NamedOption = readonly [key: OptionKey, flag: string];

/** Flags that only make sense for video. */
export const VIDEO_ONLY: readonly NamedOption[] = [
  ["workflow", "--workflow"],
  ["frames", "--frames"],
  ["targetResolution", "--target-resolution"],
  ["looping", "--looping"],
  ["refEnd", "--ref-end"],
  ["refAudio", "--ref-audio"],
  ["audioStart", "--audio-start"],
  ["audioDuration", "--audio-duration"],
  ["refVideo", "--ref-video"],
  ["videoStart", "--video-start"],
  ["referenceAudioIdentity", "--reference-audio-identity"],
  ["voicePersona", "--voice-persona"],
  ["controlnetName", "--controlnet-name"],
  ["controlnetStrength", "--controlnet-strength"],
  ["mask", "--mask"],
  ["outpaintPosition", "--outpaint-position"],
  ["outpaintAspectRatio", "--outpaint-aspect-ratio"],
  ["sam2Coordinates", "--sam2-coordinates"],
  ["trimEndFrame", "--trim-end-frame"],
  ["firstFrameStrength", "--first-frame-strength"],
  ["lastFrameStrength", "--last-frame-strength"],
];

/** Image and video flags that cannot go with `--music`; the video-only ones come on top. */
export const NOT_WITH_MUSIC: readonly NamedOption[] = [
  ["width", "--width"],
  ["height", "--height"],
  ["strictSize", "--strict-size"],
  ["multiAngle", "--multi-angle"],
  ["angles360", "--angles-360"],
  ["angles360Video", "--angles-360-video"],
  ["photobooth", "--photobooth"],
  ["context", "--context"],
  ["ref", "--ref"],
];

/** Flags that change nothing without `--music`. */
export const MUSIC_ONLY: readonly NamedOption[] = [
  ["musicModel", "--music-model"],
  ["lyrics", "--lyrics"],
  ["language", "--language"],
  ["bpm", "--bpm"],
  ["keyscale", "--keyscale"],
  ["timesig", "--timesig"],
  ["composerMode", "--composer-mode"],
  ["promptStrength", "--prompt-strength"],
  ["creativity", "--creativity"],
  ["musicShift", "--music-shift"],
];

/** Flags that set the length and speed of clips; an image ignores them. */
export const CLIP_ONLY: readonly NamedOption[] = [
  ["fps", "--fps"],
  ["duration", "--duration"],
];
