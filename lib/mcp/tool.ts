/** What a tool is: its schemas, what a client may assume, and the command that it stands for. */
import type { ToolAnnotations } from "@modelcontextprotocol/server";
import type * as z from "zod";
import { lazy } from "./lazy_schema.ts";
import type { ToolName } from "./tool_texts.ts";

/** A tool that runs one command. */
export interface CommandTool {
  readonly name: ToolName;
  /** Made at the first call. */
  readonly input: () => z.ZodObject;
  readonly output: () => z.ZodObject;
  readonly annotations: ToolAnnotations;
  /**
   * The arguments behind the common ones.
   *
   * @throws `ZodError` for input that does not fit the schema, an `Error` with words for the model
   *   for fields that do not go together
   */
  argv(input: unknown): string[];
  /** Costs tokens: asked for first where the client can ask, and may outlive the call. */
  readonly paid?: boolean;
  /** Its pictures are shown. */
  readonly pictures?: boolean;
  /** Needs the service; only so many run at once. */
  readonly online?: boolean;
}

/** Joins a schema and a function of its values to a tool. */
export function commandTool<Input extends z.ZodObject>(
  tool: Omit<CommandTool, "argv" | "input"> & {
    input: () => Input;
    argv: (input: z.infer<Input>) => string[];
  },
): CommandTool {
  const input = lazy(tool.input);
  return { ...tool, input, argv: (given) => tool.argv(input().parse(given)) };
}

/** A mistake of the model's that it can repair; the text says how. */
export class ToolInputError extends Error {
  override readonly name = "ToolInputError";
}

/** The value of a field that the chosen action needs. */
export function needed(value: string | undefined, field: string, action: string): string {
  if (value !== undefined && value !== "") return value;
  throw new ToolInputError(`${action} needs ${field}.`);
}
