/** Removes secrets from JSON values that go out: replay records, error details, service payloads. */
import { REDACTED } from "./literals.ts";

const MAX_DEPTH = 32;

/**
 * A copy of a value without secrets. The input is not changed; redacting twice equals once.
 * Too deep, circular or non-JSON parts become the placeholder.
 */
export function redactPayload(value: unknown): unknown {
  return redactValue(value, []);
}

/** The same for a replay record, which is marked `redacted: true`; summaries are not marked. */
export function redactReplay(value: unknown): unknown {
  const redacted = redactPayload(value);
  return isReplayRecord(value) && typeof redacted === "object"
    ? { ...redacted, redacted: true }
    : redacted;
}

/** Removes what looks like a secret from running text. */
export function redactSecrets(text: string): string {
  let result = text;
  for (const [pattern, replacement] of TEXT_RULES) result = result.replace(pattern, replacement);
  return result;
}

/** True when the value of a key of this name is always a secret. */
export function isSecretKey(key: string): boolean {
  const name = key.toLowerCase();
  return SECRET_NAMES.has(name) || SECRET_ENDING.test(name) || name.endsWith("sessionid") ||
    /^x-(?:amz|goog)-(?:signature|credential|security-token)$/.test(name);
}

const SECRET_NAMES = new Set([
  "token",
  "cookie",
  "set-cookie",
  "pem",
  "x-api-key",
  "credential",
  "credentials",
  "signature",
  "sig",
  "key-pair-id",
]);
const SECRET_ENDING =
  /(?:api[_-]?key|(?:access|id|refresh|bearer)[_-]?token|authorization|password|secret|private[_-]?key|signing[_-]?key|wallet[_-]?auth)$/;

const SIGNED_PARAMETER = "X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)|Signature|sig|" +
  "Policy|Key-Pair-Id|api[_-]?key|(?:access[_-]?)?token";
const VALUE = `(\\[REDACTED\\]|\\\\?"[^"\\\\]*\\\\?"|'[^']*'|[^\\s"',;&}\\]\\\\]+)`;
// "the API key is invalid" tells of a key and shows none.
const NOT_A_VALUE =
  "(?!(?:not|no|an?|the|in|invalid|missing|required|expired|wrong|revoked|incorrect|unknown|disabled|empty|unset|set)\\b)";

// Prefixes are bounded and repetitions begin at a character that ends the one before, so that
// long malformed text costs linear time.
const TEXT_RULES: readonly (readonly [RegExp, (...groups: string[]) => string])[] = [
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g,
    () => REDACTED,
  ],
  [
    /(authorization\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(?:bearer|basic)\s{1,3})[^\s"',;\\]+/gi,
    keepLabel,
  ],
  [/\b(bearer\s{1,3})[A-Za-z0-9._~+/=-]{20,}/gi, keepLabel],
  [new RegExp(`([?&](?:${SIGNED_PARAMETER})=)[^&#\\s"'<>\\\\]+`, "gi"), keepLabel],
  [/(?<![A-Za-z0-9_-])sk-[A-Za-z0-9_-]{20,}/g, () => REDACTED],
  [
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{7,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
    () => REDACTED,
  ],
  [
    new RegExp(
      `((?:api[ _-]?key|password|passwd|secret|access[_-]?token|refresh[_-]?token)\\\\?["']?` +
        `(?:\\s{0,3}[:=]\\s{0,3}|\\s{1,3}is\\s{1,3}${NOT_A_VALUE}))${VALUE}`,
      "gi",
    ),
    (_all, label = "", value = "") => `${label}${insideQuotes(value)}`,
  ],
];

function keepLabel(_all: string, label = ""): string {
  return `${label}${REDACTED}`;
}

function insideQuotes(value: string): string {
  const quote = /^\\?["']/.exec(value)?.[0] ?? "";
  return `${quote}${REDACTED}${quote}`;
}

function redactValue(value: unknown, ancestors: readonly object[]): unknown {
  if (typeof value === "string") return redactSecrets(value);
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (value === undefined) return undefined;
  if (typeof value !== "object") return REDACTED;
  if (ancestors.length >= MAX_DEPTH || ancestors.includes(value)) return REDACTED;
  const path = [...ancestors, value];
  if (Array.isArray(value)) return value.map((item) => redactValue(item, path));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSecretKey(key) ? REDACTED : redactValue(item, path),
    ]),
  );
}

function isReplayRecord(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { rounds, run_id: runId } = value as { rounds?: unknown; run_id?: unknown };
  return Array.isArray(rounds) && typeof runId === "string";
}
