/** Which media the command line attaches to a hosted call, in the order that defines their ids. */
import { basename, extname } from "node:path";
import type { Options } from "../../cli/flags/table.ts";

/** What a reference is. */
export type ReferenceKind = "image" | "audio" | "video";

/** One attached medium, before anything was read. */
export interface Reference {
  /** `media_ref_1`, `media_ref_2`, … over the whole list. */
  readonly id: string;
  /** 0-based place in the list. */
  readonly position: number;
  readonly flag: string;
  readonly kind: ReferenceKind;
  /** Path, URL or `data:` text as typed. */
  readonly value: string;
  readonly form: "local" | "remote" | "inline";
  /** MIME type by the name or by the `data:` header. */
  readonly mimeType: string;
  /** What people and the model see. */
  readonly label: string;
}

/** Files of a persona that join the list. */
export interface PersonaMedia {
  readonly photoPath?: string;
  readonly voiceClipPath?: string;
}

/** Collects the references of a command line. */
export function collectReferences(
  options: Options,
  personas: readonly PersonaMedia[] = [],
): Reference[] {
  const photos = personas.map(({ photoPath }) => photoPath);
  const voice = options.referenceAudioIdentity ??
    personas.find(({ voiceClipPath }) => voiceClipPath !== undefined)?.voiceClipPath;
  const rows: [ReferenceKind, string, readonly (string | undefined)[]][] = [
    ["image", "--context", [...options.context ?? [], ...photos]],
    ["image", "--ref", [options.ref]],
    ["image", "--ref-end", [options.refEnd]],
    ["audio", "--ref-audio", options.refAudio ?? []],
    ["audio", "--reference-audio-identity", [voice]],
    ["video", "--ref-video", options.refVideo ?? []],
    ["image", "--mask", [options.mask]],
  ];
  return rows
    .flatMap(([kind, flag, values]) => values.map((value) => ({ kind, flag, value })))
    .flatMap(({ kind, flag, value }) => value === undefined ? [] : [{ kind, flag, value }])
    .map((part, position) => describe(part, position));
}

/** MIME type by file extension; a query or fragment behind it is ignored. */
export function mimeTypeByName(name: string, kind: ReferenceKind): string {
  const extension = extname(name.replace(/[?#].*$/s, "")).slice(1).toLowerCase();
  if (extension === "webm") return kind === "audio" ? "audio/webm" : "video/webm";
  return MIME_TYPES[extension] ?? `${kind}/unknown`;
}

/** Extension for a MIME type, without the dot; `jpg` for other images, else the kind's name. */
export function extensionByMimeType(mimeType: string, kind: ReferenceKind): string {
  const found = INLINE_EXTENSIONS[mimeType.toLowerCase()];
  return found ?? (kind === "image" ? "jpg" : kind);
}

/** Type under which storage keeps a reference. */
export function storageType({ kind, flag, position }: Reference): string {
  if (kind === "audio") return "referenceAudio";
  if (kind === "video") return "referenceVideo";
  if (flag === "--ref-end") return "referenceImageEnd";
  if (flag === "--context" || flag === "--mask") return `contextImage${Math.min(position + 1, 16)}`;
  return "referenceImage";
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  m4a: "audio/mp4",
  ogg: "audio/ogg",
  flac: "audio/flac",
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
};

const INLINE_EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/jpg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "audio/mpeg": "mp3",
  "audio/mp3": "mp3",
  "audio/mp4": "m4a",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "video/quicktime": "mov",
  "video/mp4": "mp4",
};

function describe(
  { kind, flag, value }: { kind: ReferenceKind; flag: string; value: string },
  position: number,
): Reference {
  const id = `media_ref_${position + 1}`;
  const common = { id, position, flag, kind, value };
  if (/^https?:\/\//i.test(value)) {
    return { ...common, form: "remote", mimeType: mimeTypeByName(value, kind), label: value };
  }
  if (/^data:/i.test(value)) {
    const mimeType = /^data:([^;,]*)/i.exec(value)?.[1]?.toLowerCase() || `${kind}/unknown`;
    return { ...common, form: "inline", mimeType, label: `inline-${id}` };
  }
  return {
    ...common,
    form: "local",
    mimeType: mimeTypeByName(value, kind),
    label: basename(value),
  };
}
