/** What commands about local files and state print. */
import {
  about,
  type Fields,
  flag,
  just,
  list,
  object,
  oneOf,
  orNull,
  type Schema,
  text,
  time,
  whole,
} from "./shape.ts";

/** `--concat-videos`, `--remix-audio`, `--extract-first-frame`, `--extract-last-frame`. */
export const FILM: Schema = object({
  success: just(true),
  type: oneOf("concat-videos", "remix-audio", "extract-first-frame", "extract-last-frame"),
  outputPath: about("The file that was written", text),
  "clipCount?": whole,
  "copiedClips?": about("Joined without encoding", whole),
  "encodedClips?": about("Encoded, because they differ from the others", whole),
  timestamp: time,
});

/** Milliseconds since 1970. */
const STAMPS: Fields = { createdAt: whole, updatedAt: whole };

/** `--memory-list`. */
export const MEMORIES: Schema = object({
  success: just(true),
  type: just("memory-list"),
  memories: list(object({ id: text, key: text, value: text, category: text, ...STAMPS })),
  timestamp: time,
});

/** `--persona-list`. */
export const PERSONAS: Schema = object({
  success: just(true),
  type: just("persona-list"),
  personas: list(object({
    id: text,
    name: text,
    slug: text,
    relationship: text,
    description: text,
    tags: list(text),
    voice: orNull(text),
    photoPath: orNull(text),
    voiceClipPath: orNull(text),
    ...STAMPS,
  })),
  timestamp: time,
});

/** `doctor`. */
export const REPORT: Schema = object({
  success: about("The same as healthy", flag),
  type: just("doctor"),
  healthy: flag,
  checks: list(object({
    id: text,
    status: oneOf("pass", "warn", "fail", "skip"),
    detail: text,
  })),
  version: text,
  timestamp: time,
});
