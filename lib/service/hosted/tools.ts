/** The tools of the hosted assistant, as the official SDK defines them. */
import * as z from "zod";
import { asList, asObject, isObject, type Json, textAt } from "./read.ts";

/** One tool. */
export interface HostedTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly parameters: Json;
}

/** What is wrong with an argument. */
export interface ArgumentIssue {
  /** `steps.0.prompt` */
  readonly argument: string;
  readonly message: string;
}

/** Every tool that the SDK knows; loads it. */
export async function hostedTools(): Promise<HostedTool[]> {
  const { SogniTools } = await import("@sogni-ai/sogni-client");
  return asList(SogniTools.all).flatMap((tool) => {
    const { function: definition } = asObject(tool);
    const name = textAt(asObject(definition), "name");
    if (name === undefined) return [];
    const { description, parameters } = asObject(definition);
    return [{ name, description: String(description ?? ""), parameters: asObject(parameters) }];
  });
}

/** Checks arguments against a tool's schema; nothing wrong gives an empty list. */
export function argumentIssues(tool: HostedTool, args: Json): ArgumentIssue[] {
  const schema = z.fromJSONSchema(tool.parameters as Parameters<typeof z.fromJSONSchema>[0]);
  const { error } = schema.safeParse(args);
  return (error?.issues ?? []).map(({ path, message }) => ({
    argument: path.map(String).join("."),
    message: message.replace(/^Invalid input: /, ""),
  }));
}

/** Names of arguments that the tool does not know. */
export function unknownArguments({ parameters }: HostedTool, args: Json): string[] {
  const { properties } = parameters;
  if (!isObject(properties)) return [];
  return Object.keys(args).filter((name) => !Object.hasOwn(properties, name));
}
