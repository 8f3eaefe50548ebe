/** The tools that ask the service about the account and the installation. */
import * as z from "zod";
import { ANSWER, BALANCE } from "../outputs.ts";
import { type CommandTool, commandTool } from "../tool.ts";

const ASKS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: true,
};

/** Both balances. */
export const accountBalance: CommandTool = commandTool({
  name: "account_balance",
  output: BALANCE,
  annotations: ASKS,
  online: true,
  input: () => z.strictObject({}),
  argv: () => ["--balance"],
});

/** The check of the installation. */
export const sogniDoctor: CommandTool = commandTool({
  name: "sogni_doctor",
  output: ANSWER,
  annotations: ASKS,
  online: true,
  input: () => z.strictObject({}),
  argv: () => ["--doctor"],
});
