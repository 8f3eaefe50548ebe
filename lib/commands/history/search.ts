/** `history [words]`: the renders that have all the words, newest first. */
import type { Job } from "../../platform/journal.ts";
import { singleLine } from "../../text/control.ts";
import type { CommandContext } from "../context.ts";
import { askJournal } from "../jobs/ask_journal.ts";
import { jobObject } from "../jobs/job_object.ts";
import { matches } from "./match.ts";

/** How far back is looked. */
const MAX_JOBS = 100_000;
/** Shown at once; more are counted. */
const MAX_SHOWN = 100;

/** Prints what was found. */
export async function search(context: CommandContext): Promise<number> {
  const found = await findRenders(context);
  const shown = found.slice(0, MAX_SHOWN);
  context.report.localResult(
    {
      success: true,
      type: "history",
      total: found.length,
      renders: shown.map((job) => jobObject(job)),
      timestamp: new Date().toISOString(),
    },
    shown.length === 0 ? "Nothing was found." : shown.map(renderLine),
  );
  if (found.length > shown.length) {
    context.report.note(`${found.length - shown.length} older ones are not shown; add a word.`);
  }
  return 0;
}

/** Jobs that made something, with all words of the command line and its model; newest first. */
export async function findRenders(context: CommandContext): Promise<Job[]> {
  const { words, options } = context.invocation;
  const { jobs, notes } = await askJournal(context, { call: "list", filter: { limit: MAX_JOBS } });
  for (const note of notes) context.report.warn(note);
  const model = options.model?.toLowerCase();
  return jobs.filter((job) =>
    (job.state === "saved" || job.state === "finished") && matches(job, words) &&
    (model === undefined || job.model.toLowerCase().includes(model))
  );
}

/** Day, id, files or what it is, prompt. */
function renderLine(job: Job): string {
  const day = new Date(job.createdAt).toISOString().slice(0, 10);
  const files = job.files.map(({ path }) => path).join(" ");
  return singleLine(`${day}  ${job.id}  ${job.model}  ${files || "(not saved)"}  ${job.prompt}`);
}
