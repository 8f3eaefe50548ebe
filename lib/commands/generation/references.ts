/** Loads the references of a plan: files and URLs become typed Blobs, sized and upright. */
import { AppError } from "../../errors/app_error.ts";
import { displaySize, imageSize } from "../../media/image/size.ts";
import type { MediaType } from "../../media/image/sniff.ts";
import { checkUrl, parseUrl } from "../../net/url_guard.ts";
import { isUrl } from "../../plan/needs.ts";
import type { MediaInput, Plan, PlannedProject } from "../../plan/types.ts";
import { httpTimeoutMs, maxReferenceBytes } from "../../service/hosted/settings.ts";
import type { LoadedMedia } from "../../service/types.ts";
import type { CommandContext } from "../context.ts";
import { emptyReference, isOnThisMachine, missingFile } from "./look_at_references.ts";
import { nameReferenceFlag } from "./reference_flag.ts";
import { referenceType } from "./reference_type.ts";
import type { Upload } from "./upload.ts";

const FETCH_TIMEOUT_MS = 10 * 60_000;

/** A plan whose references are at hand; sizes that hung on a picture are settled. */
export interface LoadedPlan {
  plan: Plan;
  /** By project, in the order of the plan. */
  media: LoadedMedia[][];
}

/**
 * Loads the references of every project. A reference that several projects use is loaded once.
 *
 * @param ownResult a result of the service, which may be fetched from this machine
 * @throws AppError MISSING_FILE, FETCH_FAILED, NETWORK_TIMEOUT, INVALID_URL, UNSUPPORTED_MEDIA_TYPE,
 * MEDIA_REFERENCE_TOO_LARGE, MEDIA_UPLOAD_FAILED and the errors of ffmpeg
 */
export async function loadReferences(
  context: CommandContext,
  given: Plan,
  upload: Upload,
  ownResult?: string,
): Promise<LoadedPlan> {
  const read = (source: string) => readReference(context, source, source === ownResult);
  const plan = await refit(context, given, read);
  const loaded = new Map<string, Promise<Blob | string>>();
  const load = (media: MediaInput): Promise<Blob | string> => {
    const key = JSON.stringify([media.source, media.transfer, media.prepare ?? null]);
    const known = loaded.get(key);
    if (known) return known;
    const work = loadOne(context, media, upload, read);
    // The first failure is the one that counts; the others end unheard.
    work.catch(() => {});
    loaded.set(key, work);
    return work;
  };
  const media = await Promise.all(
    plan.projects.map((project) =>
      Promise.all(project.media.map(async (input) => ({
        slot: input.slot,
        value: await load(input),
      })))
    ),
  );
  return { plan, media };
}

/** Reads the bytes of a reference. */
type Read = (source: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Sizes of clips that follow a picture which planning could not see (a URL). */
async function refit(context: CommandContext, plan: Plan, read: Read): Promise<Plan> {
  if (!plan.projects.some((project) => project.refit)) return plan;
  const { refitProject } = await import("../../plan/video/refit.ts");
  let adjusted: Record<string, unknown> = {};
  const projects: PlannedProject[] = [];
  for (const project of plan.projects) {
    const source = project.media.find(({ slot }) => slot === project.refit?.slot)?.source;
    const stored = source === undefined ? undefined : imageSize(await read(source));
    if (!stored) {
      projects.push(project);
      continue;
    }
    const fitted = refitProject(project, displaySize(stored));
    for (const { text } of fitted.notes) context.report.note(text);
    if (fitted.adjusted) adjusted = { adjustedVideoDims: fitted.adjusted };
    const { width, height } = fitted.project.params;
    projects.push(fitted.project);
    adjusted = { ...adjusted, effectiveWidth: width, effectiveHeight: height };
  }
  return {
    ...plan,
    projects,
    summary: { ...plan.summary, ...adjusted },
    context: { ...plan.context, ...adjusted },
  };
}

async function loadOne(
  context: CommandContext,
  media: MediaInput,
  upload: Upload,
  read: Read,
): Promise<Blob | string> {
  if (media.transfer === "forward") {
    // The service's vendor fetches it, so it has to be public.
    const checked = checkUrl(media.source, { protocols: ["https:"] });
    const { url } = await checked.catch((error: unknown) => {
      throw nameReferenceFlag(error, context.invocation.options, media.source);
    });
    return url.href;
  }
  const bytes = await read(media.source);
  const prepared = await prepareMedia(context, media, bytes);
  if (media.transfer === "upload") return await upload(media, prepared.bytes, prepared.mime);
  return new Blob([prepared.bytes], { type: prepared.mime });
}

/**
 * The bytes of a reference, capped.
 *
 * @param isOwn a result of the service: it may be on this machine where the service is
 */
export async function readReference(
  { host, invocation }: CommandContext,
  source: string,
  isOwn = false,
): Promise<Uint8Array<ArrayBuffer>> {
  const maxBytes = maxReferenceBytes(host.facts.env);
  try {
    const bytes = isUrl(source)
      ? await fetchReference(host, source, isOwn && isOnThisMachine(source))
      : await host.files.readBytes(source, maxBytes);
    if (bytes.length === 0) throw emptyReference(source);
    return bytes;
  } catch (error) {
    throw nameReferenceFlag(
      await readFailure(error, source, maxBytes),
      invocation.options,
      source,
    );
  }
}

async function fetchReference(
  host: CommandContext["host"],
  source: string,
  allowLoopback: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!allowLoopback) parseUrl(source, ["https:"]);
  const { bytes } = await host.download(source, {
    maxBytes: maxReferenceBytes(host.facts.env),
    idleTimeoutMs: httpTimeoutMs(host.facts.env),
    timeoutMs: FETCH_TIMEOUT_MS,
    ...(allowLoopback ? { allowLoopback } : {}),
  });
  return bytes ?? new Uint8Array();
}

