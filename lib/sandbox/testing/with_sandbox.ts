/** Runs a test against a sandbox that does not wait and draws plain pictures. */
import type { Sandbox, SandboxOptions } from "../options.ts";
import { startSandbox } from "../server.ts";
import { createPlainArtist } from "./plain_artist.ts";

/** Starts a sandbox, hands it to the test and stops it, however the test ends. */
export async function withSandbox(
  options: SandboxOptions,
  test: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ speed: 0, artist: createPlainArtist(), ...options });
  try {
    await test(sandbox);
  } finally {
    await sandbox.stop();
  }
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
  readonly bytes: Uint8Array;
}

/** Calls the sandbox with its key (or `headers["api-key"]`) and reads the whole answer. */
export async function call(
  sandbox: Sandbox,
  path: string,
  init: { method?: string; body?: BodyInit; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const url = new URL(path, sandbox.restEndpoint);
  const response = await fetch(url, {
    ...init,
    headers: { "api-key": sandbox.apiKey, ...init.headers },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  let json: Record<string, unknown> = {};
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not every answer is JSON.
  }
  return { status: response.status, headers: response.headers, json, bytes };
}

/** The `data` of an envelope. */
export function dataOf(answer: Answer): Record<string, unknown> {
  return answer.json.data as Record<string, unknown>;
}
