/** Failures of the vendor models Seedance and HappyHorse, which the service hands on as text. */
import { AppError } from "../errors/app_error.ts";
import type { Classified } from "../errors/classify.ts";

/** A vendor failure as reports show it. */
export interface VendorFailure extends Omit<Classified, "code"> {
  /** The vendor's payload. */
  metadata: Record<string, unknown>;
  /** The vendor's text. */
  technicalError: string;
  /** What else is known: job ids and the like. */
  details: Record<string, unknown> | undefined;
}

const REFUSAL =
  /polic(?:y|ies)|moderat|sensitive|copyright|nsfw|safety|refus|prohibited|real (?:person|people)|privacy/i;
const PARAMETERS = /invalid|parameter|must be|not supported|unsupported|malformed|out of range/i;

/**
 * What a failed vendor project is, or `undefined` when the error is not one.
 *
 * @param model model of the failed job, from the failure's context
 */
export function vendorFailure(error: unknown, model: unknown): VendorFailure | undefined {
  if (!(error instanceof AppError) || !isVendorModel(model)) return undefined;
  if (error.code !== "PROJECT_FAILED" && error.code !== "CONTENT_FILTERED") return undefined;
  const { metadata, technicalError, ...details } = error.details ?? {};
  const text = typeof technicalError === "string" ? technicalError : error.message;
  return {
    ...kindOf(error.code === "CONTENT_FILTERED" || REFUSAL.test(text), PARAMETERS.test(text)),
    metadata: isRecord(metadata) ? metadata : { model, message: text },
    technicalError: text,
    details: Object.keys(details).length > 0 ? details : undefined,
  };
}

function kindOf(refused: boolean, invalid: boolean): Omit<Classified, "code"> {
  if (refused) {
    return { type: "SAFETY_REJECTED", category: "content_refused", retryable: false };
  }
  return invalid
    ? { type: "PARAMETER_INVALID", category: "schema_validation", retryable: false }
    : { type: "GPU_WORKER_FAILED", category: "transient_failure", retryable: true };
}

function isVendorModel(model: unknown): boolean {
  return typeof model === "string" && /^(?:seedance|happyhorse)/i.test(model);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
