/**
 * The long state stress: crowds of processes add memories, personas and renders to one home, and
 * one in five is killed. Fails when anything acknowledged is lost or any file cannot be read.
 *
 *     deno task stress [--rounds 100] [--processes 20]
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { stressState } from "../tests/support/state_stress.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "100" },
    processes: { type: "string", default: "20" },
  },
});
const report = await stressState({
  rounds: Number(values.rounds),
  processes: Number(values.processes),
  onRound: (done, { killed, lost, unreadable, failed }) => {
    if (done % 5 !== 0) return;
    const bad = lost.length + unreadable.length + failed.length;
    process.stderr.write(`${done} rounds, ${killed} killed, ${bad} troubles\n`);
  },
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
const { lost, unreadable, failed, leftFiles } = report;
process.exit([lost, unreadable, failed, leftFiles].every((list) => list.length === 0) ? 0 : 1);
