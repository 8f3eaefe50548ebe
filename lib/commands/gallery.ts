/** `sogni-agent gallery`: one HTML page of what was made. */
import { resolve } from "node:path";
import { AppError } from "../errors/app_error.ts";
import type { Job } from "../platform/journal.ts";
import { systemCode } from "../store/state_error.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { galleryPage, type Item } from "./gallery/page.ts";
import { itemsOf } from "./gallery/items.ts";
import { findRenders } from "./history/search.ts";

const STANDARD_NAME = "sogni-gallery.html";
/** Each picture is in the page; more of them would make it slow to open. */
const MAX_RENDERS = 300;

/** Writes the page of the renders that have all the words. */
export const run: CommandRun = async (context) => {
  const { host, report, invocation } = context;
  const found = (await findRenders(context)).filter(({ files }) => files.length > 0);
  const jobs = found.slice(0, MAX_RENDERS);
  const items: Item[] = [];
  for (const job of jobs) items.push(...await itemsOf(host, job));
  const output = invocation.options.output ?? STANDARD_NAME;
  await write(context, output, galleryPage(items, new Date()));
  const gone = items.filter(({ kind }) => kind === "gone").length;
  report.localResult(
    {
      success: true,
      type: "gallery",
      outputPath: output,
      renders: jobs.length,
      files: items.length,
      missing: gone,
      timestamp: new Date().toISOString(),
    },
    output,
  );
  tell(context, found, jobs, gone);
  return 0;
};

function tell(
  { report }: CommandContext,
  found: readonly Job[],
  jobs: readonly Job[],
  gone: number,
) {
  if (found.length === 0) report.note("No saved render was found; the page is empty.");
  if (found.length > jobs.length) {
    report.note(`${found.length - jobs.length} older renders are left out; add a word or a date.`);
  }
  if (gone > 0) report.note(`${gone} files are not where they were saved any more.`);
}

async function write({ host }: CommandContext, output: string, page: string): Promise<void> {
  try {
    await host.files.writeAtomic(resolve(host.facts.cwd, output), page);
  } catch (error) {
    const code = systemCode(error);
    throw new AppError("OUTPUT_WRITE_FAILED", `${output} cannot be written (${code}).`, {
      details: { path: output, cause: code },
      hint: "Name another file with -o.",
      cause: error,
    });
  }
}
