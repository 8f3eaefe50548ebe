/** Carries out the plan for a skill folder. */
import { dirname, join } from "node:path";
import type { HostFiles as Files } from "../platform/host.ts";
import { formatMarker, MARKER_NAME } from "./marker.ts";
import type { FolderPlan } from "./skill_folder.ts";

/** Each file is replaced at once; a failure leaves a state that the next run completes. */
export async function applyPlan(files: Files, plan: FolderPlan): Promise<void> {
  const { folder, steps, places = [] } = plan;
  if (steps.length === 0) return;
  for (const place of places) await sweep(files, join(folder, place));
  for (const step of steps) {
    if (step.do === "mark") {
      await files.writeAtomic(join(folder, MARKER_NAME), formatMarker(step.marker), {
        mode: 0o644,
      });
    } else if (step.do === "write") {
      const options = step.mode === undefined ? {} : { mode: step.mode };
      await files.writeAtomic(join(folder, step.path), step.text, options);
    } else if (step.do === "rename") {
      await files.rename(join(folder, step.from), join(folder, step.to));
    } else {
      await files.remove(join(folder, step.path));
    }
  }
  const removed = steps.flatMap((step) => step.do === "remove" ? [dirname(step.path)] : []);
  for (const place of new Set([...places, ...removed])) {
    await prune(files, join(folder, place), folder);
  }
  await pruneParents(files, folder, plan.pruneParents);
}

/** Removes empty folders from here up to the skill folder, which goes when it is empty itself. */
async function prune(files: Files, from: string, folder: string): Promise<void> {
  for (let at = from; at.startsWith(folder); at = dirname(at)) {
    if (!await removeEmpty(files, at)) return;
  }
}

async function pruneParents(files: Files, folder: string, count = 0): Promise<void> {
  if (count === 0 || await files.stat(folder)) return;
  for (let at = dirname(folder), left = count; left > 0; at = dirname(at), left--) {
    if (!await removeEmpty(files, at)) return;
  }
}

async function removeEmpty(files: Files, folder: string): Promise<boolean> {
  if ((await files.stat(folder, { followLinks: false }))?.kind !== "directory") return false;
  if ((await files.list(folder)).length > 0) return false;
  await files.remove(folder);
  return true;
}

/** Temporary files of a run that was killed. */
async function sweep(files: Files, place: string): Promise<void> {
  for (const name of await files.leftovers(place, 0)) await files.remove(join(place, name));
}
