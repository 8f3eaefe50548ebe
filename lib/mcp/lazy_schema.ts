/**
 * Schemas that are made when they are first needed. A client waits for the answer to its greeting,
 * and making some hundred schemas would be much of that wait.
 */
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type * as z from "zod";

/** Calls `make` once, at the first call. */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A schema for registration that stands for one that is not made yet. */
export function lazySchema<Schema extends z.ZodObject>(
  schema: () => Schema,
): StandardSchemaWithJSON<z.input<Schema>, z.output<Schema>> {
  return {
    "~standard": {
      version: 1,
      vendor: "zod",
      validate: (value) => schema()["~standard"].validate(value),
      jsonSchema: {
        input: (options) => schema()["~standard"].jsonSchema.input(options),
        output: (options) => schema()["~standard"].jsonSchema.output(options),
      },
    },
  };
}
