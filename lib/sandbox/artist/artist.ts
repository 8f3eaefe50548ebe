/** Who makes the results. */

/** What one output is to be. */
export interface RenderJob {
  readonly kind: "image" | "video" | "audio";
  readonly prompt: string;
  readonly seed: number;
  /** Pixels; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Such as `png`, `jpg`, `webp`, `mp4`, `mp3`, `flac`, `wav`. */
  readonly format: string;
  /** Model id. */
  readonly model: string;
  readonly projectId: string;
  /** Index of the output, from 0. */
  readonly index: number;
  /** Film only: rate and number of frames of the finished film. */
  readonly fps?: number;
  readonly frames?: number;
  /** Seconds of film or sound. */
  readonly duration?: number;
  /** The film carries sound. */
  readonly withAudio?: boolean;
  readonly bpm?: number;
  /** Uploads by slot. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
}

/** A finished output. */
export interface Rendering {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Makes outputs. A rejection becomes a failed output with the error's message. */
export interface Artist {
  render(job: RenderJob): Promise<Rendering>;
}

/** An artist who takes one job after the other: pictures are large, memory is not. */
export function oneAtATime(artist: Artist): Artist {
  let last: Promise<unknown> = Promise.resolve();
  return {
    render(job) {
      const next = last.then(() => artist.render(job));
      last = next.catch(() => {});
      return next;
    },
  };
}
