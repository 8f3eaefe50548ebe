/**
 * Many runs with a fault each, then one collection: what was paid for has to be on disk, once.
 *
 * The service lives in this process; agents are processes that are cut, signalled and killed.
 */
import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import type { Sandbox } from "../../lib/sandbox/options.ts";
import { startSandbox } from "../../lib/sandbox/server.ts";
import { type AgentRun, inPlace, onlyObject, type Place } from "./agent.ts";
import { serviceEnv } from "./service.ts";

/** What goes wrong in one run. */
interface Trouble {
  name: string;
  /** Strikes this run only. */
  fault?: (random: () => number) => FaultRule;
  /** Sent to the process after a random time. */
  signal?: "SIGKILL" | "SIGINT" | "SIGTERM" | "SIGHUP";
}

const PHASES = ["queued", "initiating", "started", "progress", "result", "completed"] as const;
const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)] as T;

const TROUBLES: readonly Trouble[] = [
  { name: "none" },
  ...(["SIGKILL", "SIGKILL", "SIGKILL", "SIGKILL", "SIGINT", "SIGTERM", "SIGHUP"] as const)
    .map((signal) => ({ name: signal, signal })),
  { name: "drop", fault: (random) => ({ fault: "dropSocket", phase: pick(PHASES, random) }) },
  { name: "restart", fault: () => ({ fault: "restart" }) },
  { name: "duplicate", fault: () => ({ fault: "duplicate" }) },
  { name: "reorder", fault: () => ({ fault: "reorder" }) },
  { name: "lose result", fault: () => ({ fault: "loseResult" }) },
  { name: "lose completed", fault: () => ({ fault: "loseCompleted" }) },
  { name: "retry", fault: () => ({ fault: "retry" }) },
  { name: "withheld", fault: () => ({ fault: "filtered" }) },
  {
    name: "failure",
    fault: (random) => ({
      fault: "error",
      level: "output",
      phase: pick(PHASES.slice(1, 5), random),
    }),
  },
  {
    name: "download fails",
    fault: (random) => ({ fault: "downloadStatus", status: 503, times: pick([1, 3], random) }),
  },
  {
    name: "download is cut",
    fault: (random) => ({ fault: "truncateDownload", keep: random(), times: pick([1, 3], random) }),
  },
  {
    name: "slow download, killed",
    fault: () => ({ fault: "slowDownload", pieces: 10, milliseconds: 60, times: 1 }),
    signal: "SIGKILL",
  },
];

/** How many and which. */
export interface SoakOptions {
  runs: number;
  /** Runs at a time. */
  parallel: number;
  seed: number;
  onRun?: (done: number, name: string) => void;
}

/** What came of it; every list holds what should not have happened. */
export interface SoakReport {
  runs: number;
  troubles: Record<string, number>;
  /** Results that the service made. */
  made: number;
  lost: string[];
  paidTwice: string[];
  leftFiles: string[];
  /** Children of the agents that outlived them. */
  leftProcesses: string[];
  /** Runs that were not killed and did not print one object. */
  mute: string[];
  late: string[];
  slowestMs: number;
}

const DEADLINE_MS = 45_000;
/** A signal comes at some moment of a run's first part. */
const SIGNAL_WITHIN_MS = 1500;

