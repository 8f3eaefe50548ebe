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

/**
 * @param cliComes the program is about to be installed by npm, or would be
 */
export async function detect(
  run: SetupRun,
  direction: "planInstall" | "planRemoval",
  cliComes = false,
): Promise<Detected[]> {
  const surroundings = await surroundingsOf(run, direction, cliComes);
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
  cliComes: boolean,
): Promise<Surroundings> {
  const installs = direction === "planInstall";
  // npm is not asked before it is used: a run that only looks starts no program.
  const root = installs && !cliComes && isPassing(self) ? await npmRoot(host) : undefined;
  const expected = { command: self.program, args: [`(npm root -g)/${PACKAGE_NAME}`] };
  const launch = installs ? await launchOf(host, self, root) : undefined;
  return {
    host,
    paths,
    skills: await skills(),
    version,
    source: self.script,
    server: launch ?? (cliComes ? expected : undefined),
    ffmpeg: await ffmpegPath(host),
    hermesCategory: options.hermesCategory,
    codexMcp: options.codexMcp,
  };
}

async function ffmpegPath(host: SetupRun["host"]): Promise<string | undefined> {
  const { env } = host.facts;
  return env.FFMPEG_PATH || await findOnPath(host, "ffmpeg");
}
