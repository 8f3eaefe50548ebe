/**
 * `--compile-tools` and `--dispatch-tool`: what the hosted assistant may call, and whether a call
 * would be taken. Nothing is sent.
 */
import { invalidArgument } from "../errors/app_error.ts";
import { isObject, type Json } from "../service/hosted/read.ts";
import { modelSettings } from "../service/hosted/settings.ts";
import {
  argumentIssues,
  type HostedTool,
  hostedTools,
  unknownArguments,
} from "../service/hosted/tools.ts";
import { nearest } from "../text/nearest.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { loadSettings } from "./generation/settings.ts";
import { readJsonArgument } from "./hosted/json_argument.ts";

const DEFAULT_SOURCE = "hosted_chat";

/** Prints the tools of a turn, or the call that `--dispatch-tool` names. */
export const run: CommandRun = async (context) => {
  const { dispatchTool } = context.invocation.options;
  if (dispatchTool !== undefined) return await dispatch(context, dispatchTool);
  return await compile(context);
};

async function compile(context: CommandContext): Promise<number> {
  const { options } = context.invocation;
  const { config } = await loadSettings(context);
  const mode = modelSettings(options, config).tools;
  const tools = mode === false ? [] : await hostedTools();
  context.report.result({
    success: true,
    type: "contract-debug",
    action: "compile-tools",
    turnSource: options.turnSource ?? DEFAULT_SOURCE,
    toolMode: mode,
    tools: tools.map((tool) => ({ type: "function", function: tool })),
    timestamp: new Date().toISOString(),
  }, tools.map(({ name, description }) => `${name}\t${firstSentence(description)}`));
  if (mode === "creative-agent") {
    context.report.note("The service adds tools for workflows and assets to these.");
  }
  return 0;
}

async function dispatch(context: CommandContext, name: string): Promise<number> {
  const { host, invocation, report } = context;
  const { toolArgs, turnSource } = invocation.options;
  const tool = findTool(await hostedTools(), name);
  const args = toolArgs === undefined ? {} : checkObject(
    await readJsonArgument(host, toolArgs, "--tool-args", "INVALID_ARGUMENT"),
  );
  checkArguments(tool, args);
  const unknown = unknownArguments(tool, args);
  if (unknown.length > 0) report.warn(`${tool.name} does not know: ${unknown.join(", ")}`);
  const workflow = { steps: [{ id: "call", toolName: tool.name, arguments: args }] };
  report.result({
    success: true,
    type: "contract-debug",
    action: "dispatch-tool",
    turnSource: turnSource ?? DEFAULT_SOURCE,
    tool: tool.name,
    arguments: args,
    unknownArguments: unknown,
    sent: false,
    workflow,
    timestamp: new Date().toISOString(),
  }, JSON.stringify(workflow));
  report.note("Nothing was sent. To carry it out give this to --api-workflow --workflow-input.");
  return 0;
}

function findTool(tools: readonly HostedTool[], name: string): HostedTool {
  const found = tools.find((tool) => tool.name === name.trim());
  if (found) return found;
  const allowed = tools.map((tool) => tool.name);
  const meant = nearest(name, allowed);
  throw invalidArgument(
    `--dispatch-tool: there is no tool ${JSON.stringify(name)}.`,
    { flag: "--dispatch-tool", value: name, allowed },
    meant ? `Did you mean ${meant}?` : "See the tools with: sogni-agent --compile-tools",
  );
}

function checkObject(value: unknown): Json {
  if (isObject(value)) return value;
  throw invalidArgument("--tool-args must be a JSON object.", { flag: "--tool-args" });
}

function checkArguments(tool: HostedTool, args: Json): void {
  const issues = argumentIssues(tool, args);
  if (issues.length === 0) return;
  const told = issues.map(({ argument, message }) => `${argument || "arguments"}: ${message}`);
  throw invalidArgument(
    `--tool-args: ${tool.name} does not take these (${told.join("; ")}).`,
    { flag: "--tool-args", tool: tool.name, issues },
    "See the schema with: sogni-agent --compile-tools --json",
  );
}

function firstSentence(text: string): string {
  return (/^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text).replace(/\s+/g, " ").trim();
}
