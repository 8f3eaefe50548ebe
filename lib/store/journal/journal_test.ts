import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { JobChange } from "../../platform/journal.ts";
import { inHome } from "../testing.ts";
import { draft, type Processes, processesAt, submitted } from "./testing.ts";

function journalTest(name: string, body: (processes: Processes) => void): void {
  Deno.test(name, () =>
    inHome(async ({ paths }) => {
      const processes = await processesAt(paths.jobs);
      try {
        body(processes);
      } finally {
        processes.close();
      }
    }));
}

const open = (facts: Parameters<typeof draft>[0] = {}, again = false) =>
  ({ call: "open", draft: draft(facts), again }) as const;
const find = (id: string) => ({ call: "find", id }) as const;
const claim = (job: string) => ({ call: "claim", job }) as const;
const change = (job: string, what: JobChange) => ({ job, change: what });

journalTest("a job is entered, sent, saved and closed", ({ process }) => {
  const journal = process(1);
  const { job, existing } = journal.open(
    open({ destination: { output: "/a.png", isFolder: false } }),
  );
  assertEquals(existing, false);
  assertEquals([job.state, job.open, job.attended], ["planned", true, true]);
  journal.sending({ call: "sending", job: job.id, position: 0, projectId: "P1", appId: "app" });
  journal.sending({ call: "sending", job: job.id, position: 2, projectId: "P3", appId: "app" });
  const sent = journal.find(find(job.id));
  assertEquals([sent?.state, sent?.appId, sent?.projectIds], [
    "submitted",
    "app",
    ["P1", null, "P3"],
  ]);
  journal.change(change(job.id, {
    state: "saved",
    open: false,
    billed: 1.5,
    files: [{ position: 1, path: "/a-2.png" }, { position: 0, path: "/a.png" }],
  }));
  const saved = journal.find(find(job.id));
  assertEquals(saved?.files, [{ position: 0, path: "/a.png" }, { position: 1, path: "/a-2.png" }]);
  assertEquals([saved?.state, saved?.open, saved?.attended, saved?.billed], [
    "saved",
    false,
    false,
    1.5,
  ]);
  assertEquals(saved?.destination, { output: "/a.png", isFolder: false });
});

journalTest("the same work is entered once while it is under way", ({ process }) => {
  const job = submitted(process(1));
  const second = process(2).open(open());
  assertEquals([second.existing, second.job.id, second.job.attended], [true, job.id, true]);
  const table: [string, Parameters<typeof draft>[0]][] = [
    ["another plan", { planHash: "other" }],
    ["another service", { endpoint: "https://other.example.test" }],
    ["another account", { account: "other" }],
  ];
  for (const [name, facts] of table) {
    assertEquals(process(2).open(open(facts)).existing, false, name);
  }
  assertEquals(process(2).open(open({}, true)).existing, false, "asked for again");
  process(1).change(change(job.id, { state: "saved", open: false }));
  const again = process(3).open(open());
  assertNotEquals(again.job.id, job.id, "a closed job is not taken for the new one");
});

journalTest("jobs of dead processes come back as orphans, of living ones not", (processes) => {
  const { process, kill } = processes;
  const lost = submitted(process(1), { planHash: "a" });
  submitted(process(2), { planHash: "b" }, "P2");
  submitted(process(1), { planHash: "c", endpoint: "https://other.example.test" }, "P3");
  submitted(process(1), { planHash: "d", account: "other" }, "P4");
  const left = submitted(process(2), { planHash: "e" }, "P5");
  process(2).change(change(left.id, { state: "running", release: true }));
  kill(1);
  const { orphans } = process(3).open(open({ planHash: "new" }));
  assertEquals(orphans.map(({ id }) => id).sort(), [lost.id, left.id].sort());
});

journalTest("what was never sent, or went to a service that is gone, is closed", (processes) => {
  const { process, kill } = processes;
  const unsent = process(1).open(open({ planHash: "a" })).job;
  const practice = submitted(process(1), { planHash: "b", endpoint: "sandbox", sandbox: true });
  const sent = submitted(process(1), { planHash: "c" }, "P2");
  kill(1);
  process(2).open(open({ planHash: "d" }));
  const states = [unsent, practice, sent].map(({ id }) => {
    const job = process(2).find(find(id));
    return [job?.state, job?.open, job?.error?.code];
  });
  assertEquals(states, [
    ["failed", false, "NO_OUTPUT"],
    ["failed", false, "NO_OUTPUT"],
    ["submitted", true, undefined],
  ]);
});

journalTest("a job is taken over once, and only when nobody looks after it", (processes) => {
  const { process, kill } = processes;
  const job = submitted(process(1));
  assertEquals(process(2).claim(claim(job.id)), null, "its process runs");
  assertEquals(process(1).claim(claim(job.id))?.id, job.id, "it is its own");
  kill(1);
  assertEquals(process(2).claim(claim(job.id))?.attended, true);
  assertEquals(process(3).claim(claim(job.id)), null, "another was first");
  process(2).change(change(job.id, { release: true }));
  assertEquals(process(3).claim(claim(job.id))?.id, job.id, "it was let go");
  process(3).change(change(job.id, { open: false }));
  assertEquals(process(3).claim(claim(job.id)), null, "it is closed");
});

journalTest("jobs are found by a beginning that only one has", ({ process, pass }) => {
  const first = submitted(process(1), { planHash: "a" });
  pass(40_000_000);
  const second = submitted(process(1), { planHash: "b" }, "P2");
  const journal = process(1);
  assertEquals(journal.find(find(second.id.toUpperCase()))?.id, second.id);
  assertEquals(journal.find(find(second.id.slice(0, 9)))?.id, second.id);
  assertEquals(journal.find(find(first.id.slice(0, 1))), null);
  assertEquals(journal.find(find("")), null);
  assertEquals(journal.find(find("%")), null);
  assertEquals(journal.find(find("P2"))?.id, second.id, "the service's name for it");
  assert(first.id < second.id);
  assertEquals(first.id.length, 11);
});

journalTest("lists are newest first and filtered; cleaning keeps what is open", (processes) => {
  const { process, pass } = processes;
  const ids = ["a", "b", "c"].map((planHash, index) => {
    pass(1000);
    return submitted(process(1), { planHash, account: planHash }, `P${index}`).id;
  });
  const journal = process(1);
  journal.change(change(ids[1] ?? "", { state: "failed", open: false }));
  const list = (filter: Parameters<typeof journal.list>[0]["filter"]) =>
    journal.list({ filter }).jobs.map(({ id }) => id);
  assertEquals(list({}), ids.toReversed());
  assertEquals(list({ open: true }), [ids[2], ids[0]]);
  assertEquals(list({ open: false }), [ids[1]]);
  assertEquals(list({ account: "c" }), [ids[2]]);
  assertEquals(list({ endpoint: "elsewhere" }), []);
  assertEquals(list({ limit: 1 }), [ids[2]]);
  assertEquals(journal.clean(), { removed: 1, kept: 2 });
  assertEquals(list({}), [ids[2], ids[0]]);
});
