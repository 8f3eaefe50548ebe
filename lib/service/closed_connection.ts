/** Why the service ended a connection for good, told by its close code. */
import { AppError } from "../errors/app_error.ts";
import type { ErrorCode } from "../errors/registry.ts";

/** How a socket was closed. */
export interface SocketClose {
  code?: number;
  /** The service's own words. */
  reason?: string;
}

interface Meaning {
  code: ErrorCode;
  message: string;
  hint: string;
}

/** Close codes with a meaning of their own; the others from 4000 only say that it is over. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  4010: {
    code: "CONNECTION_FAILED",
    message: "The service blocks this application id",
    hint: "Set SOGNI_APP_ID to another id.",
  },
  4015: {
    code: "CONNECTION_FAILED",
    message: "Another connection took over this application id",
    hint: "Leave SOGNI_APP_ID unset, so that each process has an id of its own; then try again.",
  },
  4021: {
    code: "INVALID_API_KEY",
    message: "The service refused the API key",
    hint: "Create a key at https://dashboard.sogni.ai (account menu), then run: sogni-agent login",
  },
  4061: {
    code: "APP_ID_POOL_EXHAUSTED",
    message: "The account has used too many application ids",
    hint: "Use one id again: set SOGNI_APP_ID to one that was used before.",
  },
};

const UNKNOWN: Meaning = {
  code: "CONNECTION_FAILED",
  message: "The service closed the connection",
  hint: "Check the connection, then try again.",
};

/** The error of a connection that will not come back. */
export function closedConnection({ code, reason }: SocketClose): AppError {
  const meaning = (code === undefined ? undefined : MEANINGS[code]) ?? UNKNOWN;
  // Not behind a colon: what follows "API key:" is taken out as a key.
  const words = reason?.trim() ? ` (${reason.trim()})` : "";
  return new AppError(meaning.code, `${meaning.message}${words}.`, {
    details: code === undefined ? {} : { serviceCode: code },
    hint: meaning.hint,
  });
}

/**
 * The same for a project that had been sent: it may go on without us.
 *
 * @returns an error whose details hold `connectionLost`
 */
export function lostSight(closed: AppError, projectId: string): AppError {
  return new AppError(closed.code, closed.message, {
    details: { projectId, ...closed.details, connectionLost: true },
    ...(closed.hint === undefined ? {} : { hint: closed.hint }),
    cause: closed,
  });
}
