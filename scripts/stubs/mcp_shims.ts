/**
 * Stands for the runtime parts of the MCP server in the bundle. Its JSON Schema validator would be
 * half of the chunk and much of the start; the server needs it only to check answers to its
 * questions, and those are read with care where they are used.
 */
import process from "node:process";

export { process };

/** Accepts everything. */
export class DefaultJsonSchemaValidator {
  getValidator(): (input: unknown) => { valid: true; data: unknown; errorMessage: undefined } {
    return (data) => ({ valid: true, data, errorMessage: undefined });
  }
}
