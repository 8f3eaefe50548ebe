#!/usr/bin/env node
// Runs `sogni-agent setup` of the package that this one depends on.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const launcher = createRequire(import.meta.url).resolve(
  "@sogni-ai/sogni-creative-agent-skill/bin/sogni-agent.mjs",
);
const given = process.argv.slice(2);
// Whoever comes this way has no program of their own yet, and takes it along when leaving.
const undoes = given.some((word) => word === "--uninstall" || word === "--purge");
const program = undoes ? [] : ["--install-cli"];
process.argv = [process.argv[0], launcher, "setup", ...program, ...given];
await import(pathToFileURL(launcher).href);
