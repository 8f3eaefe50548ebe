/** Takes secrets out of failures: text and details that people, agents and logs may see. */
import { removeLiterals } from "./literals.ts";
import { redactPayload, redactSecrets } from "./redact_payload.ts";

/**
 * `text` without keys, tokens and signatures.
 *
 * @param secrets values to remove wherever they stand, such as the API key in use
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  return redactSecrets(removeLiterals(text, secrets));
}

/** A copy of a failure's details without secrets; every URL in it loses its query. */
export function redactDetails(value: unknown, secrets: readonly string[] = []): unknown {
  return mapStrings(
    redactPayload(value),
    (text) => removeLiterals(stripUrlQueries(text), secrets),
  );
}

/** `text` with the query and fragment of each http(s) URL cut off. */
export function stripUrlQueries(text: string): string {
  return text.replace(/\bhttps?:\/\/[^\s"'<>]+/gi, (url) => url.replace(/[?#].*$/s, ""));
}

/** @param value a tree, as `redactPayload` returns it */
function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]),
  );
}
