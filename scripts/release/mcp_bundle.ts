/**
 * The `.mcpb` bundle for Claude Desktop: the executable with a manifest, one bundle for each kind of
 * machine. What has been packed is unpacked again and asked for its tools.
 */
import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { ReleaseTarget } from "./targets.ts";
import { readZip, writeZip } from "./zip.ts";

/** The name of a target's bundle among the release files. */
export function bundleName({ name }: ReleaseTarget): string {
  return `sogni-creative-agent-${name}.mcpb`;
}

/** @param manifest text of the manifest for all machines */
export function packBundle(
  manifest: string,
  executable: Uint8Array,
  { format, file }: ReleaseTarget,
): Uint8Array {
  const given = JSON.parse(manifest) as Record<string, unknown>;
  const own = { ...given, compatibility: { platforms: [PLATFORMS[format]] } };
  const suffix = path.extname(file) === ".exe" ? ".exe" : "";
  return writeZip([
    { name: "manifest.json", bytes: new TextEncoder().encode(`${JSON.stringify(own, null, 2)}\n`) },
    // Hosts add `.exe` to what the manifest names.
    { name: `server/sogni-agent${suffix}`, bytes: executable, executable: true },
  ]);
}

const PLATFORMS = { elf: "linux", "mach-o": "darwin", pe: "win32" } as const;

/**
 * Unpacks a bundle for this machine into `folder`, starts it as its host would, and compares its
 * tools with those that the manifest promises.
 *
 * @throws Error when the server does not answer, or has other tools
 */
export async function tryBundle(bundle: Uint8Array, folder: string): Promise<void> {
  for (const { name, bytes, executable } of readZip(bundle)) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, bytes, { mode: executable ? 0o755 : 0o644 });
  }
  const { server, tools } = JSON.parse(
    await fs.readFile(path.join(folder, "manifest.json"), "utf8"),
  ) as { server: { mcp_config: { command: string; args: string[] } }; tools: { name: string }[] };
  const { command, args } = server.mcp_config;
  const listed = await listTools(command.replace("${__dirname}", folder), args, folder);
  const promised = tools.map(({ name }) => name);
  if ([...listed].sort().join() !== [...promised].sort().join()) {
    throw new Error(`the bundle's server has ${listed}, its manifest says ${promised}`);
  }
}

const PATIENCE_MS = 30_000;

async function listTools(program: string, args: string[], home: string): Promise<string[]> {
  const child = spawn(program, args, {
    cwd: home,
    env: { HOME: home, SOGNI_NO_UPDATE_CHECK: "1" },
    stdio: ["pipe", "pipe", "ignore"],
    timeout: PATIENCE_MS,
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve());
  });
  child.stdin.on("error", () => {});
  const params = {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "release", version: "1" },
  };
  for (
    const message of [{ id: 1, method: "initialize", params }, { id: 2, method: "tools/list" }]
  ) {
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  }
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (/"id":2\b.*\n/.test(output)) child.stdin.end();
  });
  await ended;
  const answers = output.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const { result } = answers.find(({ id }) => id === 2) ?? {};
  if (!result) throw new Error(`the bundle's server did not list its tools; it wrote: ${output}`);
  return result.tools.map(({ name }: { name: string }) => name);
}