/** Runs the soak. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const random = seeded(options.seed);
  const service = await startSandbox({ speed: 1 });
  const report: SoakReport = {
    ...{ runs: options.runs, troubles: {}, made: 0, slowestMs: 0 },
    ...{ lost: [], paidTwice: [], leftFiles: [], leftProcesses: [], mute: [], late: [] },
  };
  try {
    await inPlace(async (place) => {
      let next = 0;
      const work = async () => {
        while (next < options.runs) {
          const number = next++;
          const trouble = pick(TROUBLES, random);
          report.troubles[trouble.name] = (report.troubles[trouble.name] ?? 0) + 1;
          const count = random() < 0.3 ? 2 : 1;
          await oneRun({ place, service, report, number, trouble, count, random });
          options.onRun?.(number + 1, trouble.name);
        }
      };
      await Promise.all(Array.from({ length: options.parallel }, work));
      service.faults.clear();
      await settle(place, service);
      await judge(place, service, report);
    });
  } finally {
    await service.stop();
  }
  return report;
}

interface OneRun {
  place: Place;
  service: Sandbox;
  report: SoakReport;
  number: number;
  trouble: Trouble;
  count: number;
  random: () => number;
}

async function oneRun(
  { place, service, report, number, trouble, count, random }: OneRun,
): Promise<void> {
  const prompt = promptOf(number);
  if (trouble.fault) service.faults.add({ times: 1, ...trouble.fault(random), prompt });
  const { signal } = trouble;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const strike = (child: ChildProcess) => {
    if (!signal) return;
    timer = setTimeout(() => child.kill(signal), random() * SIGNAL_WITHIN_MS);
  };
  const args = ["-t", "30", "-n", String(count), "-o", `${number}.png`, "--json", prompt];
  const run = await place.run(args, {
    env: serviceEnv(service),
    timeoutMs: DEADLINE_MS,
    onStart: strike,
  });
  clearTimeout(timer);
  report.slowestMs = Math.max(report.slowestMs, run.milliseconds);
  const name = `${number} (${trouble.name})`;
  if (run.milliseconds >= DEADLINE_MS) report.late.push(name);
  else if (run.signal !== "SIGKILL" && !isAnswered(run)) report.mute.push(`${name}: ${run.stdout}`);
}

/** An early signal, before the program listens, may end it by the system's own hand. */
function isAnswered(run: AgentRun): boolean {
  if (run.signal !== null && run.stdout === "") return true;
  try {
    return typeof onlyObject(run).success === "boolean";
  } catch {
    return false;
  }
}

/** Collects until nothing is under way any more. */
async function settle(place: Place, service: Sandbox): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const { object } = await place.json(["jobs", "collect"], { env: serviceEnv(service) });
    if ((object.running as unknown[]).length === 0) return;
    // What the service does not know may be a request that was on its way when its sender died.
    if (round > 4 && await allUnknown(service, place)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function allUnknown(service: Sandbox, place: Place): Promise<boolean> {
  const { object } = await place.json(["jobs"], { env: serviceEnv(service) });
  const open = (object.jobs as { status: string; projectIds: string[] }[])
    .filter(({ status }) => status === "running" || status === "unknown");
  const states = await Promise.all(
    open.flatMap(({ projectIds }) => projectIds).map((id) => projectOf(service, id)),
  );
  return states.every((state) => state === undefined);
}

async function judge(place: Place, service: Sandbox, report: SoakReport): Promise<void> {
  const files = readdirSync(place.cwd);
  report.leftFiles = files.filter((name) => !/^\d+(-[\w-]+)?\.png$/.test(name));
  const projects = new Map<number, string[]>();
  for (const data of service.recorder.received("jobRequest")) {
    const { jobID, keyFrames } = data as { jobID: string; keyFrames: { positivePrompt: string }[] };
    const number = Number(/\d+/.exec(keyFrames[0]?.positivePrompt ?? "")?.[0]);
    projects.set(number, [...new Set([...projects.get(number) ?? [], jobID])]);
  }
  for (const [number, ids] of projects) {
    if (ids.length > 1) report.paidTwice.push(`${number}: ${ids.join(", ")}`);
    for (const id of ids) {
      const made = (await projectOf(service, id))?.made ?? 0;
      report.made += made;
      const saved = files.filter((name) => name.split(/[-.]/)[0] === String(number)).length;
      if (saved < made) report.lost.push(`${number}: ${saved} of ${made} (${id})`);
    }
  }
}

interface ServiceProject {
  /** Results that can be had. */
  made: number;
}

async function projectOf(service: Sandbox, id: string): Promise<ServiceProject | undefined> {
  const headers = { "api-key": service.apiKey };
  const answer = await fetch(`${service.restEndpoint}/v2/projects/${id}`, { headers });
  const { data } = await answer.json() as {
    data?: { project: { completedWorkerJobs: Record<string, unknown>[] } };
  };
  if (!answer.ok || !data) return undefined;
  const done = data.project.completedWorkerJobs.filter(({ status, triggeredNSFWFilter }) =>
    status === "jobCompleted" && triggeredNSFWFilter !== true
  );
  return { made: done.length };
}

const promptOf = (number: number) => `kite number ${number}, flying`;

/** The same troubles for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
