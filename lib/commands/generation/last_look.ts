/**
 * What a stopped run was not told: results that the service had finished before it cancelled. They
 * are paid for, so the record of each project is asked for once.
 */
import type { ProjectRecord, ProjectRecords } from "../../service/types.ts";
import type { RunOutcome, RunOutput } from "./run_plan.ts";

/** How long the records may take; after that a later run has to look. */
const PATIENCE_MS = 3000;

/** The outcome with what the records add. */
export interface LastLook {
  outcome: RunOutcome;
  /** False when a record could not be had, or says that work goes on. */
  certain: boolean;
}

/** Asks for the projects of a cancelled run that lack outputs. Never rejects. */
export async function lookOnceMore(
  service: Pick<ProjectRecords, "lookUp" | "resultUrl">,
  outcome: RunOutcome,
  patienceMs: number = PATIENCE_MS,
): Promise<LastLook> {
  const missing = outcome.outputs.filter((output) =>
    output.status === "failed" && output.projectId !== ""
  );
  const ids = [...new Set(missing.map(({ projectId }) => projectId))];
  if (!outcome.stopped?.cancelled || ids.length === 0) return { outcome, certain: true };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  const bounded = <Value>(work: Promise<Value>) =>
    Promise.race([work.catch(() => undefined), late]);
  try {
    const records = new Map<string, ProjectRecord | undefined>();
    await Promise.all(ids.map(async (id) => records.set(id, await bounded(service.lookUp(id)))));
    let certain = [...records.values()].every((record) => record && record.status !== "running");
    const outputs = await Promise.all(outcome.outputs.map(async (output) => {
      const made = missing.includes(output) && madeIn(records.get(output.projectId), output);
      if (!made) return output;
      const { jobId, seed } = made;
      const freshUrl = () => service.resultUrl(output.projectId, jobId, output.project.params);
      const url = await bounded(freshUrl());
      certain &&= url !== undefined;
      if (url === undefined) return output;
      const { error: _, ...rest } = output;
      const found: RunOutput = { ...rest, status: "completed", jobId, url, freshUrl };
      return seed === undefined ? found : { ...found, seed };
    }));
    return { outcome: { ...outcome, outputs }, certain };
  } finally {
    clearTimeout(timer);
  }
}

/** The finished output at this place of its project. */
function madeIn(record: ProjectRecord | undefined, { index }: RunOutput) {
  return record?.outputs.find((output) => output.index === index && output.status === "completed");
}
