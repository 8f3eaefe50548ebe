/** Finds the runtimes that are here, and what setup would do with each. */
import { npmRoot } from "./npm.ts";
import { findOnPath } from "./find_on_path.ts";
import { PACKAGE_NAME } from "./package_name.ts";
import type { Runtime, RuntimePlan, Surroundings } from "./runtimes/runtime.ts";
import { RUNTIMES } from "./runtimes/table.ts";
import { isPassing, launchOf } from "./self_place.ts";
import type { SetupRun } from "./setup_run.ts";

/** A selected runtime. */
export interface Detected {
  readonly runtime: Runtime;
  /** Absent when the runtime is not here. */
  readonly plan?: RuntimePlan;
}

/** Whether npm is about to install the program (or would), or has just done so. */
export type CliState = "unchanged" | "comes" | "came";

/** Looks at every selected runtime, in the order of the table. */
export async function detect(
  run: SetupRun,
  direction: "planInstall" | "planRemoval",
  cli: CliState = "unchanged",
): Promise<Detected[]> {
  const surroundings = await surroundingsOf(run, direction, cli);
  const { files } = run.host;
  const rows: Detected[] = [];
  for (const runtime of RUNTIMES) {
    if (!run.options.selected.includes(runtime.name)) continue;
    const home = await files.stat(runtime.home(run.paths));
    rows.push(
      home?.kind === "directory"
        ? { runtime, plan: await runtime[direction](surroundings) }
        : { runtime },
    );
  }
  return rows;
}

async function surroundingsOf(
  { host, self, paths, skills, version, options }: SetupRun,
  direction: "planInstall" | "planRemoval",
  cli: CliState,
): Promise<Surroundings> {
  const installs = direction === "planInstall";
  // npm is not asked before it is used: a run that only looks starts no program.
  const asks = installs && cli !== "comes" && (cli === "came" || isPassing(self));
  const root = asks ? await npmRoot(host) : undefined;
  const expected = { command: self.program, args: [`(npm root -g)/${PACKAGE_NAME}`] };
  const launch = installs ? await launchOf(host, self, root) : undefined;
  return {
    host,
    paths,
    skills: await skills(),
    version,
    source: self.script,
    server: launch ?? (cli === "comes" ? expected : undefined),
    ffmpeg: await ffmpegPath(host),
    hermesCategory: options.hermesCategory,
    codexMcp: options.codexMcp,
  };
}

async function ffmpegPath(host: SetupRun["host"]): Promise<string | undefined> {
  const { env } = host.facts;
  return env.FFMPEG_PATH || await findOnPath(host, "ffmpeg");
}
