/** Puts the samples of several tracks one after the other, at the right times. */
import { leastCommonMultiple } from "../rational.ts";
import type { Movie, Track } from "./movie.ts";
import type { OutputSample, OutputTrack } from "./output_movie.ts";
import { type AacFormat, makeAacEntry, type VideoEntry } from "./sample_entry.ts";
import type { AudioTimeline, VideoTimeline } from "./timeline.ts";

/** The pictures of one clip. */
export interface VideoSegment {
  readonly movie: Movie;
  readonly track: Track;
  readonly timeline: VideoTimeline;
  readonly entry: VideoEntry;
  /** Seconds the clip takes in the film; when longer than its pictures, the last one stays. */
  readonly seconds: number;
}

/** The sound of one clip. */
export interface AudioSegment {
  readonly movie: Movie;
  readonly track: Track;
  readonly timeline: AudioTimeline;
}

/** Time units in a second above which tracks are not brought to a common scale. */
const MAX_TIMESCALE = 100_000_000;
const PACKET = 1024;
/** One packet of AAC-LC silence by channel count. */
const SILENCE: Readonly<Record<number, Uint8Array>> = {
  1: Uint8Array.of(0x01, 0x18, 0x20, 0x07),
  2: Uint8Array.of(0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c),
};

/** The time scale that all tracks share; `undefined` when there is no reasonable one. */
export function commonTimescale(tracks: readonly Track[]): number | undefined {
  let scale = 1;
  for (const track of tracks) {
    scale = leastCommonMultiple(scale, track.timescale);
    if (scale > MAX_TIMESCALE) return undefined;
  }
  return scale;
}

/**
 * One video track from all clips.
 *
 * Clips whose decoder set-up differs get sample entries of their own, and their parameter sets are
 * written before each key frame as well, because some players heed only one of the two.
 */
export function joinVideo(segments: readonly VideoSegment[], timescale: number): OutputTrack {
  const first = segments[0];
  if (!first) throw new RangeError("no clips");
  const entries: Uint8Array[] = [];
  const described = segments.map(({ entry: { entry, parameterSets } }) => {
    let index = entries.findIndex((known) => equalBytes(known, entry));
    if (index < 0) index = entries.push(entry) - 1;
    return { index, parameterSets };
  });
  const delay = Math.max(
    ...segments.map(({ track, timeline }) => timeline.delay * (timescale / track.timescale)),
  );
  const samples: OutputSample[] = [];
  let length = 0;
  for (const [position, segment] of segments.entries()) {
    const { movie, track, timeline, seconds } = segment;
    const scale = timescale / track.timescale;
    const { offsets, sizes, durations, compositions, sync } = track.samples;
    const shift = delay - timeline.delay * scale;
    const prefix = entries.length > 1 ? described[position]?.parameterSets : undefined;
    const hold = Math.max(0, Math.round(seconds * timescale) - timeline.length * scale);
    for (let index = 0; index < sizes.length; index++) {
      const isLast = index === sizes.length - 1;
      samples.push({
        path: movie.path,
        offset: offsets[index] ?? 0,
        size: sizes[index] ?? 0,
        ...(prefix && sync[index] === 1 ? { bytes: prefix } : {}),
        duration: (durations[index] ?? 0) * scale + (isLast ? hold : 0),
        composition: (compositions[index] ?? 0) * scale + shift,
        sync: sync[index] === 1,
        entry: described[position]?.index ?? 0,
      });
    }
    length += timeline.length * scale + hold;
  }
  const { width, height, matrix } = first.track;
  return {
    kind: "video",
    timescale,
    entries,
    width,
    height,
    matrix,
    samples,
    start: delay,
    length,
  };
}

/**
 * One AAC track. Packets are taken whole, so that a clip's sound may lie up to half a packet
 * (12 ms) beside its pictures; the difference does not add up.
 *
 * @param segments the sound of each clip; `undefined` for silence
 * @param ends when each clip ends, in seconds from the start of the film
 */
export function joinAudio(
  segments: readonly (AudioSegment | undefined)[],
  ends: readonly number[],
  format: AacFormat,
): OutputTrack {
  const rate = format.sampleRate;
  const silence = SILENCE[format.channels];
  const track = new PacketTrack(silence);
  for (const [index, segment] of segments.entries()) {
    const begin = (index === 0 ? 0 : ends[index - 1] ?? 0) * rate;
    const end = (ends[index] ?? 0) * rate;
    if (segment) addSound(track, segment, begin, end);
    track.fillUntil(end);
  }
  return {
    kind: "audio",
    timescale: rate,
    entries: [makeAacEntry(format)],
    width: 0,
    height: 0,
    matrix: new Uint8Array(36),
    samples: track.samples,
    start: track.start,
    length: Math.round((ends.at(-1) ?? 0) * rate),
  };
}

function addSound(track: PacketTrack, segment: AudioSegment, begin: number, end: number): void {
  const { timeline, movie } = segment;
  const { offsets, sizes } = segment.track.samples;
  const from = begin + timeline.lead;
  const until = Math.min(end, from + timeline.length);
  track.fillUntil(from);
  // Only at the very start can packets be decoded unheard.
  if (track.samples.length === 0) track.start = timeline.skip;
  const position = timeline.skip + track.position - from;
  for (let index = Math.max(0, Math.round(position / PACKET)); index < sizes.length; index++) {
    if (track.position >= until - PACKET / 2) break;
    track.add({ path: movie.path, offset: offsets[index] ?? 0, size: sizes[index] ?? 0 });
  }
}

/** Packets one after the other, with the time that the next one starts. */
class PacketTrack {
  readonly samples: OutputSample[] = [];
  /** Samples that are decoded before the film starts. */
  start = 0;

  constructor(readonly silence: Uint8Array | undefined) {}

  /** Time of the next packet, in samples from the start of the film. */
  get position(): number {
    return this.samples.length * PACKET - this.start;
  }

  add(bytes: Pick<OutputSample, "path" | "offset" | "size" | "bytes">): void {
    this.samples.push({ ...bytes, duration: PACKET, composition: 0, sync: true, entry: 0 });
  }

  /** Adds silence up to a time, as near as whole packets allow. */
  fillUntil(time: number): void {
    if (!this.silence) return;
    while (this.position < time - PACKET / 2) {
      this.add({ offset: 0, size: 0, bytes: this.silence });
    }
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
