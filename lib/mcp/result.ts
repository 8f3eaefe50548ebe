/** A command's outcome as a tool result: pictures, links, the same JSON as text and as structure. */
import { basename, extname, isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/server";
import { type CommandOutcome, isDelivered } from "./outcome.ts";
import { picturesOf, type PictureSource } from "./preview.ts";
import type { Run } from "./runs.ts";

/** Characters of text in one result. */
export const TEXT_LIMIT = 20_000;
/** Characters of the structured part; together with pictures below the 1 MB of clients. */
const STRUCTURE_LIMIT = 100_000;
/** Links of one result. */
const MAX_LINKS = 32;

/** What is done with a delivered result. */
export interface ResultOptions {
  /** Fields that the output schema has besides the command's own. */
  more?: Readonly<Record<string, unknown>>;
  /** Where its pictures come from; absent: none are shown. */
  pictures?: PictureSource | undefined;
  cwd: string;
}

/** The result of a command that has ended. */
export async function toolResult(
  outcome: CommandOutcome,
  { more = {}, pictures, cwd }: ResultOptions,
): Promise<CallToolResult> {
  if (!isDelivered(outcome)) return failureResult(outcome);
  const object = { ...outcome.object, ...more };
  const places = placesOf(object);
  const shown = pictures ? await picturesOf(picturePlaces(object), pictures) : undefined;
  const note = shown?.skipped
    ? `\n${shown.skipped} pictures are not shown here; the paths and links lead to them.`
    : "";
  return {
    content: [
      ...shown?.blocks ?? [],
      { type: "text", text: JSON.stringify(object).slice(0, TEXT_LIMIT) + note },
      ...places.slice(0, MAX_LINKS).map((place) => linkTo(place, cwd)),
    ],
    structuredContent: withinLimit(object),
  };
}

/** A failure, with all that the command said about it. */
export function failureResult({ code, stdout, stderr }: CommandOutcome): CallToolResult {
  const said = [stdout.trim(), stderr.trim()].filter(Boolean).join("\n");
  const text = said === "" ? `The command said nothing (exit code ${code}).` : said;
  return { isError: true, content: [{ type: "text", text: text.slice(-TEXT_LIMIT) }] };
}

/** What the model is told of a run that goes on. */
export function runningResult(run: Run): CallToolResult {
  const { id, tool, startedAt, progress } = run;
  const object = {
    success: true,
    status: "running",
    job: id,
    tool,
    elapsedSeconds: Math.round((Date.now() - startedAt) / 1000),
    ...(progress ? { percent: progress.percent, etaSeconds: progress.etaSeconds } : {}),
    next:
      `Call manage_jobs with action "wait" and job "${id}" for the result. Do not send the request again: it is paid for and goes on.`,
  };
  return {
    content: [{ type: "text", text: JSON.stringify(object) }],
    structuredContent: object,
  };
}

/** Files first, in order, then links. */
function placesOf(object: Readonly<Record<string, unknown>>): string[] {
  const { localPaths, outputPath, videoPath, urls } = object;
  return [...texts(localPaths), ...texts([outputPath, videoPath]), ...texts(urls)];
}

/** One place for each picture: the file where there is one. */
function picturePlaces(object: Readonly<Record<string, unknown>>): string[] {
  const { localPaths, outputPath, urls } = object;
  const files = [...texts(localPaths), ...texts([outputPath])];
  return files.length > 0 ? files : texts(urls);
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string" && item !== "")
    : [];
}

function linkTo(place: string, cwd: string): ContentBlock {
  const isUrl = /^https?:/.test(place);
  const url = isUrl
    ? new URL(place)
    : pathToFileURL(isAbsolute(place) ? place : resolve(cwd, place));
  const name = basename(url.pathname) || "result";
  const mimeType = MIME_TYPES[extname(name).toLowerCase()];
  return {
    type: "resource_link",
    uri: url.href,
    name: decodeURIComponent(name),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(isUrl ? { description: "Expires" } : {}),
  };
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".mp4": "video/mp4",
  ".mp3": "audio/mpeg",
  ".flac": "audio/flac",
  ".wav": "audio/wav",
};

/** The object, or what has to be known of one that is too large. */
function withinLimit(object: Record<string, unknown>): Record<string, unknown> {
  if (JSON.stringify(object).length <= STRUCTURE_LIMIT) return object;
  const small = Object.entries(object).map(([key, value]) => [
    key,
    Array.isArray(value) ? [] : typeof value === "string" ? value.slice(0, 1000) : value,
  ]);
  return { ...Object.fromEntries(small), truncated: true };
}
