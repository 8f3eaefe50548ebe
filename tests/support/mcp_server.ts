/** `sogni-agent mcp` without a client's library: lines in, lines out. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import type { Place } from "./agent.ts";

/** The parameters of `initialize`. */
export const GREETING = {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "test", version: "1" },
};

const PATIENCE_MS = 60_000;

/** A running server. */
export interface RawServer {
  child: ChildProcessByStdio<Writable, Readable, null>;
  /** What it has written so far. */
  lines(): string[];
  /** Its exit code. */
  ended: Promise<number | null>;
  send(message: Record<string, unknown>): void;
  /** The message that answers the request with this id. */
  answered(id: number): Promise<Record<string, unknown>>;
}

/** Starts `command mcp` in `place`. */
export function startServer(
  [command = "", ...before]: readonly string[],
  { home, cwd }: Pick<Place, "home" | "cwd">,
  env: Record<string, string>,
): RawServer {
  const child = spawn(command, [...before, "mcp"], {
    cwd,
    env: { ...runtimeEnv(), HOME: home, SOGNI_NO_UPDATE_CHECK: "1", ...env },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let stdout = "";
  let heard: (() => void)[] = [];
  child.stdin.on("error", () => {});
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    const listeners = heard;
    heard = [];
    for (const listener of listeners) listener();
  });
  const lines = () => stdout.slice(0, stdout.lastIndexOf("\n") + 1).split("\n").filter(Boolean);
  return {
    child,
    lines,
    ended: new Promise((resolve) => child.on("exit", resolve)),
    send: (message) => {
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    },
    async answered(id) {
      for (;;) {
        const found = lines().map((line) => JSON.parse(line) as Record<string, unknown>)
          .find((message) => message.id === id);
        if (found) return found;
        await nextOutput();
      }
    },
  };

  async function nextOutput(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve, reject) => {
      heard.push(resolve);
      timer = setTimeout(() => reject(new Error(`no answer; written: ${stdout}`)), PATIENCE_MS);
    });
    clearTimeout(timer);
  }
}

/** What a runtime needs to start, and no setting of ours. */
export function runtimeEnv(): Record<string, string> {
  const names = ["PATH", "DENO_DIR", "DENO_TLS_CA_STORE", "TMPDIR", "SystemRoot"];
  return Object.fromEntries(names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }));
}
