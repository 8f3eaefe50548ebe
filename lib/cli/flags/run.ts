/** Flags of the group "run": what a job may cost, where it runs and what ends it. */
import type { FlagRow } from "./types.ts";

export const RUN_FLAGS = [
  {
    key: "sandbox",
    name: "--sandbox",
    kind: "flag",
    help: "Let the built-in practice service answer: real files, no account, no cost.",
  },
  {
    key: "dryRun",
    name: "--dry-run",
    kind: "flag",
    help: "Print the plan of the job and send nothing.",
  },
  {
    key: "estimate",
    name: "--estimate",
    kind: "flag",
    help: "Price exactly this job (image, edit, video or music) and stop.",
  },
  {
    key: "maxCost",
    name: "--max-cost",
    kind: "number",
    min: 0,
    placeholder: "tokens",
    help: "Submit only when the price is known and not above this.",
  },
  {
    key: "detach",
    name: "--detach",
    kind: "flag",
    help: "Submit, print the job id and leave; collect it later with: sogni-agent jobs.",
  },
  {
    key: "again",
    name: "--again",
    kind: "flag",
    help: "Send the job even when the same one is under way; otherwise that one is waited for.",
  },
  {
    key: "concurrency",
    name: "--concurrency",
    kind: "int",
    min: 1,
    max: 8,
    default: 2,
    placeholder: "n",
    help: "With batch: how many jobs are under way at once.",
  },
  {
    key: "vary",
    name: "--vary",
    kind: "flag",
    help: "With history rerun: draw another seed, so that the result is a variation.",
  },
  {
    key: "onInterrupt",
    name: "--on-interrupt",
    kind: "enum",
    values: ["cancel", "keep"],
    default: "cancel",
    help: "What Ctrl-C does with a paid job: cancel it, or keep it for later.",
  },
  {
    key: "explainPermissions",
    name: "--explain-permissions",
    kind: "flag",
    help: "Print what this command line may read, write, start and connect to.",
  },
  {
    key: "caCert",
    name: "--ca-cert",
    kind: "path",
    help: "Trust this PEM certificate as well, for networks that inspect TLS.",
  },
] as const satisfies readonly FlagRow[];
