/** Every public shape by name, for `sogni-agent schema`. Names and fields are append-only. */
import { CONFIG_SCHEMA } from "../../catalog/plugin_config_schema.ts";
import { ERROR_CODES, FAILURE } from "./failure.ts";
import { JOB, JOBS, PROGRESS } from "./jobs.ts";
import { FILM, MEMORIES, PERSONAS, REPORT } from "./local.ts";
import { BALANCE, ESTIMATE, LAST_RENDER, PLAN, RENDER } from "./render.ts";
import type { Schema } from "./shape.ts";

/** One public shape. */
export interface NamedSchema {
  readonly name: string;
  /** One sentence for the list. */
  readonly about: string;
  readonly schema: Schema;
}

/** In the order of the list. */
export const SCHEMAS: readonly NamedSchema[] = [
  { name: "render", about: "Images, video or music that were made.", schema: RENDER },
  { name: "failure", about: "Any command that failed.", schema: FAILURE },
  { name: "error-codes", about: "The values of errorCode.", schema: ERROR_CODES },
  { name: "plan", about: "--dry-run: what would be sent.", schema: PLAN },
  { name: "estimate", about: "--estimate: what it would cost.", schema: ESTIMATE },
  { name: "balance", about: "--balance: what the account owns.", schema: BALANCE },
  { name: "last-render", about: "--last, and the file of that record.", schema: LAST_RENDER },
  { name: "job", about: "jobs status, and work that goes on.", schema: JOB },
  { name: "jobs", about: "jobs list.", schema: JOBS },
  { name: "progress", about: "A line of --progress ndjson.", schema: PROGRESS },
  { name: "film", about: "Local cutting and joining of media.", schema: FILM },
  { name: "memories", about: "--memory-list.", schema: MEMORIES },
  { name: "personas", about: "--persona-list.", schema: PERSONAS },
  { name: "doctor", about: "doctor: every check and its outcome.", schema: REPORT },
  { name: "config", about: "The configuration that OpenClaw hands over.", schema: CONFIG_SCHEMA },
];
