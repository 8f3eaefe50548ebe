/**
 * The long fault suite: runs with a random fault each against the embedded service, then one
 * collection. Fails when anything paid for is lost, paid twice, or left lying about.
 *
 *     deno task soak [--runs 1000] [--parallel 2] [--seed N] [--only NAME]
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { soak } from "../tests/support/soak.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    parallel: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const report = await soak({
  runs: Number(values.runs),
  parallel: Number(values.parallel),
  seed,
  only: values.only,
  onRun: (done, name) => {
    if (done % 25 === 0) process.stderr.write(`${done} runs (last: ${name})\n`);
  },
});
process.stdout.write(`${JSON.stringify({ seed, ...report }, null, 2)}\n`);
const { lost, paidTwice, leftFiles, leftProcesses, mute, late } = report;
const bad = [lost, paidTwice, leftFiles, leftProcesses, mute, late];
process.exit(bad.every((list) => list.length === 0) ? 0 : 1);
