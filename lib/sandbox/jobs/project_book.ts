/** Every project of one sandbox, by id and by the app that owns it. */
import type { Occasion } from "../faults/fault_book.ts";
import { isFinished, occasionOf, type Project } from "./project.ts";

/** Keeps projects. */
export interface ProjectBook {
  add(project: Project): void;
  /** Ids are compared in upper case. */
  find(id: string): Project | undefined;
  /** The number that the next project will have. */
  next(): number;
  /** Projects still at work, of one app or of all. */
  active(appId?: string): Project[];
  /** Finished projects that their app has not heard of. */
  unclaimed(appId?: string): Project[];
  /** Where faults look for a project; empty when it is unknown. */
  occasion(id: string): Occasion;
}

/** How long the service keeps a finished project for an app that is away. */
const CLAIM_MILLISECONDS = 60 * 60 * 1000;

/** @param now epoch milliseconds */
export function createProjectBook(now: () => number): ProjectBook {
  const projects = new Map<string, Project>();
  const of = (appId: string | undefined) =>
    [...projects.values()].filter((project) => appId === undefined || project.appId === appId);
  return {
    add: (project) => void projects.set(project.id, project),
    find: (id) => projects.get(id.toUpperCase()),
    next: () => projects.size + 1,
    active: (appId) => of(appId).filter((project) => !isFinished(project)),
    unclaimed: (appId) =>
      of(appId).filter((project) =>
        project.unclaimed && now() - (project.endedAt ?? 0) < CLAIM_MILLISECONDS
      ),
    occasion(id) {
      const project = projects.get(id.toUpperCase());
      return project ? occasionOf(project) : {};
    },
  };
}
