/**
 * Many runs with a fault each, then one collection: what was paid for has to be on disk, once.
 *
 * The service lives in this process; agents are processes that are cut, signalled and killed.
 */
import { type ChildProcess, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import type { Sandbox } from "../../lib/sandbox/options.ts";
import { startSandbox } from "../../lib/sandbox/server.ts";
import { type AgentRun, inPlace, onlyObject, type Place } from "./agent.ts";
import { serviceEnv } from "./service.ts";
import { SmallDisks } from "./small_disks.ts";
import { type Failure, openLine } from "./weather.ts";

/** What goes wrong in one run. */
interface Trouble {
  name: string;
  /** Strikes this run only. */
  fault?: (random: () => number) => FaultRule;
  /** Sent to the process after a random time. */
  signal?: "SIGKILL" | "SIGINT" | "SIGTERM" | "SIGHUP";
  /** What becomes of the line of the socket after a random number of bytes. */
  line?: Failure;
  /** The results go to a disk of their own. */
  disk?: "full" | "frozen";
  /** Nothing comes any more: the run has this many seconds. */
  seconds?: number;
}

const PHASES = ["queued", "initiating", "started", "progress", "result", "completed"] as const;
const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)] as T;

/** With the wait for a cancellation that is never answered this stays within the deadline. */
const SHORT = { seconds: 8 } as const;

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
  {
    name: "download is no picture",
    fault: () => ({ fault: "wrongType", contentType: "text/html", body: "<p>no</p>", times: 1 }),
  },
  { name: "stall", fault: (random) => ({ fault: "stall", phase: pick(PHASES, random) }), ...SHORT },
  { name: "lose request", fault: () => ({ fault: "loseRequest" }), ...SHORT },
  { name: "silent greeting", fault: () => ({ fault: "noAuthenticated" }), ...SHORT },
  { name: "late upgrade", fault: () => ({ fault: "delayUpgrade", milliseconds: 900 }) },
  { name: "refused upgrade", fault: () => ({ fault: "refuseUpgrade", status: 503 }) },
  { name: "429", fault: () => ({ fault: "rest", status: 429, retryAfter: 1 }) },
  { name: "5xx", fault: (random) => ({ fault: "rest", status: pick([500, 502, 503], random) }) },
  { name: "page for an answer", fault: () => ({ fault: "rest", status: 200, body: "html" }) },
  { name: "malformed answer", fault: () => ({ fault: "rest", status: 200, body: "malformed" }) },
  { name: "empty answer", fault: () => ({ fault: "rest", status: 200, body: "empty" }) },
  { name: "reset", line: "reset" },
  { name: "half-close", line: "half-close" },
  { name: "silence", line: "silence", ...SHORT },
  { name: "full disk", disk: "full" },
  { name: "read-only disk", disk: "frozen" },
];

/** Faults of the socket's opening and of REST calls know no prompt: they strike whoever is next. */
const NAMELESS = /upgrade|greeting|answer|429|5xx/;

