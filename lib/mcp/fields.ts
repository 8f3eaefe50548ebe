/** Input fields that several tools share. */
import * as z from "zod";

// Tab, line feed and carriage return may stand in a prompt.
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const NO_CONTROL = "holds a control character";

/** Words: prompts, lyrics, names. */
export const words = (about: string): z.ZodString =>
  z.string().refine((text) => !CONTROL.test(text), NO_CONTROL).describe(about);

/** Words that have to be there. */
export const neededWords = (about: string): z.ZodString =>
  z.string().min(1).refine((text) => text.trim() !== "" && !CONTROL.test(text), {
    message: `is empty or ${NO_CONTROL}`,
  }).describe(about);

/** A path or URL; one line. */
export const place = (about: string): z.ZodString =>
  z.string().min(1).refine((text) => !CONTROL.test(text) && !/[\r\n]/.test(text), NO_CONTROL)
    .describe(about);

/** A whole number of at least 1; the command knows the exact range. */
export const whole = (about: string): z.ZodNumber => z.int().min(1).max(100_000).describe(about);

/** Fields of everything that is paid for. */
export const paidFields = () => ({
  max_cost: z.number().min(0).optional().describe(
    "Render only when the price is known and not above this many tokens",
  ),
  token_type: z.enum(["spark", "sogni", "auto"]).optional().describe(
    "What pays; auto tries Spark, then SOGNI",
  ),
  timeout_seconds: whole("Give up and cancel the render after this long").optional(),
  wait_seconds: z.int().min(0).max(600).optional().describe(
    "How long this call waits before it answers with a job for manage_jobs (default 50)",
  ),
});
