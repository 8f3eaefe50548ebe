/** `sogni-agent mcp`: serves the tools to an MCP client over the standard streams. */
import { invalidArgument } from "../errors/app_error.ts";
import type { InterruptName } from "../platform/host.ts";
import { SIGNAL_EXIT_CODES } from "../platform/local_host.ts";
import { VERSION } from "../platform/version.ts";
import type { CommandRun } from "./context.ts";
import { readEarly } from "./mcp/read_early.ts";

/** Serves until the client closes its end or a signal comes; running paid jobs are cancelled. */
export const run: CommandRun = async (context) => {
  const { host, invocation: { options, words } } = context;
  if (words.length > 0) {
    throw invalidArgument(
      `mcp takes no words (got "${words[0]}").`,
      { command: "mcp", value: words[0] },
      "Write: sogni-agent mcp, or sogni-agent mcp --sandbox to practise.",
    );
  }
  // The input is opened while the server is loaded.
  const readLines = readEarly(host);
  const { serveMcp } = await import("../mcp/serve.ts");
  let signal: InterruptName | undefined;
  const stopped = new Promise<void>((resolve) => {
    context.onInterrupt((name) => {
      signal = name;
      resolve();
    });
  });
  const sandbox = options.sandbox === true;
  await serveMcp({
    host,
    async execute(argv, options) {
      const { createExecutor } = await import("./executor.ts");
      return await createExecutor(host, sandbox ? ["--sandbox"] : [])(argv, options);
    },
    version: VERSION,
    sandbox,
    allowLoopback: sandbox || host.facts.env.SOGNI_ALLOW_UNSAFE_API_BASE_URL === "1",
    mediaFolder: async () => {
      const [{ mediaFolder }, { loadPluginConfig }] = await Promise.all([
        import("../media/film/list_media.ts"),
        import("../store/plugin_config.ts"),
      ]);
      const { mediaInboundDir } = await loadPluginConfig(host, () => {});
      return await mediaFolder(host, mediaInboundDir);
    },
    readLines,
    stopped,
  });
  return signal ? SIGNAL_EXIT_CODES[signal] : 0;
};