/** How many and which. */
export interface SoakOptions {
  runs: number;
  /** Runs at a time. */
  parallel: number;
  seed: number;
  /** Troubles with this in their name. */
  only?: string;
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
/** About what one run hears from the socket. */
const SOCKET_BYTES = 8000;

/** Runs the soak. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const random = seeded(options.seed);
  const names = new Map<number, string>();
  const troubles = TROUBLES.filter(({ name }) => name.includes(options.only ?? ""));
  const service = await startSandbox({ speed: 1 });
  const disks = new SmallDisks();
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
          const trouble = pick(troubles, random);
          report.troubles[trouble.name] = (report.troubles[trouble.name] ?? 0) + 1;
          names.set(number, trouble.name);
          const count = random() < 0.3 ? 2 : 1;
          await oneRun({ place, service, disks, report, number, trouble, count, random });
          options.onRun?.(number + 1, trouble.name);
        }
      };
      try {
        await Promise.all(Array.from({ length: options.parallel }, work));
        service.faults.clear();
        disks.mend();
        await settle(place, service);
        await judge(place, service, report, names);
      } finally {
        disks.unmount();
      }
    });
  } finally {
    await service.stop();
  }
  return report;
}

interface OneRun {
  place: Place;
  service: Sandbox;
  disks: SmallDisks;
  report: SoakReport;
  number: number;
  trouble: Trouble;
  count: number;
  random: () => number;
}

async function oneRun(
  { place, service, disks, report, number, trouble, count, random }: OneRun,
): Promise<void> {
  const { signal, disk, seconds = 30 } = trouble;
  if (trouble.fault) {
    const target = NAMELESS.test(trouble.name) ? {} : { prompt: promptOf(number) };
    service.faults.add({ times: 1, ...trouble.fault(random), ...target });
  }
  const line = trouble.line &&
    await openLine(service.socketEndpoint, trouble.line, Math.ceil(random() * SOCKET_BYTES));
  const folder = place.path(String(number));
  const mounted = disk !== undefined && disks.mount(folder, disk === "full" ? 16 : 4096);
  const timers: ReturnType<typeof setTimeout>[] = [];
  const strike = (child: ChildProcess) => {
    const after = random() * SIGNAL_WITHIN_MS;
    if (signal) timers.push(setTimeout(() => child.kill(signal), after));
    if (mounted && disk === "frozen") timers.push(setTimeout(() => disks.freeze(folder), after));
  };
  const output = mounted ? `${number}/${number}.png` : `${number}.png`;
  const args = ["-t", String(seconds), "-n", String(count), "-o", output, "--json"];
  const run = await place.run([...args, promptOf(number)], {
    env: {
      ...environment(place, service),
      ...(line ? { SOGNI_SOCKET_ENDPOINT: line.endpoint } : {}),
    },
    timeoutMs: DEADLINE_MS,
    onStart: strike,
  });
  for (const timer of timers) clearTimeout(timer);
  line?.close();
  report.slowestMs = Math.max(report.slowestMs, Math.round(run.milliseconds));
  const name = `${number} (${trouble.name})`;
  if (run.milliseconds >= DEADLINE_MS) report.late.push(name);
  else if (run.signal !== "SIGKILL" && !isAnswered(run)) report.mute.push(`${name}: ${run.stdout}`);
}

/** Temporary folders are looked through at the end, too. */
function environment(place: Place, service: Sandbox): Record<string, string> {
  const folder = join(place.home, "tmp");
  mkdirSync(folder, { recursive: true });
  return { ...serviceEnv(service), TMPDIR: folder };
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
    const { object } = await place.json(["jobs", "collect"], { env: environment(place, service) });
    if ((object.running as unknown[]).length === 0) return;
    // What the service does not know may be a request that was on its way when its sender died.
    if (round > 4 && await allUnknown(service, place)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function allUnknown(service: Sandbox, place: Place): Promise<boolean> {
  const { object } = await place.json(["jobs"], { env: environment(place, service) });
  const open = (object.jobs as { status: string; projectIds: string[] }[])
    .filter(({ status }) => status === "running" || status === "unknown");
  const states = await Promise.all(
    open.flatMap(({ projectIds }) => projectIds).map((id) => projectOf(service, id)),
  );
  return states.every((state) => state === undefined);
}

async function judge(
  place: Place,
  service: Sandbox,
  report: SoakReport,
  names: ReadonlyMap<number, string>,
): Promise<void> {
  const files = filesBelow(place.cwd).map((path) => path.replace(/^\d+\//, ""));
  report.leftFiles = [
    ...files.filter((name) => !/^\d+(-[\w-]+)?\.png$/.test(name)),
    ...filesBelow(place.home).filter((name) => /(?:^tmp\/|\.tmp\b|\.part)/.test(name)),
  ];
  report.leftProcesses = processesIn(place.cwd);
  const projects = new Map<number, string[]>();
  for (const data of service.recorder.received("jobRequest")) {
    const { jobID, keyFrames } = data as { jobID: string; keyFrames: { positivePrompt: string }[] };
    const number = Number(/\d+/.exec(keyFrames[0]?.positivePrompt ?? "")?.[0]);
    projects.set(number, [...new Set([...projects.get(number) ?? [], jobID])]);
  }
  for (const [number, ids] of projects) {
    const run = `${number} (${names.get(number)})`;
    if (ids.length > 1) report.paidTwice.push(`${run}: ${ids.join(", ")}`);
    for (const id of ids) {
      const made = (await projectOf(service, id))?.made ?? 0;
      report.made += made;
      const saved = files.filter((name) => name.split(/[-.]/)[0] === String(number)).length;
      if (saved < made) report.lost.push(`${run}: ${saved} of ${made} (${id})`);
    }
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Programs that still work in a folder; empty where the system cannot tell. */
function processesIn(folder: string): string[] {
  const script = 'for p in /proc/[0-9]*; do case "$(readlink "$p/cwd")" in ' +
    '"$0"*) tr "\\0" " " <"$p/cmdline"; echo;; esac; done';
  const { stdout } = spawnSync("sh", ["-c", script, folder], { encoding: "utf8" });
  return (stdout ?? "").split("\n").filter((line) => line !== "");
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
