/** A reference picture made ready for upload: upright, of the size asked for, small enough. */
import { AppError } from "../../errors/app_error.ts";
import { decodeImage, encodeImage } from "./codec.ts";
import { IMAGE_MIME, type ImageFormat, isOpaque, type RgbaImage } from "./image.ts";
import { applyOrientation } from "./orient.ts";
import { coverCrop, fitInside, fittedSize, type Size } from "./resize.ts";
import { displaySize, imageSize } from "./size.ts";
import { sniffMedia } from "./sniff.ts";

/** What a reference has to be. */
export type ReferenceSpec =
  | {
    /** `fit`: whole inside the box; `cover`: exactly the box, the overhang cut at both ends. */
    kind: "fit" | "cover";
    width: number;
    height: number;
    /** Refused above this, after JPEG has been tried at lower quality. */
    maxBytes?: number;
  }
  | { /** Any size; only the orientation is applied. */ kind: "none"; maxBytes?: number };

/** A reference ready for upload. */
export interface PreparedReference {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  /** False when the bytes are those that were given. */
  readonly changed: boolean;
}

/** Tried in this order until the result is small enough. */
const JPEG_QUALITIES = [92, 85, 75] as const;

/**
 * Prepares a reference. A picture that is right already keeps its bytes; otherwise a PNG and
 * anything with transparency becomes a PNG, everything else a JPEG.
 *
 * @throws {AppError} `UNSUPPORTED_MEDIA_TYPE` when the picture cannot be measured or has to be
 * changed and cannot be decoded, `MEDIA_REFERENCE_TOO_LARGE` above `maxBytes`
 */
export async function prepareReference(
  bytes: Uint8Array,
  spec: ReferenceSpec,
): Promise<PreparedReference> {
  const type = sniffMedia(bytes);
  const stored = imageSize(bytes);
  if (type?.kind !== "image" || !stored) {
    throw new AppError(
      "UNSUPPORTED_MEDIA_TYPE",
      `The reference is not a picture that can be measured${type ? ` (${type.mime})` : ""}.`,
      { hint: "Use a PNG, JPEG or WebP picture." },
    );
  }
  const shown = displaySize(stored);
  const wanted = targetSize(shown, spec);
  if (stored.orientation === 1 && shown.width === wanted.width && shown.height === wanted.height) {
    checkLength(bytes, spec.maxBytes);
    return { bytes, mime: type.mime, ...shown, changed: false };
  }
  const upright = applyOrientation(await decodeImage(bytes), stored.orientation);
  const image = spec.kind === "none"
    ? upright
    : spec.kind === "fit"
    ? fitInside(upright, spec.width, spec.height)
    : coverCrop(upright, spec.width, spec.height);
  const format = type.extension === "png" || !isOpaque(image) ? "png" : "jpg";
  const encoded = await encodeWithin(image, format, spec.maxBytes);
  return {
    bytes: encoded,
    mime: IMAGE_MIME[format],
    width: image.width,
    height: image.height,
    changed: true,
  };
}

function targetSize(shown: Size, spec: ReferenceSpec): Size {
  if (spec.kind === "none") return shown;
  return spec.kind === "fit" ? fittedSize(shown, spec) : spec;
}

async function encodeWithin(
  image: RgbaImage,
  format: ImageFormat,
  maxBytes = Infinity,
): Promise<Uint8Array> {
  let encoded = await encodeImage(image, format, { quality: JPEG_QUALITIES[0] });
  if (format === "jpg") {
    for (const quality of JPEG_QUALITIES.slice(1)) {
      if (encoded.length <= maxBytes) break;
      encoded = await encodeImage(image, format, { quality });
    }
  }
  checkLength(encoded, maxBytes);
  return encoded;
}

function checkLength(bytes: Uint8Array, maxBytes = Infinity): void {
  if (bytes.length <= maxBytes) return;
  throw new AppError(
    "MEDIA_REFERENCE_TOO_LARGE",
    `The reference picture has ${bytes.length} bytes; at most ${maxBytes} can be sent.`,
    {
      details: { byteLength: bytes.length, maxBytes },
      hint: "Use a smaller or more compressed copy.",
    },
  );
}
