/** Looks at the files of a new persona before they are copied. */
import { extname, resolve } from "node:path";
import { AppError } from "../errors/app_error.ts";
import { type MediaType, SNIFF_LENGTH, sniffMedia } from "../media/image/sniff.ts";
import type { Host } from "../platform/host.ts";
import type { MediaSource } from "../store/persona_files.ts";

/** What may be uploaded as a reference at most. */
const MAX_BYTES = 100 * 1024 * 1024;

/** Tells of a file that is taken although its content says nothing. */
type Warn = (text: string) => void;

/**
 * A photo: a local picture, by its content and not its name. Content of no known kind is taken with
 * a warning, content of another kind is not.
 *
 * @throws AppError MISSING_FILE, UNSUPPORTED_MEDIA_TYPE, MEDIA_REFERENCE_TOO_LARGE
 */
export function checkPhoto(host: Host, path: string, warn: Warn): Promise<MediaSource> {
  const isPhoto = ({ kind }: MediaType) => kind === "image";
  return check(
    host,
    { flag: "--ref", wanted: "a picture", usual: "jpg", accepts: isPhoto },
    path,
    warn,
  );
}

/** A voice clip: sound, or a container that phones and browsers record sound into. */
export function checkVoiceClip(host: Host, path: string, warn: Warn): Promise<MediaSource> {
  const isSound = ({ kind, mime }: MediaType) =>
    kind === "audio" || /webm|ogg|mp4|quicktime/.test(mime);
  const rules = { flag: "--voice-clip", wanted: "a sound file", usual: "webm", accepts: isSound };
  return check(host, rules, path, warn);
}

interface MediaRules {
  flag: string;
  /** In words. */
  wanted: string;
  /** Extension of a file whose name has none. */
  usual: string;
  accepts: (type: MediaType) => boolean;
}

async function check(
  { files, facts }: Host,
  { flag, wanted, usual, accepts }: MediaRules,
  typed: string,
  warn: Warn,
): Promise<MediaSource> {
  const path = resolve(facts.cwd, typed);
  const info = await files.stat(path);
  if (info?.kind !== "file") {
    throw new AppError("MISSING_FILE", `${flag}: there is no file "${typed}".`, {
      details: { flag, value: typed },
      hint: /^[a-z]+:\/\//i.test(typed)
        ? "Save it as a local file first; a persona keeps a copy of its own."
        : "Check the path.",
    });
  }
  if (info.size > MAX_BYTES) {
    throw new AppError("MEDIA_REFERENCE_TOO_LARGE", `${flag}: "${typed}" is larger than 100 MiB.`, {
      details: { flag, value: typed, bytes: info.size, maxBytes: MAX_BYTES },
      hint: "Give a smaller file.",
    });
  }
  const type = sniffMedia(await files.readRange(path, 0, SNIFF_LENGTH));
  if (!type) {
    warn(`${flag}: "${typed}" does not look like ${wanted}; it is kept as it is.`);
    const typedExtension = extname(path).slice(1).toLowerCase();
    const usable = /^[a-z0-9]{1,8}$/.test(typedExtension);
    return { path, extension: usable ? typedExtension : usual };
  }
  if (!accepts(type)) {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", `${flag}: "${typed}" is not ${wanted}.`, {
      details: { flag, value: typed, found: type.mime },
      hint: `Give ${wanted}; its content decides, not its name.`,
    });
  }
  return { path, extension: extensionOf(path, type) };
}

/** The typed extension where it fits the content, else that of the content. */
function extensionOf(path: string, { extension }: MediaType): string {
  const typed = extname(path).slice(1).toLowerCase();
  const fits = typed === extension || SPELLINGS[extension]?.includes(typed);
  return fits ? typed : extension;
}

const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  jpg: ["jpeg", "jpe"],
  tiff: ["tif"],
  heic: ["heif"],
  mp4: ["m4a", "m4v"],
  ogg: ["oga", "opus"],
  webm: ["weba"],
};
