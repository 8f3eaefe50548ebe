/**
 * The way of a newcomer, in a home of its own: `npx setup-sogni-agent-skill`, then a picture that an
 * MCP client has made by the server that setup has entered into Claude Desktop's configuration.
 * The packages come from a registry on this machine, the picture from the sandbox.
 */
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { type PackedPackage, serveRegistry } from "./registry.ts";

/** Where Claude Desktop keeps its configuration, below the home folder. */
const DESKTOP = process.platform === "darwin"
  ? "Library/Application Support/Claude"
  : ".config/Claude";
const CONFIG = "claude_desktop_config.json";
const EXISTING = '{\n  "theme": "dark"\n}\n';

/**
 * @param node the Node that npx and the program run under
 * @param folder an empty folder for everything
 * @returns what happened, a line for each step
 * @throws Error at the first step that does not do what is promised
 */
export async function walkNewcomer(
  node: string,
  folder: string,
  packages: readonly PackedPackage[],
): Promise<string[]> {
  const home = path.join(folder, "home");
  const config = path.join(home, DESKTOP, CONFIG);
  await fs.mkdir(path.dirname(config), { recursive: true });
  await fs.mkdir(path.join(home, ".claude"));
  await fs.writeFile(config, EXISTING);
  const registry = await serveRegistry(packages);
  const env = {
    HOME: home,
    PATH: [path.dirname(node), process.env.PATH ?? ""].join(path.delimiter),
    npm_config_registry: registry.url,
    npm_config_cache: path.join(folder, "cache"),
    npm_config_prefix: path.join(folder, "prefix"),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
  };
  const npx = (...args: string[]) => run("npx", ["-y", "setup-sogni-agent-skill", ...args], env);
  try {
    await npx("--yes", "--no-credentials");
    const { mcpServers } = JSON.parse(await fs.readFile(config, "utf8"));
    const entry = mcpServers?.["sogni-creative-agent"] as ServerEntry | undefined;
    if (!entry) throw new Error(`setup has entered no server into ${config}`);
    const skill = path.join(home, ".claude/skills/sogni-creative-agent-skill/SKILL.md");
    await fs.access(skill);
    const picture = path.join(home, "fox.png");
    const model = await drawBy(entry, home, picture);
    await npx("--yes", "--uninstall", "--remove-cli");
    if (await fs.readFile(config, "utf8") !== EXISTING) throw new Error(`${config} has changed`);
    const left = await fs.readdir(path.join(home, ".claude"));
    if (left.length > 0) throw new Error(`uninstalling left ${left}`);
    return [
      `npx setup-sogni-agent-skill: ${registry.asked.length} requests, ${entry.command} entered`,
      `generate_image by the official client: ${model}, ${(await fs.stat(picture)).size} bytes`,
      "npx setup-sogni-agent-skill --uninstall --remove-cli: everything as before",
    ];
  } finally {
    await registry.close();
  }
}

interface ServerEntry {
  command: string;
  args: string[];
  env: Record<string, string>;
}

/** Starts the server as Claude Desktop would, and has it draw. @returns the model's name */
async function drawBy(entry: ServerEntry, home: string, picture: string): Promise<string> {
  const env = { ...entry.env, HOME: home, SOGNI_SANDBOX: "1", SOGNI_NO_UPDATE_CHECK: "1" };
  const client = new Client({ name: "newcomer", version: "1" });
  await client.connect(
    new StdioClientTransport({ command: entry.command, args: entry.args, env, cwd: home }),
  );
  try {
    const { tools } = await client.listTools();
    if (!tools.some(({ name }) => name === "generate_image")) throw new Error("no generate_image");
    const { isError, structuredContent, content } = await client.callTool({
      name: "generate_image",
      arguments: { prompt: "a fox in the snow", output_path: picture },
    }) as { isError?: boolean; structuredContent?: Record<string, unknown>; content: unknown };
    if (isError || structuredContent?.sandbox !== true) {
      throw new Error(`generate_image answered ${JSON.stringify(content).slice(0, 2000)}`);
    }
    const head = (await fs.readFile(picture)).subarray(0, 8);
    if (head.toString("latin1") !== "\x89PNG\r\n\x1a\n") throw new Error(`${picture} is no PNG`);
    return String(structuredContent.model);
  } finally {
    await client.close();
  }
}

/** Not waited for by blocking, since the registry is served by this very process. */
function run(program: string, args: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: env.HOME, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => output += text);
    }
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`));
    });
  });
}
