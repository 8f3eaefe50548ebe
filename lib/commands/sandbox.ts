/** `sogni-agent sandbox`: serves the embedded service for other programs until interrupted. */
import type { CommandRun } from "./context.ts";
import { RECORD_VARIABLE, serveUntilUnused } from "./lasting_sandbox.ts";

/** Starts the service, prints the variables to set, and stays. */
export const run: CommandRun = async ({ host, report, onInterrupt }) => {
  const interrupted = new Promise<void>((resolve) => onInterrupt(() => resolve()));
  const endpoint = await host.startSandbox();
  if (host.facts.env[RECORD_VARIABLE]) {
    await Promise.race([serveUntilUnused(host, endpoint), interrupted]);
    return 0;
  }
  const { restEndpoint, socketEndpoint, apiKey } = endpoint;
  const variables = {
    SOGNI_API_KEY: apiKey,
    SOGNI_REST_ENDPOINT: restEndpoint,
    SOGNI_SOCKET_ENDPOINT: socketEndpoint,
    SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1",
  };
  const { system } = host.facts;
  const assign = (name: string, value: string) =>
    system === "windows" ? `$env:${name} = "${value}"` : `export ${name}=${value}`;
  report.result(
    { success: true, type: "sandbox", ...{ restEndpoint, socketEndpoint, apiKey }, env: variables },
    Object.entries(variables).map(([name, value]) => assign(name, value)),
  );
  report.note("The sandbox is up: set these variables in another terminal. Ctrl-C ends it.");
  await interrupted;
  report.note("The sandbox has ended.");
  return 0;
};