async function readFailure(error: unknown, source: string, maxBytes: number): Promise<unknown> {
  if (error instanceof AppError) return error;
  const { code, status, details } = error as {
    code?: string;
    status?: number;
    details?: Record<string, unknown>;
  };
  const message = error instanceof Error ? error.message : String(error);
  if (code === "EFBIG") {
    return new AppError("MEDIA_REFERENCE_TOO_LARGE", `The reference ${source} is too large.`, {
      details: { source, maxBytes },
      hint: "Use a smaller file, or raise SOGNI_API_MEDIA_REFERENCE_MAX_BYTES.",
      cause: error,
    });
  }
  if (code === "EBADURL" || code === "INVALID_URL") {
    return new AppError("INVALID_URL", message, { details: { ...details }, cause: error });
  }
  if (code === "ETIMEDOUT") {
    return new AppError("NETWORK_TIMEOUT", `The reference could not be fetched: ${message}`, {
      details: { url: source },
      hint: "Try again, or allow more time with SOGNI_HTTP_TIMEOUT_MS (milliseconds).",
      cause: error,
    });
  }
  if (isUrl(source)) {
    // Named here: the answer itself carries no words over HTTP/2.
    const { STATUS_CODES } = await import("node:http");
    const answer = status === undefined ? {} : { status, statusText: STATUS_CODES[status] ?? "" };
    return new AppError("FETCH_FAILED", `The reference could not be fetched: ${message}`, {
      details: { url: source, ...answer },
      hint: "Check the URL in a browser, or download the file and give its path.",
      cause: error,
    });
  }
  const what = code === "ENOENT" ? "does not exist" : `cannot be read (${code ?? message})`;
  return missingFile(source, what, error);
}

async function prepareMedia(
  context: CommandContext,
  media: MediaInput,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  const { slot } = media;
  const type = referenceType(media, bytes);
  const prepare = media.prepare ?? soundPreparation(media, type);
  if (prepare && prepare.kind !== "fit" && prepare.kind !== "cover") {
    const { prepareFilmReference } = await import("./film_references.ts");
    return await prepareFilmReference(context.host, {
      prepare,
      bytes,
      type,
      source: media.source,
    });
  }
  if (!type.recognised) {
    context.report.warn(`${media.source} does not look like ${type.mime}; it is sent as it is.`);
  }
  if (type.kind !== "image" || !type.recognised) return { bytes, mime: type.mime };
  const { prepareReference } = await import("../../media/image/prepare.ts");
  const box = prepare ?? { kind: "none" as const };
  const prepared = await prepareReference(bytes, box);
  if (prepared.changed) {
    context.report.note(`Prepared ${slot}: ${prepared.width}x${prepared.height}`);
  }
  return { bytes: new Uint8Array(prepared.bytes), mime: prepared.mime };
}

/** MP3 is converted also where only its bytes show what it is: models do not take it. */
function soundPreparation({ slot }: MediaInput, type: MediaType): MediaInput["prepare"] {
  return slot === "referenceAudio" && type.extension === "mp3" ? { kind: "audio-m4a" } : undefined;
}
