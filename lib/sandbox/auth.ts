/** Checks the API key of a request, on REST and at the socket's upgrade. */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { SandboxContext } from "./context.ts";

/**
 * Whether the request carries the sandbox's key: in `api-key`, or as a bearer token, which the
 * hosted routes accept too.
 */
export function checkKey(
  context: SandboxContext,
  headers: Readonly<Record<string, string>>,
  path: string,
): boolean {
  if (context.faults.strike("rejectKey", { path })) return false;
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  const given = Buffer.from(headers["api-key"] || bearer || "");
  const expected = Buffer.from(context.apiKey);
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}
