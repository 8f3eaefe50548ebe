/** `sogni-agent schema [name]`: the JSON Schema of what programs read from this one. */
import { SCHEMAS } from "../cli/schemas/index.ts";
import { invalidArgument } from "../errors/app_error.ts";
import { VERSION } from "../platform/version.ts";
import { nearest } from "../text/nearest.ts";
import type { CommandRun } from "./context.ts";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** Prints the schema of the first word, or the names of all. */
export const run: CommandRun = ({ invocation, report }) => {
  const [name] = invocation.words;
  if (name === undefined) {
    const schemas = SCHEMAS.map(({ name, about }) => ({ name, about }));
    report.result(
      { success: true, type: "schemas", schemas },
      schemas.map(({ name, about }) => `${name.padEnd(12)}  ${about}`),
    );
    return Promise.resolve(0);
  }
  const found = SCHEMAS.find((candidate) => candidate.name === name.toLowerCase());
  if (!found) throw unknown(name);
  const schema = {
    $schema: DIALECT,
    title: `sogni-agent ${VERSION}: ${found.name}`,
    description: found.about,
    ...found.schema,
  };
  report.result(
    { success: true, type: "schema", name: found.name, schema },
    JSON.stringify(schema, null, 2),
  );
  return Promise.resolve(0);
};

function unknown(name: string): Error {
  const allowed = SCHEMAS.map((each) => each.name);
  const meant = nearest(name.toLowerCase(), allowed);
  return invalidArgument(
    `schema knows no ${JSON.stringify(name)}.`,
    { value: name, allowed },
    `${meant ? `Did you mean ${meant}? ` : ""}Write one of: ${allowed.join(", ")}.`,
  );
}
