/**
 * The one error type that reaches a person or an agent.
 *
 * Everything thrown on purpose is an `AppError` with a registered code; everything else is a
 * defect or comes from outside and is classified at the edge (`classify.ts`).
 */
import type { ErrorCode } from "./registry.ts";

/** What an error carries besides its code. */
export interface AppErrorOptions {
  /** Machine-readable facts: the flag, the value, the allowed range. JSON values only. */
  details?: Record<string, unknown>;
  /** The next step for the reader, as one or two sentences. */
  hint?: string;
  /** The error that led here; never shown, kept for `SOGNI_DEBUG`. */
  cause?: unknown;
}

/** Plain-data form of an {@link AppError}, for crossing a worker boundary. */
export interface AppErrorData {
  code: ErrorCode;
  message: string;
  details?: Record<string, unknown>;
  hint?: string;
}

/**
 * An error with a stable code.
 *
 * @example
 * ```ts
 * throw new AppError("INVALID_ARGUMENT", "--steps must be at least 1 (got 0).", {
 *   details: { flag: "--steps", value: 0, min: 1 },
 * });
 * ```
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.hint = options.hint;
  }

  /** Plain data that `fromData` turns back into the same error. */
  toData(): AppErrorData {
    return {
      code: this.code,
      message: this.message,
      ...(this.details ? { details: this.details } : {}),
      ...(this.hint ? { hint: this.hint } : {}),
    };
  }

  static fromData(data: AppErrorData): AppError {
    return new AppError(data.code, data.message, {
      ...(data.details ? { details: data.details } : {}),
      ...(data.hint ? { hint: data.hint } : {}),
    });
  }
}

/** Shorthand for the commonest error: a flag or value that cannot be used. */
export function invalidArgument(
  message: string,
  details?: Record<string, unknown>,
  hint?: string,
): AppError {
  return new AppError("INVALID_ARGUMENT", message, {
    ...(details ? { details } : {}),
    ...(hint ? { hint } : {}),
  });
}
