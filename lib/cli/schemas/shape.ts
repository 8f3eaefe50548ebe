/** Small words for writing JSON Schema (draft 2020-12) as data. */

/** A JSON Schema. */
export type Schema = { readonly [key: string]: unknown };

/** Properties by name; a name that ends in `?` may be absent. */
export type Fields = Readonly<Record<string, Schema>>;

export const text: Schema = { type: "string" };
export const whole: Schema = { type: "integer" };
export const number: Schema = { type: "number" };
export const flag: Schema = { type: "boolean" };
/** ISO 8601, UTC. */
export const time: Schema = { type: "string", format: "date-time" };

/** A schema with a sentence about it. */
export function about(description: string, schema: Schema): Schema {
  return { ...schema, description };
}

/** The schema, or `null`. */
export function orNull(schema: Schema): Schema {
  return typeof schema.type === "string"
    ? { ...schema, type: [schema.type, "null"] }
    : { anyOf: [schema, { type: "null" }] };
}

/** One of these values. */
export function oneOf(...values: readonly string[]): Schema {
  return { enum: values };
}

/** Exactly this value. */
export function just(value: string | boolean): Schema {
  return { const: value };
}

/** A list of things of one kind. */
export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** An object. Others fields may come with later versions, so that they are never refused. */
export function object(fields: Fields): Schema {
  const names = Object.keys(fields);
  return {
    type: "object",
    properties: Object.fromEntries(
      names.map((name) => [name.replace(/\?$/, ""), fields[name]]),
    ),
    required: names.filter((name) => !name.endsWith("?")),
  };
}
