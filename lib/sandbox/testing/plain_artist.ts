/** An artist for tests: single-coloured pictures of the right size, and marked bytes for the rest. */
import { deflateSync } from "node:zlib";
import type { Artist, RenderJob } from "../artist/artist.ts";

/** Renders at once; `jobs` lists what was asked for. */
export interface PlainArtist extends Artist {
  readonly jobs: readonly RenderJob[];
}

/** Makes one. Films and sounds are a few bytes that name the job. */
export function createPlainArtist(): PlainArtist {
  const jobs: RenderJob[] = [];
  return {
    jobs,
    render(job) {
      jobs.push(job);
      if (job.kind === "image") {
        const bytes = solidPng(job.width, job.height, job.seed);
        return Promise.resolve({ bytes, contentType: "image/png" });
      }
      const bytes = new TextEncoder().encode(`${job.kind} ${job.seed} ${job.prompt}`);
      const contentType = job.kind === "video" ? "video/mp4" : "audio/mpeg";
      return Promise.resolve({ bytes, contentType });
    },
  };
}

/** A PNG of one grey, chosen by the seed. */
export function solidPng(width: number, height: number, seed: number): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits of grey, no interlacing.
  header.set([8, 0, 0, 0, 0], 8);
  const row = new Uint8Array(width + 1).fill(seed % 256, 1);
  const pixels = new Uint8Array((width + 1) * height);
  for (let line = 0; line < height; line++) pixels.set(row, line * (width + 1));
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return new Uint8Array([
    ...signature,
    ...chunk("IHDR", header),
    ...chunk("IDAT", new Uint8Array(deflateSync(pixels, { level: 9 }))),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.byteLength);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.byteLength, crc32(bytes.subarray(4, 8 + data.byteLength)));
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
