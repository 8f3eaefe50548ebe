/** Answers requests to the journal of this machine's user. */
import { setInterval } from "node:timers";
import type { HostFacts } from "../../platform/host.ts";
import type { AskJournal, JournalCall, JournalRequest } from "../../platform/journal.ts";
import { statePaths } from "../paths.ts";
import { Journal } from "./journal.ts";
import { isDamage, openDatabase } from "./open_database.ts";
import { BEAT_INTERVAL_MS, createOwnerCheck } from "./owner.ts";

/** A journal that opens its database at the first request. */
export interface JournalServer {
  ask: AskJournal;
  close(): Promise<void>;
}

/** Makes the server of the journal that the environment names (`SOGNI_JOBS_PATH`). */
export function createJournalServer(
  facts: Pick<HostFacts, "env" | "home" | "cwd" | "pid">,
): JournalServer {
  let opened: Promise<Journal> | undefined;
  let notes: string[] = [];
  let beat: { unref(): void; close?: () => void } | undefined;

  async function open(): Promise<Journal> {
    const path = statePaths(facts).jobs;
    const { database, keptAt } = await openDatabase(path);
    if (keptAt) {
      notes.push(
        `the journal of jobs (${path}) was damaged; it was kept as ${keptAt} and a new one begun.`,
      );
    }
    const options = { pid: facts.pid, now: Date.now, isAttended: createOwnerCheck(Date.now) };
    const journal = new Journal(database, options);
    // Long jobs say now and then that somebody looks after them.
    beat = setInterval(() => {
      try {
        journal.beat();
      } catch {
        // The next beat may succeed; until several fail the job counts as looked after.
      }
    }, BEAT_INTERVAL_MS);
    beat.unref();
    return journal;
  }

  async function answer(request: JournalRequest): Promise<unknown> {
    const journal = await (opened ??= open());
    const result = dispatch(journal, request);
    if (notes.length === 0 || !(request.call === "open" || request.call === "list")) return result;
    const told = { ...result as object, notes };
    notes = [];
    return told;
  }

  async function ask(request: JournalRequest): Promise<unknown> {
    try {
      return await answer(request);
    } catch (error) {
      // A failed opening is tried again at the next request; damage found later is repaired by it.
      if (isDamage(error)) await close();
      opened = undefined;
      throw error;
    }
  }

  async function close(): Promise<void> {
    const journal = await opened?.catch(() => undefined);
    clearInterval(beat as unknown as number);
    opened = undefined;
    journal?.database.close();
  }

  return { ask: ask as AskJournal, close };
}

function dispatch(journal: Journal, request: JournalRequest): unknown {
  const calls: { [Call in JournalCall]: (request: JournalRequest<Call>) => unknown } = {
    open: (given) => journal.open(given),
    sending: (given) => journal.sending(given),
    change: (given) => journal.change(given),
    claim: (given) => journal.claim(given),
    find: (given) => journal.find(given),
    list: (given) => journal.list(given),
    reserve: (given) => journal.reserve(given),
    clean: () => journal.clean(),
  };
  const call = calls[request.call] as ((given: JournalRequest) => unknown) | undefined;
  if (!call) throw new Error(`the journal has no request ${String(request.call)}`);
  return call(request);
}
