/** What is read from an MP4 file: tracks with one entry for each sample. */

/** One entry of an edit list, in whole units. */
export interface Edit {
  /** In units of the movie's timescale; 0 means to the end. */
  readonly duration: number;
  /** First presented time in units of the track's timescale; -1 for a pause. */
  readonly mediaTime: number;
  /** True for normal speed. */
  readonly normalRate: boolean;
}

/** The samples of a track in decoding order; all arrays have the same length. */
export interface Samples {
  /** Position in the file. */
  readonly offsets: Float64Array;
  readonly sizes: Uint32Array;
  /** In units of the track's timescale. */
  readonly durations: Uint32Array;
  /** Presentation time minus decoding time. */
  readonly compositions: Int32Array;
  /** 1 where decoding can start. */
  readonly sync: Uint8Array;
}

/** One track. */
export interface Track {
  readonly kind: "video" | "audio";
  /** Units in a second. */
  readonly timescale: number;
  /** The one sample entry as it stands in the file, with its header. */
  readonly entry: Uint8Array<ArrayBuffer>;
  /** Four characters of the entry: `avc1`, `mp4a`. */
  readonly codec: string;
  /** Coded size; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** 0 for pictures. */
  readonly channels: number;
  readonly sampleRate: number;
  /** The nine numbers that place the picture: rotation and scale. */
  readonly matrix: Uint8Array<ArrayBuffer>;
  readonly edits: readonly Edit[];
  readonly samples: Samples;
}

/** A file. */
export interface Movie {
  readonly path: string;
  readonly timescale: number;
  /** The only video track. */
  readonly video: Track | undefined;
  /** The first audio track. */
  readonly audio: Track | undefined;
}
