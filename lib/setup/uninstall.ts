/** Takes the skill out of the runtimes, and with --purge removes what the program has stored. */
import { applyCli, type CliPlan, commandLine, planCliRemoval } from "./cli_step.ts";
import { detect } from "./detect.ts";
import { describeState, purgeState } from "./purge.ts";
import { PACKAGE_NAME } from "./package_name.ts";
import { needsYes, sudoRefused } from "./refusals.ts";
import { carryOut, type RuntimeReport, type SetupReport, type SetupRun } from "./setup_run.ts";

/** @throws AppError SETUP_NPM_FAILED before anything else was changed; SETUP_BACKUP_FAILED */
export async function uninstall(run: SetupRun): Promise<SetupReport> {
  const { host, options, self, say } = run;
  const { dryRun } = options;
  if (run.sudo && !dryRun) throw sudoRefused(commandLine(self, options));
  if (options.purge && !options.yes && !run.ask && !dryRun && await hasState(run)) throw needsYes();
  const cli = await planCli(run);
  if (cli.action === "remove" && !dryRun) {
    await applyCli(host, cli, commandLine(self, options), say);
  }
  const runtimes = options.uninstall ? await removeAll(run) : [];
  const data = options.purge ? await purge(run) : undefined;
  return {
    action: options.uninstall ? "uninstall" : "purge",
    dryRun,
    version: run.version,
    cli: {
      status: cli.action === "none" ? "skipped" : dryRun ? "would-remove" : "removed",
      ...(cli.command === undefined ? {} : { command: cli.command }),
      ...(cli.reason === undefined ? {} : { detail: cli.reason }),
    },
    runtimes,
    ...(data ? { data } : {}),
  };
}

/** A dry run does not even start npm to ask it where it keeps things. */
async function planCli({ host, self, options }: SetupRun): Promise<CliPlan> {
  if (!options.removeCli) return { action: "none", reason: "stays" };
  return options.dryRun
    ? { action: "remove", command: `npm uninstall -g ${PACKAGE_NAME}` }
    : await planCliRemoval(host, self);
}

async function removeAll(run: SetupRun): Promise<RuntimeReport[]> {
  const rows: RuntimeReport[] = [];
  for (const { runtime, plan } of await detect(run, "planRemoval")) {
    const head = { runtime: runtime.name, label: runtime.label };
    if (!plan) {
      const path = runtime.home(run.paths);
      rows.push({ ...head, path, status: "skipped", reason: "not found", notes: [] });
    } else if (run.options.dryRun && plan.changes) {
      const { target: path, notes } = plan;
      rows.push({ ...head, path, status: "would-remove", notes });
    } else {
      rows.push(
        await carryOut({ ...head, restart: runtime.restart }, plan, "removed", run.version),
      );
    }
  }
  return rows;
}

async function hasState({ host, state }: SetupRun): Promise<boolean> {
  return await host.files.stat(state.base, { followLinks: false }) !== undefined;
}

async function purge(run: SetupRun): Promise<NonNullable<SetupReport["data"]>> {
  const { host, state, options, say, ask } = run;
  const path = state.base;
  if (!await hasState(run)) return { status: "not-found", path };
  say(`${path} holds: ${(await describeState(host.files, path)).join(", ")}.`);
  if (options.dryRun) return { status: "would-purge", path };
  if (!options.yes && !(await ask?.(`Back up and remove ${path}?`, false))) {
    return { status: "cancelled", path };
  }
  return { status: "purged", path, backup: await purgeState(host, path) };
}
