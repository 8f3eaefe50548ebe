/** Everything that can be wrong with a reference, found before the first request. */
import { AppError } from "../../errors/app_error.ts";
import type { Resolve } from "../../net/resolver.ts";
import { checkUrl } from "../../net/url_guard.ts";
import type { HostFiles } from "../../platform/host.ts";
import { decodeDataUri } from "./data_uri.ts";
import type { Reference } from "./references.ts";

/** What the references are for. */
export type ReferencePurpose = "chat" | "durable" | "workflow";

/** What checking needs. */
export interface CheckOptions {
  readonly purpose: ReferencePurpose;
  readonly files: Pick<HostFiles, "stat">;
  readonly maxBytes: number;
  readonly resolve?: Resolve;
}

/** @throws AppError for the first reference, in list order, that cannot be used */
export async function checkReferences(
  references: readonly Reference[],
  options: CheckOptions,
): Promise<void> {
  for (const reference of references) {
    if (reference.form === "local") await checkFile(reference, options);
    else if (reference.form === "inline") checkInline(reference, options);
    else await checkRemote(reference, options);
    if (options.purpose !== "workflow" && reference.kind === "image") checkVision(reference);
  }
}

async function checkFile({ flag, value }: Reference, { files, maxBytes }: CheckOptions) {
  // deno-lint-ignore no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(value)) {
    throw new AppError("INVALID_PATH", `${flag} holds control characters.`, { details: { flag } });
  }
  const info = await files.stat(value);
  if (!info) {
    throw new AppError("MEDIA_REFERENCE_NOT_FOUND", `${flag}: there is no file "${value}".`, {
      details: { flag, path: value },
      hint: "Check the path, or give an https URL.",
    });
  }
  if (info.kind !== "file") {
    throw new AppError("INVALID_MEDIA_REFERENCE", `${flag}: "${value}" is not a file.`, {
      details: { flag, path: value },
    });
  }
  if (info.size > maxBytes) throw tooLarge(flag, info.size, maxBytes);
}

function checkInline({ flag, value, position }: Reference, { purpose, maxBytes }: CheckOptions) {
  if (purpose === "durable") {
    const path = `media_references[${position}].dataUri`;
    throw new AppError(
      "INVALID_MEDIA_REFERENCE",
      `${flag}: inline media (${path}) cannot be part of a durable run.`,
      { details: { flag, path }, hint: "Give a file or an https URL." },
    );
  }
  const bytes = decodeDataUri(value, flag);
  if (bytes.length > maxBytes) throw tooLarge(flag, bytes.length, maxBytes);
}

async function checkRemote({ flag, value }: Reference, { resolve }: CheckOptions) {
  try {
    await checkUrl(value, { protocols: ["https:"], ...(resolve ? { resolve } : {}) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${flag}: ${error.message}`, {
      details: { flag, ...error.details },
      hint: "References must be public https URLs; give a local file instead.",
      cause: error,
    });
  }
}

function checkVision({ flag, mimeType, label }: Reference) {
  if (mimeType === "image/jpeg" || mimeType === "image/jpg" || mimeType === "image/png") return;
  throw new AppError(
    "UNSUPPORTED_MEDIA_TYPE",
    `${flag}: the assistant can look at JPEG and PNG pictures, not at "${label}".`,
    {
      details: { flag, mimeType, allowed: ["image/jpeg", "image/png"] },
      hint: "Convert it first.",
    },
  );
}

function tooLarge(flag: string, bytes: number, maxBytes: number): AppError {
  return new AppError(
    "MEDIA_REFERENCE_TOO_LARGE",
    `${flag}: ${bytes} bytes are more than the limit of ${maxBytes}.`,
    {
      details: { flag, bytes, maxBytes },
      hint: "Make the file smaller, or raise SOGNI_API_MEDIA_REFERENCE_MAX_BYTES.",
    },
  );
}
