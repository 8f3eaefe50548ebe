/** `history rerun ID [--vary]`: the plan of a job once more. It is a new job, and paid for again. */
import { randomBytes } from "node:crypto";
import { FLAG_ROWS, type OptionKey } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import { preloadSdk } from "../../service/sdk_service.ts";
import type { CommandContext } from "../context.ts";
import { carryOut } from "../generate.ts";
import { gatherInput } from "../generation/gather.ts";
import { loadSettings } from "../generation/settings.ts";
import { isHosted } from "../hosted/hosted_entry.ts";
import { findJob } from "../jobs/ask_journal.ts";
import { planOf } from "../jobs/records.ts";
import { withSeed } from "./vary.ts";

/** What may be said anew; everything else is in the plan. */
const ALLOWED: readonly OptionKey[] = [
  "vary",
  "output",
  "json",
  "quiet",
  "progress",
  "preview",
  "previewAs",
  "contactSheet",
  "sandbox",
  "dryRun",
  "maxCost",
  "detach",
  "again",
  "onInterrupt",
  "caCert",
];

/** Carries out the plan of the job whose id is the first word. */
export async function rerun(context: CommandContext, words: readonly string[]): Promise<number> {
  const { options } = context.invocation;
  checkWords(words);
  for (const row of FLAG_ROWS) {
    if (options[row.key] === undefined || ALLOWED.includes(row.key)) continue;
    throw invalidArgument(
      `${row.name} cannot be changed by history rerun.`,
      { flag: row.name },
      `Leave ${row.name} out, or write the command anew. -o and --vary may be given.`,
    );
  }
  const job = await findJob(context, words[0]);
  if (isHosted(job)) {
    throw invalidArgument(
      `${job.id} is a hosted run, which has no plan of its own here.`,
      { value: job.id },
      "Give its prompt to --api-chat or --durable-chat again.",
    );
  }
  if (!options.dryRun) preloadSdk();
  const settings = await loadSettings(context);
  const old = planOf(job);
  const seed = randomBytes(4).readUInt32BE();
  const plan = { ...(options.vary ? withSeed(old, seed) : old), notes: [] };
  context.report.note(
    options.vary ? `Making ${job.id} again with seed ${seed}.` : `Making ${job.id} again.`,
  );
  const input = { ...await gatherInput(context, settings), prompt: plan.prompt };
  return await carryOut(context, { settings, input, plan });
}

function checkWords(words: readonly string[]): void {
  if (words.length === 1 && words[0] !== "") return;
  throw invalidArgument(
    "history rerun takes one id.",
    { command: "history", ...(words.length > 1 ? { value: words.slice(1).join(" ") } : {}) },
    "Find it with: sogni-agent history. Then: sogni-agent history rerun <id> [--vary] [-o file]",
  );
}
