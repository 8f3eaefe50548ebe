/** The failure object, and the codes that it can carry. */
import { ERRORS } from "../../errors/registry.ts";
import {
  about,
  type Fields,
  flag,
  just,
  object,
  orNull,
  type Schema,
  text,
  time,
} from "./shape.ts";

const PURCHASE: Fields = {
  "purchaseAction?": just(true),
  "purchaseLabel?": text,
  "purchaseUrl?": text,
  "purchaseReason?": text,
};

/** Printed on stdout instead of a result, by every command in JSON mode. */
export const FAILURE: Schema = object({
  success: just(false),
  error: text,
  errorType: text,
  errorCategory: text,
  retryable: about("Whether the same command may succeed later without a change", flag),
  prompt: orNull(text),
  "errorCode?": about("See: sogni-agent schema error-codes. Absent: told by words alone", text),
  "errorDetails?": { type: "object" },
  "technicalError?": text,
  "hint?": about("The next step", text),
  ...PURCHASE,
  timestamp: time,
  node: about("Runtime and version", text),
  cwd: text,
  "context?": { type: "object" },
});

/** Every registered code with its type, category and whether to try again. */
export const ERROR_CODES: Schema = {
  oneOf: Object.entries(ERRORS).map(([key, entry]) => ({
    const: "publicCode" in entry ? entry.publicCode : key,
    description: entry.doc,
    "x-type": entry.type,
    "x-category": entry.category,
    "x-retryable": entry.retryable,
  })),
};
