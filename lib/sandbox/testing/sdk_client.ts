/** The official client, unmodified, pointed at a sandbox. */
import type { Project, ProjectParams, SogniClient } from "@sogni-ai/sogni-client";
import type { Sandbox, SandboxOptions } from "../options.ts";
import { withSandbox } from "./with_sandbox.ts";

const SILENT = { error() {}, warn() {}, info() {}, debug() {} };

/** An image project; the rest is as in `projects.create`. */
export function imageParams(more: Record<string, unknown> = {}): ProjectParams {
  return {
    type: "image",
    modelId: "z_image_turbo_bf16",
    positivePrompt: "a lighthouse",
    numberOfMedia: 1,
    steps: 4,
    seed: 7,
    width: 256,
    height: 256,
    tokenType: "spark",
    ...more,
  } as ProjectParams;
}

/** Connects a client with an app id of its own. */
export async function createClient(sandbox: Sandbox, appId: string): Promise<SogniClient> {
  const { SogniClient } = await import("@sogni-ai/sogni-client");
  return await SogniClient.createInstance({
    appId,
    apiKey: sandbox.apiKey,
    restEndpoint: sandbox.restEndpoint,
    socketEndpoint: sandbox.socketEndpoint,
    network: "fast",
    logger: SILENT,
  });
}

/** Runs a test with a sandbox and a client of its own. */
export function withClient(
  appId: string,
  options: SandboxOptions,
  run: (client: SogniClient, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  return withSandbox(options, async (sandbox) => {
    const client = await createClient(sandbox, appId);
    try {
      await run(client, sandbox);
    } finally {
      client.dispose();
    }
  });
}

/** The error with which a project's completion is refused. */
export async function failureOf(project: Project): Promise<Record<string, unknown>> {
  try {
    await project.waitForCompletion();
  } catch (error) {
    return error as Record<string, unknown>;
  }
  throw new Error("the project did not fail");
}
