/** When the samples of a track are shown, for tracks whose timeline is simple enough to join. */
import type { Edit, Movie, Track } from "./movie.ts";

/** Pictures of one constant rate, all of them shown. */
export interface VideoTimeline {
  /** Units of the track from decoding to showing the first picture. */
  readonly delay: number;
  /** Units of one picture. */
  readonly frame: number;
  /** Units of all pictures. */
  readonly length: number;
}

/** Sound in packets of one constant length. */
export interface AudioTimeline {
  /** Samples of silence before the sound starts. */
  readonly lead: number;
  /** Samples at the start that are decoded but not heard. */
  readonly skip: number;
  /** Samples that are heard. */
  readonly length: number;
  /** Samples in a packet. */
  readonly packet: number;
}

/** `undefined` when pictures are hidden, paused or uneven. */
export function videoTimeline(movie: Movie): VideoTimeline | undefined {
  const track = movie.video;
  if (!track) return undefined;
  const frame = constantDuration(track);
  if (frame === undefined || track.samples.sync[0] !== 1) return undefined;
  const length = sum(track.samples.durations);
  const delay = firstShown(track);
  const [edit, ...others] = track.edits;
  if (!edit) return delay >= 0 ? { delay, frame, length } : undefined;
  if (others.length > 0 || !edit.normalRate || edit.mediaTime !== delay) return undefined;
  if (editLength(edit, track, movie) < length - frame / 2) return undefined;
  return { delay, frame, length };
}

/** `undefined` when packets are uneven or parts are cut out. */
export function audioTimeline(movie: Movie): AudioTimeline | undefined {
  const track = movie.audio;
  if (!track) return undefined;
  const packet = constantDuration(track);
  if (packet === undefined || track.samples.compositions.some((offset) => offset !== 0)) {
    return undefined;
  }
  const total = sum(track.samples.durations);
  const edits = [...track.edits];
  let lead = 0;
  if (edits[0]?.mediaTime === -1) {
    lead = Math.round(edits[0].duration * track.timescale / movie.timescale);
    edits.shift();
  }
  const [edit, ...others] = edits;
  if (!edit) return { lead, skip: 0, length: total, packet };
  if (others.length > 0 || !edit.normalRate || edit.mediaTime < 0 || edit.mediaTime >= total) {
    return undefined;
  }
  const length = Math.min(total - edit.mediaTime, editLength(edit, track, movie));
  return { lead, skip: edit.mediaTime, length, packet };
}

/** Sum of all sample durations. */
export function sum(numbers: Uint32Array): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** The one duration that all samples but the last have. */
function constantDuration(track: Track): number | undefined {
  const { durations } = track.samples;
  const first = durations[0] ?? 0;
  for (let index = 1; index < durations.length - 1; index++) {
    if (durations[index] !== first) return undefined;
  }
  const last = durations[durations.length - 1] ?? 0;
  // The last packet of sound may be shorter, a last picture may not be shown longer or shorter.
  if (track.kind === "video" ? last !== first : last > first) return undefined;
  return first > 0 ? first : undefined;
}

/** Presentation time of the picture that is shown first. */
function firstShown(track: Track): number {
  const { durations, compositions } = track.samples;
  let decoding = 0;
  let first = Infinity;
  for (let index = 0; index < durations.length; index++) {
    first = Math.min(first, decoding + (compositions[index] ?? 0));
    decoding += durations[index] ?? 0;
  }
  return first;
}

/** The edit's length in units of the track; one unit of the movie more, because it is rounded. */
function editLength(edit: Edit, track: Track, movie: Movie): number {
  if (edit.duration === 0) return Infinity;
  return Math.round(edit.duration * track.timescale / movie.timescale);
}
