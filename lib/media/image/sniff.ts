/** What kind of media a file is, by its first bytes; names and headers are not believed. */

import { latin1 } from "./bytes.ts";

/** A recognised type. */
export interface MediaType {
  readonly mime: string;
  /** Without the dot, as results are named. */
  readonly extension: string;
  readonly kind: "image" | "video" | "audio";
}

/** How many bytes {@link sniffMedia} looks at. */
export const SNIFF_LENGTH = 64;

/**
 * The type of a file.
 *
 * @param head at least the first {@link SNIFF_LENGTH} bytes, or the whole of a shorter file
 * @returns `undefined` when no type is recognised
 */
export function sniffMedia(head: Uint8Array): MediaType | undefined {
  const text = latin1(head.subarray(0, SNIFF_LENGTH));
  for (const [pattern, type] of SIGNATURES) {
    if (pattern.test(text)) return type;
  }
  if (text.startsWith("\x1aE\xdf\xa3")) return text.includes("webm") ? WEBM : MATROSKA;
  if (text.slice(4, 8) === "ftyp") return sniffBaseMedia(text);
  if (text.startsWith("OggS")) return /OpusHead|vorbis|Speex|FLAC/.test(text) ? OGG : OGV;
  return isMpegAudio(head) ? MP3 : undefined;
}

const image = (mime: string, extension: string): MediaType => ({ mime, extension, kind: "image" });
const video = (mime: string, extension: string): MediaType => ({ mime, extension, kind: "video" });
const audio = (mime: string, extension: string): MediaType => ({ mime, extension, kind: "audio" });

const MP3 = audio("audio/mpeg", "mp3");
const OGG = audio("audio/ogg", "ogg");
const OGV = video("video/ogg", "ogv");
const WEBM = video("video/webm", "webm");
const MATROSKA = video("video/x-matroska", "mkv");

/** Signatures at the start of the file, one character for one byte. */
const SIGNATURES: readonly (readonly [RegExp, MediaType])[] = [
  [/^\x89PNG\r\n[^]\n/, image("image/png", "png")],
  [/^\xff\xd8\xff/, image("image/jpeg", "jpg")],
  [/^RIFF[^]{4}WEBP/, image("image/webp", "webp")],
  [/^GIF8[79]a/, image("image/gif", "gif")],
  [/^BM[^]{4}\0{4}[^]{5}\0\0\0/, image("image/bmp", "bmp")],
  [/^(II\x2a\0|MM\0\x2a)/, image("image/tiff", "tiff")],
  [/^RIFF[^]{4}WAVE/, audio("audio/wav", "wav")],
  [/^RIFF[^]{4}AVI /, video("video/x-msvideo", "avi")],
  [/^fLaC/, audio("audio/flac", "flac")],
  [/^ID3/, MP3],
];

/** Brands of the ISO base media format, the major one first, then the compatible ones. */
const BRANDS: readonly (readonly [RegExp, MediaType])[] = [
  [/^(avif|avis)/, image("image/avif", "avif")],
  [/^(heic|heix|hevc|hevx|heim|heis)/, image("image/heic", "heic")],
  [/^(mif1|msf1)/, image("image/heif", "heif")],
  [/^(M4A |M4B |M4P )/, audio("audio/mp4", "m4a")],
  [/^qt {2}/, video("video/quicktime", "mov")],
];

const MP4 = video("video/mp4", "mp4");

function sniffBaseMedia(text: string): MediaType {
  const major = text.slice(8, 12);
  const listed = text.slice(16);
  // `mif1` is a structure, not a codec: the compatible brands say whether it is AVIF or HEIC.
  if (/^(mif1|msf1)/.test(major)) {
    if (/avi[fs]/.test(listed)) return image("image/avif", "avif");
    if (/hei[cxms]/.test(listed)) return image("image/heic", "heic");
  }
  return BRANDS.find(([pattern]) => pattern.test(major))?.[1] ?? MP4;
}

/** A frame header of MPEG audio layer III (or II): sync, known version, bit rate and sample rate. */
function isMpegAudio(head: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0] = head;
  if (a !== 0xff || (b & 0xe0) !== 0xe0) return false;
  const version = b >> 3 & 3, layer = b >> 1 & 3;
  const bitRate = c >> 4, sampleRate = c >> 2 & 3;
  return version !== 1 && (layer === 1 || layer === 2) && bitRate !== 0 && bitRate !== 15 &&
    sampleRate !== 3;
}
