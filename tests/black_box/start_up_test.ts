/**
 * Starting loads nothing that is not used. The bundle is built, every chunk that holds code of an
 * npm package fails as soon as it is loaded, and what shall not load them has to work all the same.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import process from "node:process";
import { agentCommand, agentKind, inPlace } from "../support/agent.ts";
import { buildBundle, runProgram } from "../support/bundle.ts";

const [program = ""] = agentCommand();
/** The runtime of the package, or the one that the executable embeds in its own way. */
const RUNTIME = agentKind() === "node"
  ? [program]
  : [process.execPath, "run", "-A", "--quiet", "--unstable-worker-options"];

Deno.test(`help, version, usage errors and state load no npm package (under ${agentKind() === "node" ? "Node" : "Deno"})`, async () => {
  await inPlace(async ({ home, path }) => {
    const bundle = path("bundle");
    const heavy = await buildBundle(bundle);
    assert(heavy.length > 5, `${heavy}`);
    for (const name of heavy) {
      // In front of what is there: the names that others import from it stay.
      const code = await fs.readFile(`${bundle}/${name}`, "utf8");
      await fs.writeFile(`${bundle}/${name}`, `throw new Error("loaded ${name}");${code}`);
    }
    const run = (args: string[]) => {
      const [runtime = "", ...before] = RUNTIME;
      return runProgram(runtime, [...before, `${bundle}/main.js`, ...args], {
        ...{ cwd: home, env: { HOME: home, SOGNI_NO_UPDATE_CHECK: "1" } },
      });
    };
    const rows: [args: string[], code: number, words: string][] = [
      [["--version"], 0, "3."],
      [["--version", "--json"], 0, '"success":true'],
      [["--help"], 0, "Usage:"],
      [["--help", "video", "--json"], 0, '"success":true'],
      [["--wdith", "5", "a cat"], 1, "--width"],
      [["--json", "--steps", "0"], 1, '"errorCode":"INVALID_ARGUMENT"'],
      [["--last"], 1, "No render has been recorded"],
      [["--last", "--json"], 1, "NO_LAST_RENDER"],
      [["--memory-set", "style", "ink wash", "--json"], 0, '"success":true'],
      [["--memory-list"], 0, "ink wash"],
      [["--persona-list", "--json"], 0, '"success":true'],
      [["--personality-get", "--json"], 0, '"success":true'],
      // This one has to fail, or the test would see nothing.
      [["--sandbox", "-q", "a cat"], 1, "loaded "],
    ];
    for (const [args, code, words] of rows) {
      const ended = await run(args);
      const line = args.join(" ");
      assertEquals(ended.code, code, `${line}: ${ended.output}`);
      assertStringIncludes(ended.output, words, line);
    }
  });
});
