import { assertEquals } from "@std/assert";
import { inHome } from "../testing.ts";
import type { Journal } from "./journal.ts";
import { dayOf } from "./ledger.ts";
import { draft, type Processes, processesAt, submitted } from "./testing.ts";

function ledgerTest(name: string, body: (processes: Processes) => void): void {
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

let jobs = 0;
/** A fresh job that asks the ledger for room. */
function reserve(
  journal: Journal,
  estimated: number | null,
  limit: number | null,
  facts: Parameters<typeof draft>[0] = {},
) {
  const planHash = `reserve ${jobs++}`;
  const { job } = journal.open({
    call: "open",
    draft: draft({ planHash, ...facts }),
    again: false,
  });
  return { id: job.id, ...journal.reserve({ call: "reserve", job: job.id, estimated, limit }) };
}

ledgerTest("a day takes jobs up to its limit, exactly", ({ process }) => {
  const journal = process(1);
  const table: [estimated: number | null, accepted: boolean, spent: number][] = [
    [4, true, 0],
    [6.01, false, 4],
    [null, false, 4],
    [6, true, 4],
    [0, true, 10],
    [0.01, false, 10],
  ];
  for (const [estimated, accepted, spent] of table) {
    const answer = reserve(journal, estimated, 10);
    assertEquals([answer.accepted, answer.spent], [accepted, spent], String(estimated));
  }
  assertEquals(reserve(journal, 99, null).accepted, true, "without a limit");
});

ledgerTest("what is reserved counts before it is sent, a refusal does not", ({ process }) => {
  const journal = process(1);
  assertEquals(reserve(journal, 6, 10).spent, 0);
  const refused = reserve(process(2), 5, 10);
  assertEquals([refused.accepted, refused.spent], [false, 6]);
  const fits = reserve(process(3), 4, 10);
  assertEquals([fits.accepted, fits.spent], [true, 6]);
});

ledgerTest("only the same day, account, service and token count", ({ process, pass }) => {
  const journal = process(1);
  reserve(journal, 8, 10);
  for (
    const facts of [
      { account: "other" },
      { endpoint: "https://other.example.test" },
      { tokenType: "sogni" as const },
    ]
  ) assertEquals(reserve(journal, 8, 10, facts).accepted, true, JSON.stringify(facts));
  assertEquals(reserve(journal, 8, 10).accepted, false);
  pass(24 * 3600 * 1000);
  assertEquals(reserve(journal, 8, 10).accepted, true);
});

ledgerTest("the bill takes the place of the estimate; what was not sent is free", ({ process }) => {
  const journal = process(1);
  const sent = submitted(journal, { planHash: "sent" });
  journal.reserve({ call: "reserve", job: sent.id, estimated: 5, limit: null });
  journal.change({ job: sent.id, change: { billed: 2, state: "saved", open: false } });
  const unsent = reserve(journal, 3, null);
  assertEquals(reserve(journal, 1, 100).spent, 5);
  journal.change({ job: unsent.id, change: { state: "failed", open: false } });
  assertEquals(reserve(journal, 0, 100).spent, 3);
  assertEquals(journal.find({ call: "find", id: sent.id })?.estimated, 5);
});

ledgerTest("a job whose cost nobody knows closes a limited day", ({ process }) => {
  const journal = process(1);
  const unknown = submitted(journal, { planHash: "unknown" });
  const refused = reserve(journal, 1, 100);
  assertEquals([refused.accepted, refused.unknown], [false, [unknown.id]]);
  journal.change({ job: unknown.id, change: { billed: 1 } });
  assertEquals(reserve(journal, 1, 100).accepted, true);
});

ledgerTest("cleaning forgets jobs, not what they cost", ({ process }) => {
  const journal = process(1);
  const sent = submitted(journal);
  journal.change({ job: sent.id, change: { billed: 7, state: "saved", open: false } });
  assertEquals(journal.clean().removed, 1);
  assertEquals(reserve(journal, 0, 100).spent, 7);
});

Deno.test("a day is the one of the calendar", () => {
  assertEquals(dayOf(new Date(2031, 0, 5, 23, 59).getTime()), "2031-01-05");
  assertEquals(dayOf(new Date(2031, 10, 30).getTime()), "2031-11-30");
});
