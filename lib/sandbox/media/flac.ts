/** Completes a FLAC file that was written through a pipe. */

/** Where the 36 bits with the number of samples begin: after the mark and the block's header. */
const LENGTH_OFFSET = 21;

/**
 * Writes the number of samples into the header; an encoder that cannot go back leaves it at 0.
 *
 * @param samples for each channel
 */
export function withFlacLength(
  bytes: Uint8Array<ArrayBuffer>,
  samples: number,
): Uint8Array<ArrayBuffer> {
  const mark = new TextDecoder().decode(bytes.subarray(0, 4));
  if (mark !== "fLaC" || bytes.length < 42) return bytes;
  const output = bytes.slice();
  const view = new DataView(output.buffer);
  const high = Math.floor(samples / 2 ** 32) & 15;
  output[LENGTH_OFFSET] = (output[LENGTH_OFFSET] ?? 0) & 0xf0 | high;
  view.setUint32(LENGTH_OFFSET + 1, samples % 2 ** 32);
  return output;
}
