/** The exit codes: public, append-only. */
import type { Classified } from "../errors/classify.ts";

/** Every exit code by meaning. */
export const EXIT = {
  done: 0,
  error: 1,
  /** Only with `SOGNI_EXIT_CODES=extended`; otherwise such errors end with 1. */
  usage: 2,
  /** Something was delivered, and the content filter withheld the rest. */
  withheld: 10,
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** The exit code of a failure. */
export function failureExitCode(
  { category }: Pick<Classified, "category">,
  details: Readonly<Record<string, unknown>> | undefined,
  env: Readonly<Record<string, string | undefined>>,
): number {
  const signal = details?.signal;
  if (signal === "SIGHUP" || signal === "SIGINT" || signal === "SIGTERM") return EXIT[signal];
  const extended = env.SOGNI_EXIT_CODES === "extended";
  return extended && category === "schema_validation" ? EXIT.usage : EXIT.error;
}
