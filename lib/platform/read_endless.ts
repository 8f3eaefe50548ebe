/** Reads what has no size: pipes and devices, which may never end. */
import { open } from "node:fs/promises";

/** More than this is read from no pipe and no device unless the caller says so. */
const MOST_BYTES = 256 * 1024 * 1024;
const BLOCK_BYTES = 64 * 1024;

/**
 * All bytes up to the end.
 *
 * @throws an error with code `EFBIG` when there are more than `maxBytes`, or the system's
 */
export async function readEndless(
  file: string,
  maxBytes = MOST_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file, "r");
  try {
    const blocks: Uint8Array<ArrayBuffer>[] = [];
    for (let size = 0;;) {
      const block = new Uint8Array(BLOCK_BYTES);
      const { bytesRead } = await handle.read(block, 0, BLOCK_BYTES, null);
      if (bytesRead === 0) break;
      size += bytesRead;
      if (size > maxBytes) {
        throw Object.assign(new Error(`${file} has more than ${maxBytes} bytes`), {
          code: "EFBIG",
        });
      }
      blocks.push(block.subarray(0, bytesRead));
    }
    return new Uint8Array(await new Blob(blocks).arrayBuffer());
  } finally {
    await handle.close();
  }
}
