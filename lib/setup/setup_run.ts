/** What every run of setup has. */
import type { Host } from "../platform/host.ts";
import type { Self } from "../platform/self.ts";
import type { StatePaths } from "../store/paths.ts";
import type { CredentialsStatus } from "./credentials_step.ts";
import type { FfmpegStatus } from "./ffmpeg_step.ts";
import type { SetupOptions } from "./options.ts";
import type { RuntimeName } from "./runtime_names.ts";
import type { RuntimePaths } from "./runtime_paths.ts";
import type { RuntimePlan, RuntimeStatus } from "./runtimes/runtime.ts";
import type { SkillFiles } from "./skill_files.ts";

/** The surroundings of a run. */
export interface SetupRun {
  readonly host: Host;
  readonly self: Self;
  readonly version: string;
  readonly options: SetupOptions;
  readonly state: StatePaths;
  readonly paths: RuntimePaths;
  readonly skills: () => Promise<SkillFiles>;
  /** Tells people, a line at a time. */
  readonly say: (line: string) => void;
  /** Asks a yes-or-no question; absent where nobody can be asked. */
  readonly ask?: (question: string, standard: boolean) => Promise<boolean>;
  /** Root by way of sudo: files of the user must not be touched. */
  readonly sudo: boolean;
}

/** What became of a runtime. */
export interface RuntimeReport {
  readonly runtime: RuntimeName;
  readonly label: string;
  readonly path: string | null;
  readonly status: RuntimeStatus;
  readonly version?: string;
  readonly previousVersion?: string;
  /** Why it was skipped or failed. */
  readonly reason?: string;
  readonly notes: readonly string[];
  /** What makes the runtime see the change. */
  readonly next?: string;
}

/** What became of the whole. */
export interface SetupReport {
  readonly action: "install" | "uninstall" | "purge";
  readonly dryRun: boolean;
  readonly version: string;
  readonly cli: { readonly status: string; readonly command?: string; readonly detail?: string };
  readonly runtimes: readonly RuntimeReport[];
  readonly credentials?: { readonly status: CredentialsStatus; readonly path: string };
  readonly ffmpeg?: FfmpegStatus;
  readonly data?: { readonly status: string; readonly path: string; readonly backup?: string };
  /** The text for ChatGPT, when it was asked for and not written to a file. */
  readonly instructions?: string;
}

/** Makes the change; a fault becomes a row and stops nobody else. */
export async function carryOut(
  row: Pick<RuntimeReport, "runtime" | "label"> & { restart: string },
  plan: RuntimePlan,
  done: RuntimeStatus,
  version: string,
): Promise<RuntimeReport> {
  const { target: path, installed, notes } = plan;
  const base = { runtime: row.runtime, label: row.label, path, notes };
  const previous = installed === undefined ? {} : { previousVersion: installed };
  if (plan.refused !== undefined) {
    return {
      ...base,
      status: plan.faulty ? "failed" : "skipped",
      reason: plan.refused,
      ...previous,
    };
  }
  if (!plan.changes) {
    return done === "removed"
      ? { ...base, status: "skipped", reason: "nothing was installed" }
      : { ...base, status: "up-to-date", version };
  }
  try {
    await plan.apply();
    return { ...base, status: done, version, ...previous, next: row.restart };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...base, status: "failed", reason, ...previous };
  }
}
