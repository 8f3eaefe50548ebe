/** The MCP server: tools over commands. */
import {
  type CallToolResult,
  McpServer,
  type McpServerFactory,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import type { Host } from "../platform/host.ts";
import { timerMs } from "../platform/timer_limit.ts";
import { Consent } from "./consent.ts";
import { IMPORT_ANNOTATIONS, IMPORT_INPUT, importMedia } from "./import_media.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { answerJobs, JOBS_ANNOTATIONS, JOBS_INPUT } from "./jobs_tool.ts";
import { type CommandOutcome, failedOutcome } from "./outcome.ts";
import { IMPORTED, JOBS } from "./outputs.ts";
import { lazySchema } from "./lazy_schema.ts";
import { ProgressTeller } from "./progress.ts";
import { failureResult, type ResultOptions, runningResult, toolResult } from "./result.ts";
import { type Run, type RunBook, waitFor } from "./runs.ts";
import { type CommandTool, ToolInputError } from "./tool.ts";
import { TOOL_TEXTS } from "./tool_texts.ts";
import { COMMAND_TOOLS } from "./tools.ts";

/** What the server is made of. */
export interface ServerParts {
  host: Host;
  book: RunBook;
  version: string;
  /** Nothing is paid for, so nobody is asked. */
  sandbox: boolean;
  /** Results may come from this machine. */
  allowLoopback: boolean;
  /** The inbox of `import_media`. */
  mediaFolder: () => Promise<string>;
}

/** Clients give up on a call after about a minute. */
const DEFAULT_WAIT_SECONDS = 50;
/** How long a call whose client has gone waits for its paid job to be cancelled. */
const CANCEL_WAIT_MS = 20_000;

/** The factory that both eras of the protocol are served by. */
export function createServerFactory(parts: ServerParts): McpServerFactory {
  const consent = new Consent(parts.book.execute);
  return () => {
    const { codec } = consent;
    const server = new McpServer(
      { name: "sogni-creative-agent", title: "Sogni Creative Agent", version: parts.version },
      {
        capabilities: { tools: {} },
        instructions: INSTRUCTIONS,
        requestState: { verify: (state, ctx) => codec.verify(state, ctx) },
        cacheHints: { "tools/list": { ttlMs: 3_600_000, cacheScope: "public" } },
      },
    );
    for (const tool of COMMAND_TOOLS) register(server, tool, parts, consent);
    registerJobs(server, parts);
    registerImport(server, parts);
    return server;
  };
}

function register(
  server: McpServer,
  tool: CommandTool,
  parts: ServerParts,
  consent: Consent,
): void {
  const { name, input, output, annotations, paid = false, online = false } = tool;
  const config = {
    inputSchema: lazySchema(input),
    outputSchema: lazySchema(output),
    annotations,
    ...TOOL_TEXTS[name],
  };
  server.registerTool(name, config, async (given, ctx) => {
    let argv: string[];
    try {
      argv = tool.argv(given);
    } catch (error) {
      return failureResult(inputFailure(error));
    }
    if (paid && mayAsk(parts)) {
      const answer = await consent.ask(argv, ctx, server.server.getClientCapabilities());
      if (answer) return answer;
    }
    const run = parts.book.start({ tool: name, argv, online });
    const seconds = paid ? waitSeconds(given) : Infinity;
    return await follow(run, seconds, ctx, resultOptions(tool, parts));
  });
}

function registerJobs(server: McpServer, parts: ServerParts): void {
  const config = {
    inputSchema: lazySchema(JOBS_INPUT),
    outputSchema: lazySchema(JOBS),
    annotations: JOBS_ANNOTATIONS,
    ...TOOL_TEXTS.manage_jobs,
  };
  server.registerTool("manage_jobs", config, async (input, ctx) => {
    const run = input.job === undefined ? undefined : parts.book.find(input.job);
    const told = tell(run, ctx, "Waiting");
    try {
      const { signal } = ctx.mcpReq;
      const answer = await answerJobs(input, parts.book, signal, DEFAULT_WAIT_SECONDS);
      if (answer.kind === "running") return runningResult(answer.run);
      const tool = COMMAND_TOOLS.find(({ name }) => name === answer.run?.tool);
      const options = tool ? resultOptions(tool, parts) : { cwd: parts.host.facts.cwd };
      return await toolResult(answer.outcome, options);
    } finally {
      told();
    }
  });
}

function registerImport(server: McpServer, parts: ServerParts): void {
  const config = {
    inputSchema: lazySchema(IMPORT_INPUT),
    outputSchema: lazySchema(IMPORTED),
    annotations: IMPORT_ANNOTATIONS,
    ...TOOL_TEXTS.import_media,
  };
  server.registerTool("import_media", config, async (input): Promise<CallToolResult> => {
    try {
      const saved = await importMedia(input, parts.host, await parts.mediaFolder());
      return { content: [{ type: "text", text: JSON.stringify(saved) }], structuredContent: saved };
    } catch (error) {
      return failureResult(inputFailure(error));
    }
  });
}

/** Waits for a run, tells how far it is, and ends it when its caller goes away. */
async function follow(
  run: Run,
  seconds: number,
  ctx: ServerContext,
  options: ResultOptions,
): Promise<CallToolResult> {
  const { signal } = ctx.mcpReq;
  const told = tell(run, ctx, TOOL_TEXTS[run.tool].title);
  try {
    const outcome = await waitFor(run, timerMs(seconds), signal);
    if (outcome) return await toolResult(outcome, options);
    if (!signal.aborted) return runningResult(run);
    run.cancel();
    const never = new AbortController().signal;
    return failureResult(await waitFor(run, CANCEL_WAIT_MS, never) ?? CANCELLED);
  } finally {
    told();
  }
}

const CANCELLED = failedOutcome("USER_CANCELLED", "The call was cancelled.");

/** Progress notifications for a run, when the client wants them; the returned function ends them. */
function tell(run: Run | undefined, { mcpReq }: ServerContext, title: string): () => void {
  const token = mcpReq._meta?.progressToken;
  if (token === undefined || !run) return () => {};
  const teller = new ProgressTeller((progress) => {
    // A client that has gone hears nothing, and that is no failure of the run.
    mcpReq.notify({
      method: "notifications/progress",
      params: { progressToken: token, ...progress },
    }).catch(() => {});
  }, title);
  const unwatch = run.watch((progress) => teller.show(progress));
  return () => {
    unwatch();
    teller.end();
  };
}

function resultOptions({ paid, pictures }: CommandTool, parts: ServerParts): ResultOptions {
  const { host, allowLoopback } = parts;
  const shown = pictures && host.facts.env.SOGNI_MCP_NO_INLINE_IMAGES !== "1";
  return {
    cwd: host.facts.cwd,
    ...(paid ? { more: { status: "done" } } : {}),
    ...(shown ? { pictures: { host, allowLoopback } } : {}),
  };
}

function mayAsk({ sandbox, host }: ServerParts): boolean {
  return !sandbox && host.facts.env.SOGNI_MCP_CONFIRM !== "0";
}

function waitSeconds(input: Record<string, unknown>): number {
  const { wait_seconds } = input;
  return typeof wait_seconds === "number" ? wait_seconds : DEFAULT_WAIT_SECONDS;
}

function inputFailure(error: unknown): CommandOutcome {
  if (error instanceof ToolInputError) return failedOutcome("INVALID_ARGUMENT", error.message);
  if (error instanceof z.ZodError) {
    return failedOutcome("INVALID_ARGUMENT", z.prettifyError(error));
  }
  return failedOutcome("INTERNAL_ERROR", error instanceof Error ? error.message : String(error));
}
