/** Turns a raw AAC stream (ADTS) into packets of an MP4 file. */
import type { OutputSample } from "./output_movie.ts";

const PACKET = 1024;

/** The packets of a stream, without their headers; what follows a damaged header is left out. */
export function readAdts(stream: Uint8Array): OutputSample[] {
  const samples: OutputSample[] = [];
  for (let at = 0; at + 7 <= stream.length;) {
    const byte = (offset: number) => stream[at + offset] ?? 0;
    if (byte(0) !== 0xff || (byte(1) & 0xf6) !== 0xf0) break;
    const header = byte(1) & 1 ? 7 : 9;
    const length = (byte(3) & 3) << 11 | byte(4) << 3 | byte(5) >> 5;
    if (length < header || at + length > stream.length) break;
    const bytes = stream.subarray(at + header, at + length);
    samples.push({
      offset: 0,
      size: 0,
      bytes,
      duration: PACKET,
      composition: 0,
      sync: true,
      entry: 0,
    });
    at += length;
  }
  return samples;
}
