/** Small pictures of results, for models that can look at them. A picture that cannot be had is left out. */
import { Buffer } from "node:buffer";
import { isAbsolute, resolve } from "node:path";
import type { Host } from "../platform/host.ts";

/** A picture as a tool result carries it. */
export interface PictureBlock {
  type: "image";
  /** Base64. */
  data: string;
  mimeType: string;
}

/** What the pictures of one result may weigh together: with base64 below the 1 MB of clients. */
export const PICTURE_BUDGET: number = 700 * 1024;
const MAX_PICTURES = 4;
const MAX_SOURCE_BYTES = 32 * 1024 * 1024;
const TRANSFER_TIMEOUT_MS = 20_000;

/** Tried in order; pixels of the longer side, and quality. */
const LADDER = [[1024, 80], [768, 70], [512, 60]] as const;
/** Types that models are shown as they are. */
const SHOWABLE = /^image\/(png|jpeg|webp|gif)$/;

/** Where pictures come from. */
export interface PictureSource {
  readonly host: Pick<Host, "files" | "download" | "facts">;
  /** Results may come from this machine (sandbox, opted-in endpoints). */
  readonly allowLoopback: boolean;
}

/**
 * Up to four pictures within {@link PICTURE_BUDGET}: as they are where they fit, else smaller.
 *
 * @returns the pictures, and how many of those wanted could not be shown
 */
export async function picturesOf(
  places: readonly string[],
  source: PictureSource,
): Promise<{ blocks: PictureBlock[]; skipped: number }> {
  const wanted = places.slice(0, MAX_PICTURES);
  const blocks: PictureBlock[] = [];
  let left = PICTURE_BUDGET;
  for (const [index, place] of wanted.entries()) {
    const share = Math.floor(left / (wanted.length - index));
    const picture = await readPlace(place, source).then((bytes) => fit(bytes, share))
      .catch(() => undefined);
    if (!picture) continue;
    left -= picture.bytes.length;
    const data = Buffer.from(picture.bytes).toString("base64");
    blocks.push({ type: "image", data, mimeType: picture.mimeType });
  }
  return { blocks, skipped: wanted.length - blocks.length };
}

async function readPlace(
  place: string,
  { host, allowLoopback }: PictureSource,
): Promise<Uint8Array> {
  if (!/^https?:/.test(place)) {
    const path = isAbsolute(place) ? place : resolve(host.facts.cwd, place);
    return await host.files.readBytes(path, MAX_SOURCE_BYTES);
  }
  const { bytes } = await host.download(place, {
    maxBytes: MAX_SOURCE_BYTES,
    idleTimeoutMs: TRANSFER_TIMEOUT_MS,
    timeoutMs: TRANSFER_TIMEOUT_MS,
    allowLoopback,
  });
  return bytes ?? new Uint8Array();
}

async function fit(
  bytes: Uint8Array,
  budget: number,
): Promise<{ bytes: Uint8Array; mimeType: string } | undefined> {
  const { sniffMedia } = await import("../media/image/sniff.ts");
  const mime = sniffMedia(bytes)?.mime ?? "";
  if (bytes.length <= budget && SHOWABLE.test(mime)) return { bytes, mimeType: mime };
  const [{ decodeImage, encodeImage }, { fitInside }] = await Promise.all([
    import("../media/image/codec.ts"),
    import("../media/image/resize.ts"),
  ]);
  const image = await decodeImage(bytes);
  for (const [side, quality] of LADDER) {
    const small = image.width > side || image.height > side ? fitInside(image, side, side) : image;
    const encoded = await encodeImage(small, "jpg", { quality });
    if (encoded.length <= budget) return { bytes: encoded, mimeType: "image/jpeg" };
  }
  return undefined;
}
