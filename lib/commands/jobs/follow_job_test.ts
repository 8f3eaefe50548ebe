import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { ProjectRecord } from "../../service/types.ts";
import { submitted } from "../../store/journal/testing.ts";
import { processesAt } from "../../store/journal/testing.ts";
import type { AskJournal, JournalRequest } from "../../platform/journal.ts";
import type { Journal } from "../../store/journal/journal.ts";
import { inHome } from "../../store/testing.ts";
import { followJob } from "./follow_job.ts";
import { recordsOf } from "./testing.ts";

const running: ProjectRecord = { status: "running", outputs: [], billed: null };
const made: ProjectRecord = { status: "completed", outputs: [], billed: 1 };
const never = new Promise<never>(() => {});

/** A journal as the door of one process. */
function askOf(journal: Journal): { journal: AskJournal } {
  const ask = (request: JournalRequest) => {
    const method = journal[request.call] as (given: unknown) => unknown;
    return Promise.resolve(Reflect.apply(method, journal, [request]));
  };
  return { journal: ask as AskJournal };
}

function followTest(
  name: string,
  body: (processes: Awaited<ReturnType<typeof processesAt>>) => Promise<void>,
): void {
  Deno.test(name, () =>
    inHome(async ({ paths }) => {
      const processes = await processesAt(paths.jobs);
      try {
        await body(processes);
      } finally {
        processes.close();
      }
    }));
}

followTest(
  "a job that nobody looks after is taken over and asked for until it has ended",
  async ({ process, kill }) => {
    const job = submitted(process(1), {}, "P0");
    kill(1);
    const service = recordsOf([[running, made]]);
    const followed = await followJob(askOf(process(2)), service, job, never);
    assertEquals([followed.held, followed.records?.records], [true, [made]]);
    assertEquals(process(3).claim({ call: "claim", job: job.id }), null);
  },
);

followTest("while its process runs, only the journal is read", async ({ process }) => {
  const job = submitted(process(1), {}, "P0");
  const close = () => process(1).change({ job: job.id, change: { state: "saved", open: false } });
  setTimeout(close, 50);
  const service = recordsOf([made]);
  const followed = await followJob(askOf(process(2)), service, job, never);
  assertEquals([followed.held, followed.job.state, followed.records?.ended], [
    false,
    "saved",
    true,
  ]);
});

followTest("a process that dies while it is waited for is replaced", async ({ process, kill }) => {
  const job = submitted(process(1), {}, "P0");
  setTimeout(() => kill(1), 50);
  const followed = await followJob(askOf(process(2)), recordsOf([made]), job, never);
  assertEquals([followed.held, followed.records?.ended], [true, true]);
});

followTest("the stop ends it, and what was taken over is still held", async ({ process, kill }) => {
  const job = submitted(process(1), {}, "P0");
  kill(1);
  const stop = new Promise((resolve) => setTimeout(resolve, 50));
  const followed = await followJob(askOf(process(2)), recordsOf([running]), job, stop);
  assertEquals([followed.held, followed.records], [true, undefined]);
});

followTest("a refused key is told at once", async ({ process, kill }) => {
  const job = submitted(process(1), {}, "P0");
  kill(1);
  const refused = new AppError("INVALID_API_KEY", "no");
  const service = { ...recordsOf([]), lookUp: () => Promise.reject(refused) };
  await assertRejects(() => followJob(askOf(process(2)), service, job, never), AppError, "no");
});
