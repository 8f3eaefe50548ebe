/** Wraps samples as a WAV file with tags. */

/**
 * @param samples interleaved stereo, 16 bits
 * @param sampleRate samples a second
 */
export function makeWav(
  samples: Int16Array<ArrayBuffer>,
  sampleRate: number,
  tags: { title: string; comment: string },
): Uint8Array<ArrayBuffer> {
  const format = new DataView(new ArrayBuffer(16));
  format.setUint16(0, 1, true);
  format.setUint16(2, 2, true);
  format.setUint32(4, sampleRate, true);
  format.setUint32(8, sampleRate * 4, true);
  format.setUint16(12, 4, true);
  format.setUint16(14, 16, true);
  const text = new TextEncoder();
  const info = chunk(
    "LIST",
    text.encode("INFO"),
    chunk("INAM", text.encode(`${tags.title}\0`)),
    chunk("ICMT", text.encode(`${tags.comment}\0`)),
  );
  return chunk(
    "RIFF",
    text.encode("WAVE"),
    chunk("fmt ", new Uint8Array(format.buffer)),
    info,
    chunk("data", new Uint8Array(samples.buffer)),
  );
}

/** A chunk; its contents are padded to an even length. */
function chunk(name: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(8 + length + length % 2);
  bytes.set(new TextEncoder().encode(name));
  new DataView(bytes.buffer).setUint32(4, length, true);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
