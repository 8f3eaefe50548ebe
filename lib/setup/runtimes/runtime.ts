/** What setup knows of a runtime for agents. */
import type { Host } from "../../platform/host.ts";
import type { RuntimeName } from "../runtime_names.ts";
import type { RuntimePaths } from "../runtime_paths.ts";
import type { SkillFiles } from "../skill_files.ts";

/** A program with its arguments, as a runtime has to start it. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** What rows are given to plan with. */
export interface Surroundings {
  readonly host: Pick<Host, "files" | "facts">;
  readonly paths: RuntimePaths;
  readonly skills: SkillFiles;
  readonly version: string;
  /** Where the skill comes from, for the marker. */
  readonly source: string;
  /** How the MCP server is started; `undefined` when the program is not installed for good. */
  readonly server: Launch | undefined;
  /** Absolute path of ffmpeg, if there is one. */
  readonly ffmpeg: string | undefined;
  readonly hermesCategory: string;
  readonly codexMcp: boolean;
}

/** What became of a runtime, or would. */
export type RuntimeStatus =
  | "installed"
  | "upgraded"
  | "repaired"
  | "up-to-date"
  | "would-install"
  | "would-remove"
  | "would-print"
  | "instructions"
  | "skipped"
  | "failed"
  | "removed";

/** A change that is ready to be made. */
export interface RuntimePlan {
  /** Folder or file that is changed. */
  readonly target: string;
  /** Version in place; absent when there is none. */
  readonly installed?: string;
  /** Whether anything is to be done. */
  readonly changes: boolean;
  readonly notes: readonly string[];
  /** Why nothing may be done. */
  readonly refused?: string;
  /** The refusal is a fault that has to be repaired, not a choice. */
  readonly faulty?: boolean;
  apply(): Promise<void>;
}

/** A row of the table. */
export interface Runtime {
  readonly name: RuntimeName;
  readonly label: string;
  /** The folder that exists once the runtime has been started. */
  home(paths: RuntimePaths): string;
  planInstall(surroundings: Surroundings): Promise<RuntimePlan>;
  planRemoval(surroundings: Surroundings): Promise<RuntimePlan>;
  /** What makes the runtime see the change. */
  readonly restart: string;
}

/** A plan that does nothing, with the reason. */
export function refuse(target: string, refused: string, faulty = false): RuntimePlan {
  return { target, changes: false, notes: [], refused, faulty, apply: () => Promise.resolve() };
}
