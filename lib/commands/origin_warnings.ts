/** What is said of the origins that get the key: each once a run, with `--quiet` too. */
import type { Reporter } from "../cli/reporter.ts";
import type { ApiOriginPolicy } from "../net/api_origin.ts";

/** Where the key goes, and by whose leave. */
export interface JudgedOrigin {
  readonly base: string;
  /** Only the opt-in for unsafe origins let it pass. */
  readonly optedIn: boolean;
  readonly policy: ApiOriginPolicy;
}

/** Warns of a key that goes somewhere unusual, and of hosts that are listed in vain. */
export function warnOfOrigin(
  report: Pick<Reporter, "important">,
  { base, optedIn, policy }: JudgedOrigin,
): void {
  if (optedIn) {
    report.important(
      `Warning: the API key goes to ${base} because SOGNI_ALLOW_UNSAFE_API_BASE_URL is set.`,
    );
  }
  const useless = policy.uselessEntries.map((entry) => JSON.stringify(entry)).join(", ");
  if (useless !== "") {
    report.important(
      `Warning: SOGNI_API_ALLOWED_HOSTS holds ${useless}: list bare host names, others never match.`,
    );
  }
}
