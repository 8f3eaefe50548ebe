/** A result that is made and paid for, but whose address the service does not tell. */
import { AppError } from "../errors/app_error.ts";
import { mapServiceError } from "./error_map.ts";

/** HTTP statuses of what is not there and will not come back. */
const GONE: readonly unknown[] = [404, 410];

/**
 * The error of such a result: `DOWNLOAD_FAILED`, because it can be had later, unless the service
 * says that it has the result no more.
 *
 * @param facts added to the details (project id, output index)
 */
export function withoutAddress(failure: unknown, facts: Record<string, unknown>): AppError {
  const { message, details } = mapServiceError(failure, "DOWNLOAD_FAILED", facts);
  if (GONE.includes(details?.serviceCode)) {
    return new AppError("NO_OUTPUT", `The service has this result no more: ${message}`, {
      details: { ...facts, ...details },
      cause: failure,
    });
  }
  return new AppError(
    "DOWNLOAD_FAILED",
    `The result is done, but the service does not tell its address: ${message}`,
    {
      details: { ...facts, ...details },
      hint: "The render is paid for. See it with: sogni-agent jobs",
      cause: failure,
    },
  );
}
