/** Checks that ask the service: whether it takes the key, and whether the clocks agree. */
import { AppError } from "../../errors/app_error.ts";
import { Reporter } from "../../cli/reporter.ts";
import { globalTransport } from "../../net/fetch.ts";
import { withDeadline } from "../../service/deadline.ts";
import type { Balances } from "../../service/types.ts";
import { connect, type Connection, findAccess } from "../generation/connection.ts";
import { type Check, type Examination, explain, fail, pass, skip, warn } from "./check.ts";

const AUTH_TIMEOUT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 1000;
const CLOCK_TIMEOUT_MS = 3000;
/** Signed addresses and certificates stop working not far beyond this. */
const MAX_SKEW_S = 300;

/** Connects and asks for the balance. Only a key that is refused is a failure. */
export const authCheck: Check = {
  id: "auth",
  async run(examination) {
    const { sandbox } = examination.context.invocation.options;
    if (!sandbox && examination.findings.get("credentials")?.status !== "pass") {
      return skip("there is no usable key");
    }
    try {
      const late = () =>
        new AppError("NETWORK_TIMEOUT", `No answer within ${AUTH_TIMEOUT_MS / 1000} s.`, {
          hint: "Check the network and https://status.sogni.ai, then try again.",
        });
      const { spark, sogni } = await withDeadline(askBalances(examination), AUTH_TIMEOUT_MS, late);
      const who = sandbox ? "the sandbox answers" : "the key is accepted";
      return pass(`${who}; SPARK ${amount(spark)}, SOGNI ${amount(sogni)}`);
    } catch (error) {
      const rejected = error instanceof AppError && error.code === "INVALID_API_KEY";
      return rejected ? fail(explain(error)) : warn(`not checked: ${explain(error)}`);
    }
  },
};

/** The difference between this clock and the service's, taken from an answer's date. */
export const clockCheck: Check = {
  id: "clock",
  async run({ restEndpoint, findings }) {
    if (restEndpoint === undefined || findings.get("auth")?.status === "skip") {
      return skip("the service was not asked");
    }
    const skew = await measureSkew(restEndpoint).catch(() => undefined);
    if (skew === undefined) return skip("the service did not tell the time");
    const told = `${Math.round(Math.abs(skew))} s ${skew < 0 ? "behind" : "ahead of"} the service`;
    return Math.abs(skew) > MAX_SKEW_S
      ? warn(`this clock is ${told}; set it, or signed addresses are refused`)
      : pass(Math.abs(skew) < 2 ? "agrees with the service" : told);
  },
};

async function askBalances(examination: Examination): Promise<Balances> {
  const { config, paths, context } = examination;
  const { report, host } = context;
  // The report says it all; what the connection is doing does not belong into it.
  const silent = { ...context, report: new Reporter(host, { ...report.style, quiet: true }) };
  const network = config.defaultNetwork ?? "fast";
  const request = { context: silent, config, paths, network } as const;
  const access = await findAccess(request);
  examination.restEndpoint = access.service.restEndpoint;
  const connection = await connect(access, request);
  try {
    return await connection.service.balances();
  } finally {
    await close(connection);
  }
}

async function close(connection: Connection): Promise<void> {
  await withDeadline(connection.close(), CLOSE_TIMEOUT_MS, () => new Error("late")).catch(() => {});
}

/** Seconds that this clock is ahead. The header has whole seconds, so half of one is taken off. */
async function measureSkew(origin: string): Promise<number | undefined> {
  const startedAt = Date.now();
  const response = await globalTransport(new URL("/", origin), {
    method: "HEAD",
    headers: new Headers(),
    signal: AbortSignal.timeout(CLOCK_TIMEOUT_MS),
  });
  await response.body?.cancel();
  const theirs = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(theirs) ? undefined : ((startedAt + Date.now()) / 2 - theirs - 500) / 1000;
}

function amount(value: number | null): string {
  return value === null ? "unknown" : value.toFixed(2);
}
