/**
 * sogni-agent: images, video and music on the Sogni service, from one executable.
 *
 * The version and the help are answered here, with nothing else imported; everything else is
 * handed over.
 */
import { commandLine } from "./lib/platform/runtime.ts";
import { writeStream } from "./lib/platform/streams.ts";
import { VERSION } from "./lib/platform/version.ts";

const argv = commandLine();
const [first] = argv;

if (argv.length === 1 && (first === "--version" || first === "-V")) {
  writeStream("stdout", `${VERSION}\n`);
  await remindOfUpdate();
} else if (argv.length === 1 && first === "--help") {
  const { HELP_TEXT } = await import("./lib/cli/help_text.ts");
  writeStream("stdout", `${HELP_TEXT}\n`);
  await remindOfUpdate();
} else {
  const { main } = await import("./lib/commands/main_thread.ts");
  // The bundle has its chunks side by side; the sources have theirs in folders.
  const worker = import.meta.url.endsWith(".ts") ? "./lib/commands/worker.ts" : "./worker.js";
  await main(argv, new URL(worker, import.meta.url));
}

/** What the main thread does for every other command; here only after the answer is out. */
async function remindOfUpdate(): Promise<void> {
  const [{ readFacts }, { watchForUpdates }] = await Promise.all([
    import("./lib/platform/facts.ts"),
    import("./lib/commands/update/watch.ts"),
  ]);
  (await watchForUpdates(argv, readFacts()))?.();
}
