/** Who does not want to hear of updates. Pure. */

const SWITCHES = ["SOGNI_NO_UPDATE_CHECK", "NO_UPDATE_NOTIFIER"];

/** Any value of these means a machine, not a person or an agent. */
const MACHINES = ["CI", "npm_lifecycle_event", "SOGNI_AGENT_TEST_STATE_PATH"];

/** Whether check and notice are off, by flag or by environment. */
export function updatesAreOff(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return argv.includes("--no-update-check") || env.NODE_ENV === "test" ||
    SWITCHES.some((name) => env[name] === "1" || env[name] === "true") ||
    MACHINES.some((name) => env[name] !== undefined && env[name] !== "");
}
