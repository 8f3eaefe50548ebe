/** A runtime that reads a skill from a folder. */
import { applyPlan } from "../apply_plan.ts";
import type { SkillFiles } from "../skill_files.ts";
import { type FolderPlan, planInstall, planRemoval } from "../skill_folder.ts";
import { refuse, type Runtime, type RuntimePlan, type Surroundings } from "./runtime.ts";

/** What differs between such runtimes. */
export interface SkillRuntimeRow extends Pick<Runtime, "name" | "label" | "home" | "restart"> {
  /** As the marker names it. */
  readonly adapter: string;
  /** Folder for a new installation. */
  folder(surroundings: Surroundings): string | Promise<string>;
  /** All folders with an installation; absent: the same. */
  folders?(surroundings: Surroundings): Promise<readonly string[]>;
  files(skills: SkillFiles): Readonly<Record<string, string>>;
  readonly mode?: number;
  /** A sentence about the same skill in another place, which would appear twice. */
  duplicate?(surroundings: Surroundings): Promise<string | undefined>;
}

/** The row of the table. */
export function skillRuntime(row: SkillRuntimeRow): Runtime {
  const { name, label, restart } = row;
  return {
    name,
    label,
    restart,
    home: (paths) => row.home(paths),
    async planInstall(surroundings) {
      const { host, skills, version, source } = surroundings;
      const folder = await row.folder(surroundings);
      const duplicate = await row.duplicate?.(surroundings);
      if (duplicate !== undefined) return refuse(folder, duplicate);
      const plan = await planInstall(host.files, folder, {
        version,
        adapter: row.adapter,
        source,
        files: row.files(skills),
        ...(row.mode === undefined ? {} : { mode: row.mode }),
      });
      return toRuntimePlan(surroundings, [plan]);
    },
    async planRemoval(surroundings) {
      const folders = await row.folders?.(surroundings) ?? [await row.folder(surroundings)];
      const plans = await Promise.all(
        folders.map((folder) => planRemoval(surroundings.host.files, folder)),
      );
      if (plans.length === 0) {
        return toRuntimePlan(surroundings, [nothingAt(row.home(surroundings.paths))]);
      }
      return toRuntimePlan(surroundings, plans);
    },
  };
}

function nothingAt(folder: string): FolderPlan {
  return { folder, steps: [], notes: [] };
}

function toRuntimePlan({ host }: Surroundings, plans: readonly FolderPlan[]): RuntimePlan {
  const installed = plans.find((plan) => plan.installed !== undefined)?.installed;
  const refused = plans.find((plan) => plan.refused !== undefined)?.refused;
  return {
    target: plans.map((plan) => plan.folder).join(", "),
    ...(installed === undefined ? {} : { installed }),
    changes: plans.some((plan) => plan.steps.length > 0),
    notes: plans.flatMap((plan) => plan.notes),
    ...(refused === undefined ? {} : { refused }),
    async apply() {
      for (const plan of plans) await applyPlan(host.files, plan);
    },
  };
}
