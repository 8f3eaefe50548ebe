/** What is written: tracks of samples that come from other files or from memory. */

/** One sample. */
export interface OutputSample {
  /** Where its bytes lie; absent when `bytes` has them all. */
  readonly path?: string;
  readonly offset: number;
  /** Bytes taken from `path`. */
  readonly size: number;
  /** Bytes written before those. */
  readonly bytes?: Uint8Array;
  /** In units of the track's timescale. */
  readonly duration: number;
  readonly composition: number;
  readonly sync: boolean;
  /** Index into the track's entries. */
  readonly entry: number;
}

/** One track. */
export interface OutputTrack {
  readonly kind: "video" | "audio";
  readonly timescale: number;
  readonly entries: readonly Uint8Array[];
  readonly width: number;
  readonly height: number;
  readonly matrix: Uint8Array;
  readonly samples: readonly OutputSample[];
  /** Units from decoding to the start of what is shown or heard. */
  readonly start: number;
  /** Units that are shown or heard. */
  readonly length: number;
}

/** Bytes of a sample in the file. */
export function sampleSize(sample: OutputSample): number {
  return sample.size + (sample.bytes?.length ?? 0);
}
