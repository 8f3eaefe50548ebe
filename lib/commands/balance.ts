/** `--balance`: what the account owns. */
import type { CommandRun } from "./context.ts";
import { connect, findAccess } from "./generation/connection.ts";
import { loadSettings } from "./generation/settings.ts";

/** Prints both balances. */
export const run: CommandRun = async (context) => {
  const { invocation, report } = context;
  const settings = await loadSettings(context);
  const network = settings.config.defaultNetwork ?? "fast";
  const request = { context, ...settings, network };
  const access = await findAccess(request);
  const connection = await connect(access, request);
  try {
    const { spark, sogni } = await connection.service.balances();
    report.result(
      {
        success: true,
        type: "balance",
        spark,
        sogni,
        tokenType: invocation.options.tokenType ?? settings.config.defaultTokenType ?? "spark",
        ...(access.sandbox ? { sandbox: true } : {}),
        timestamp: new Date().toISOString(),
      },
      [`SPARK: ${amount(spark)}`, `SOGNI: ${amount(sogni)}`],
    );
    return 0;
  } finally {
    await connection.close();
  }
};

function amount(value: number | null): string {
  return value === null ? "unknown" : value.toFixed(2);
}
