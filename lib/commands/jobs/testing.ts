/** Jobs and records for tests. */
import type { Job } from "../../platform/journal.ts";
import type { ProjectRecord, ProjectRecords } from "../../service/types.ts";
import { draft } from "../../store/journal/testing.ts";

/** A job that was sent and that nobody looks after. */
export function jobOf(facts: Partial<Job> = {}): Job {
  return {
    ...draft(),
    id: "1ng00000000",
    state: "submitted",
    open: true,
    appId: "app",
    projectIds: ["P0"],
    files: [],
    estimated: null,
    billed: null,
    error: null,
    attended: false,
    createdAt: 0,
    updatedAt: 0,
    ...facts,
  };
}

/** Records of the projects `P0`, `P1`, …; each look-up may take the next of a list. */
export function recordsOf(records: readonly (ProjectRecord | ProjectRecord[])[]): ProjectRecords {
  const asked = new Map<number, number>();
  return {
    lookUp(projectId) {
      const index = Number(projectId.slice(1));
      const turn = asked.get(index) ?? 0;
      asked.set(index, turn + 1);
      const answer = records[index];
      const record = Array.isArray(answer) ? answer[Math.min(turn, answer.length - 1)] : answer;
      return record ? Promise.resolve(record) : Promise.reject(new Error(`no record ${projectId}`));
    },
    resultUrl: (projectId, jobId) => Promise.resolve(`https://x.test/${projectId}/${jobId}`),
    cancelProject: () => Promise.resolve(true),
  };
}
