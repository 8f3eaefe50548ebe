/** Reading values that came from the service: nothing is trusted to have its type. */

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one when it is something else. */
export function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Whether a value is a JSON object and not a list. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a list; an empty one when it is something else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The first text under one of the keys. */
export function textAt(object: Json, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const text = asText(object[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The value of a key in the envelope's `data` when there is one, else at the top. */
export function fromEnvelope(body: unknown, key: string): unknown {
  const top = asObject(body);
  return isObject(top.data) ? top.data[key] : top[key];
}

/** A body as a value: empty counts as `{}`, text that is not JSON as `{message}`. */
export function parseBody(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
