/** Pictures from bytes and to bytes: PNG by own code, JPEG and WebP by WebAssembly codecs. */
import { AppError } from "../../errors/app_error.ts";
import { JPEG_OPTIONS, WEBP_OPTIONS } from "./codec_options.ts";
import type { ImageFormat, RgbaImage } from "./image.ts";
import { MAX_PIXELS } from "./image.ts";
import { imageSize } from "./size.ts";
import { sniffMedia } from "./sniff.ts";

/** How a picture is encoded. */
export interface EncodeImageOptions {
  /** JPEG and WebP, 1 to 100. Default 92. */
  quality?: number;
}

/**
 * Decodes a PNG, JPEG or WebP picture. The EXIF orientation is not applied (see `orient.ts`).
 *
 * @throws {AppError} `UNSUPPORTED_MEDIA_TYPE` when the type is another or the data is damaged,
 * `MEDIA_REFERENCE_TOO_LARGE` above {@link MAX_PIXELS}
 */
export async function decodeImage(bytes: Uint8Array): Promise<RgbaImage> {
  const type = sniffMedia(bytes);
  const size = imageSize(bytes);
  if (size && size.width * size.height > MAX_PIXELS) {
    throw new AppError(
      "MEDIA_REFERENCE_TOO_LARGE",
      `The picture has ${size.width}x${size.height} pixels; at most ${MAX_PIXELS} can be decoded.`,
      { details: { ...size, maxPixels: MAX_PIXELS }, hint: "Use a smaller copy of the picture." },
    );
  }
  try {
    // A picture whose header holds no size is not given to a codec.
    if (size && type?.mime === "image/png") {
      return (await import("./png_decode.ts")).decodePng(bytes);
    }
    if (size && type?.mime === "image/jpeg") return await decodeJpeg(bytes);
    if (size && type?.mime === "image/webp") return await decodeWebp(bytes);
  } catch (cause) {
    throw unsupported(`The ${type?.extension} picture is damaged and cannot be decoded.`, cause);
  }
  throw unsupported(
    type
      ? `A file of type ${type.mime} cannot be decoded as a picture.`
      : "The file is not a picture of a known type.",
  );
}

/** Encodes a picture; JPEG loses transparency (over white). */
export async function encodeImage(
  image: RgbaImage,
  format: ImageFormat,
  options: EncodeImageOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === "png") return (await import("./png_encode.ts")).encodePng(image);
  const quality = options.quality ?? 92;
  const { startCodec } = await import("./wasm_codecs.ts");
  const encoded = format === "jpg"
    ? (await startCodec("jpegEncoder")).encode(
      flatten(image).data,
      image.width,
      image.height,
      { ...JPEG_OPTIONS, quality },
    )
    : (await startCodec("webpEncoder")).encode(
      image.data,
      image.width,
      image.height,
      { ...WEBP_OPTIONS, quality },
    );
  if (!encoded) throw new AppError("INTERNAL_ERROR", `The ${format} encoder gave nothing.`);
  // The codec's memory is shared by all its results: a copy lets it go.
  return new Uint8Array(encoded);
}

async function decodeJpeg(bytes: Uint8Array): Promise<RgbaImage> {
  const { startCodec } = await import("./wasm_codecs.ts");
  return checked((await startCodec("jpegDecoder")).decode(bytes, false));
}

async function decodeWebp(bytes: Uint8Array): Promise<RgbaImage> {
  const { startCodec } = await import("./wasm_codecs.ts");
  return checked((await startCodec("webpDecoder")).decode(bytes));
}

function checked(image: RgbaImage | null): RgbaImage {
  if (!image) throw new Error("the decoder gave nothing");
  return { width: image.width, height: image.height, data: image.data };
}

function unsupported(message: string, cause?: unknown): AppError {
  return new AppError("UNSUPPORTED_MEDIA_TYPE", message, {
    hint: "Use a PNG, JPEG or WebP picture.",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Over white, as viewers show transparency; the picture itself when it has none. */
function flatten(image: RgbaImage): RgbaImage {
  let copy: Uint8ClampedArray<ArrayBuffer> | undefined;
  for (let i = 3; i < image.data.length; i += 4) {
    const alpha = image.data[i] as number;
    if (alpha === 255) continue;
    copy ??= image.data.slice();
    for (let c = i - 3; c < i; c++) {
      copy[c] = 255 + ((image.data[c] as number) - 255) * alpha / 255;
    }
    copy[i] = 255;
  }
  return copy ? { ...image, data: copy } : image;
}
