/**
 * What kind of failure an error is. Registered codes decide; an error from outside is known by its
 * own code or HTTP status, and by the words of its message only when it has neither.
 */
import { AppError } from "./app_error.ts";
import { ERROR_KINDS, type ErrorKind } from "./kinds.ts";
import { type ErrorCode, errorEntry, ERRORS } from "./registry.ts";

/** An error as reports show it. */
export interface Classified {
  /** `errorCode` in JSON; absent when nothing is known. */
  code?: string;
  type: string;
  category: string;
  retryable: boolean;
}

/** Codes that only say that the service failed: its own code or words tell more. */
const GENERAL_CODES: ReadonlySet<string> = new Set(["PROJECT_FAILED", "API_REQUEST_FAILED"]);

/** Codes in whose place reports show the one that the service named. */
const STAND_INS: ReadonlySet<string> = new Set(["DURABLE_CHAT_RUN_FAILED"]);

/** JavaScript's own errors are defects, whatever their message says, unless the network failed. */
const DEFECTS = [TypeError, RangeError, ReferenceError, SyntaxError];

/** The kind of anything that was thrown. */
export function classify(error: unknown): Classified {
  return error instanceof AppError ? classifyOwn(error) : classifyOutside(error);
}

/** The message of anything that was thrown; never empty. */
export function messageOf(error: unknown): string {
  const message = typeof error === "string" ? error : field(error, "message");
  return typeof message === "string" && message.trim() !== "" ? message.trim() : "Unknown error.";
}

function classifyOwn(error: AppError): Classified {
  const { type, category, retryable, publicCode } = errorEntry(error.code);
  const named = STAND_INS.has(error.code) ? error.details?.serviceCode : undefined;
  const code = typeof named === "string" ? named : publicCode ?? error.code;
  const known = GENERAL_CODES.has(error.code) ? exactKind(error) : kindOfCodes([named]);
  return known ? { code, ...facts(known) } : { code, type, category, retryable };
}

function exactKind({ message, details = {} }: AppError): ErrorKind | undefined {
  const codes = [details.serviceCode, details.serviceWord, details.status];
  const byCode = kindOfCodes(codes);
  if (byCode) return byCode;
  return ERROR_KINDS.find((kind) => kind.words?.test(message));
}

function classifyOutside(error: unknown): Classified {
  const codes = ["code", "errorCode", "status", "name"].map((name) => field(error, name));
  const payload = field(error, "payload");
  codes.unshift(field(payload, "errorCode"));
  const registered = codes.find(isErrorCode);
  if (registered !== undefined) return classifyOwn(new AppError(registered, messageOf(error)));
  const byCode = kindOfCodes(codes);
  if (byCode) return withCode(byCode, codes);
  const message = messageOf(error);
  const defect = DEFECTS.some((type) => error instanceof type);
  const byWords = ERROR_KINDS.find((kind) =>
    kind.words?.test(message) && (!defect || kind.code === "CONNECTION_FAILED")
  );
  if (byWords) return withCode(byWords, codes);
  return withCode(error instanceof Error ? INTERNAL : UNKNOWN, codes);
}

function kindOfCodes(codes: readonly unknown[]): ErrorKind | undefined {
  for (const code of codes) {
    const kind = ERROR_KINDS.find(({ codes }) => codes.includes(String(code)));
    if (code !== undefined && kind) return kind;
  }
  return undefined;
}

/** Our code for the kind; failing that the service's own number. */
function withCode(kind: ErrorKind, codes: readonly unknown[]): Classified {
  const special = codes.map((code) => kind.codeOf?.[String(code)]);
  const code = special.find((known) => known !== undefined) ?? kind.code ??
    codes.find((value) => /^\d+$/.test(String(value)));
  const publicCode = isErrorCode(code) ? errorEntry(code).publicCode : undefined;
  return { ...(code === undefined ? {} : { code: publicCode ?? String(code) }), ...facts(kind) };
}

function facts({ type, category, retryable }: ErrorKind): Omit<Classified, "code"> {
  return { type, category, retryable };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERRORS, value);
}

const UNKNOWN: ErrorKind = {
  type: "UNKNOWN_ERROR",
  category: "permanent_failure",
  retryable: false,
  codes: [],
};
const INTERNAL: ErrorKind = { ...UNKNOWN, code: "INTERNAL_ERROR" };
