/** `--explain-permissions`: what this command line would be given, without running it. */
import { join, sep } from "node:path";
import { AppError } from "../errors/app_error.ts";
import { bypassesProxy, readProxy } from "../net/guard/proxy_settings.ts";
import type { CommandRun } from "./context.ts";
import { netPermission, serviceTargets } from "./grants.ts";
import { reachOf, readConfig } from "./network.ts";
import { type CommandEntry, COMMANDS } from "./table.ts";

/** Prints the permissions of the command whose name is the first word. */
export const run: CommandRun = async ({ invocation, host, report }) => {
  const [command = ""] = invocation.words;
  const asked = { ...invocation, command, words: [] };
  const entry = COMMANDS[command];
  if (!entry) throw new AppError("INTERNAL_ERROR", `There is no command "${command}".`);
  const { env } = host.facts;
  const wall = host.facts.runtime.startsWith("deno");
  const mainThread = mainThreadOf(entry);
  if (entry.where === "main") {
    report.result(
      { success: true, type: "permissions", command, wall, mainThread, worker: null },
      [...intro(command, wall), ...mainLines(mainThread)],
    );
    return 0;
  }
  const config = await readConfig(host);
  const service = serviceTargets(asked, { env, configBaseUrl: config.apiBaseUrl });
  const ownPort = asked.options.sandbox === true && !asked.options.dryRun;
  const net = ownPort ? ["127.0.0.1:PORT (sandbox)"] : netPermission(service);
  const proxy = readProxy(env);
  const proxied = service.targets.some((target) => {
    const [, name = "", port = ""] = /^(.*):(\d+)$/.exec(target) ?? [];
    return proxy !== undefined && !bypassesProxy(env, name, Number(port));
  });
  const { reach } = await reachOf(asked, host, config);
  const worker = { net, read: false, write: false, run: false, env: false, sys: false };
  const throughMainThread: ThroughMainThread = {
    read: reach?.read ?? true,
    write: reach ? outermost([...reach.write, ...reach.beside]) : true,
    run: reach?.programs ?? true,
    transfers: service.allowLoopback ? "https, and this machine" : "https",
    proxy: proxy && proxied ? `${proxy.host}:${proxy.port}` : null,
  };
  report.result(
    { success: true, type: "permissions", command, wall, mainThread, worker, throughMainThread },
    [
      ...intro(command, wall),
      ...mainLines(mainThread),
      "worker: this command's work is done here",
      `  net: ${net.join(", ") || "nothing"}`,
      "  read, write, run, env, sys, ffi, import: nothing",
      "through the main thread, which checks each request:",
      `  read: ${listed(throughMainThread.read)}`,
      `  write: ${listed(throughMainThread.write)}`,
      `  run: ${listed(throughMainThread.run)}`,
      `  transfers: ${throughMainThread.transfers}; public addresses, looked up once` +
      `${throughMainThread.proxy ? ` (proxy ${throughMainThread.proxy})` : ""}`,
    ],
  );
  return 0;
};

/** What the worker may ask for; `true` for whatever the command asks for. */
interface ThroughMainThread {
  read: true | readonly string[];
  write: true | readonly string[];
  run: true | readonly string[];
  transfers: string;
  /** `host:port` of the proxy in between. */
  proxy: string | null;
}

/** The paths that lie in none of the others, each once. */
function outermost(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((path) =>
    !paths.some((other) => path !== other && path.startsWith(join(other, sep)))
  );
}

/** Kinds of permission that a command's main thread has; `ffi` and `import` are never given. */
function mainThreadOf({ keeps }: CommandEntry): Record<string, boolean> {
  const has = (kind: CommandEntry["keeps"][number]) => keeps.includes(kind);
  return {
    ...{ read: true, write: true, env: true },
    ...{ net: has("net"), run: has("run"), sys: has("sys"), ffi: false, import: false },
  };
}

function intro(command: string, wall: boolean): string[] {
  return [
    `command: ${command}`,
    ...wall ? [] : ["Node has no permissions: this is what the command uses, not what holds it."],
  ];
}

function mainLines(mainThread: Record<string, boolean>): string[] {
  const kinds = (given: boolean) =>
    Object.keys(mainThread).filter((kind) => mainThread[kind] === given).join(", ");
  return [`main thread: ${kinds(true)}`, `  given up: ${kinds(false)}`];
}

function listed(value: true | readonly string[]): string {
  return value === true ? "what the command asks for" : value.join(", ") || "nothing";
}
