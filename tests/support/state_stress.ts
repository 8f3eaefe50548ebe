/**
 * Crowds of processes change the state of one home at once, and one in five is killed at a random
 * moment. What was acknowledged has to be there, every file readable, and nobody waits for the dead.
 */
import type { ChildProcess } from "node:child_process";
import { Buffer } from "node:buffer";
import { existsSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { Sandbox } from "../../lib/sandbox/options.ts";
import { startSandbox } from "../../lib/sandbox/server.ts";
import { inPlace, type Place } from "./agent.ts";
import { serviceEnv } from "./service.ts";

/** How long and how crowded. */
export interface StressOptions {
  rounds: number;
  /** Processes at once in each round; one in five is killed. */
  processes: number;
  onRound?: (done: number, report: StressReport) => void;
}

/** What came of it; every list holds what should not have happened. */
export interface StressReport {
  processes: number;
  /** Processes that really died by SIGKILL. */
  killed: number;
  acknowledged: Record<Kind, number>;
  lost: string[];
  unreadable: string[];
  /** Runs that nobody killed and that failed all the same. */
  failed: string[];
  /** Temporary files beside the state when all is over. */
  leftFiles: string[];
  /** Longest wait of a change when the crowd is gone, in milliseconds. */
  lastChangeMs: number;
}

type Kind = "memory" | "persona" | "render";

/** Of ten processes: four memories, three personas, three renders. */
const MIX: readonly Kind[] = [
  ...["memory", "persona", "render", "memory", "persona"] as const,
  ...["render", "memory", "persona", "render", "memory"] as const,
];
const VICTIM_EVERY = 5;

/** Runs the crowds and judges after each round. */
export async function stressState(options: StressOptions): Promise<StressReport> {
  const service = await startSandbox({ speed: 0 });
  try {
    let report: StressReport | undefined;
    await inPlace(async (place) => {
      report = await new Crowd(place, service).run(options);
    });
    if (!report) throw new Error("the stress did not run");
    return report;
  } finally {
    await service.stop();
  }
}

class Crowd {
  readonly #place: Place;
  readonly #env: Record<string, string>;
  readonly #state: string;
  /** Values by name: what was tried, and what the program said it had done. */
  readonly #attempted: Record<Kind, Map<string, string>>;
  readonly #acknowledged: Record<Kind, Map<string, string>>;
  /** Job ids by prompt, as seen so far: the list shows the newest hundred. */
  readonly #savedJobs = new Map<string, string>();
  /** How long a process of a kind lives in the crowd; victims die somewhere in that time. */
  readonly #lifeMs: Record<Kind, number> = { memory: 500, persona: 500, render: 1500 };
  readonly #report: StressReport = {
    ...{ processes: 0, killed: 0, acknowledged: { memory: 0, persona: 0, render: 0 } },
    ...{ lost: [], unreadable: [], failed: [], leftFiles: [], lastChangeMs: 0 },
  };

  constructor(place: Place, service: Sandbox) {
    this.#place = place;
    this.#env = serviceEnv(service);
    this.#state = path.join(place.home, ".config", "sogni");
    const byKind = () => ({ memory: new Map(), persona: new Map(), render: new Map() });
    this.#attempted = byKind();
    this.#acknowledged = byKind();
  }

  async run({ rounds, processes, onRound }: StressOptions): Promise<StressReport> {
    for (let round = 0; round < rounds; round++) {
      const crowd: Promise<void>[] = [];
      for (let number = 0; number < processes; number++) {
        const kind = MIX[number % MIX.length] ?? "memory";
        // Each round takes victims of other kinds.
        const dies = (number + round) % VICTIM_EVERY === 0;
        crowd.push(this.#start(kind, `${kind}-${round}-${number}`, dies));
      }
      await Promise.all(crowd);
      await this.#judge();
      onRound?.(round + 1, this.#report);
      if (this.#report.lost.length + this.#report.unreadable.length > 0) break;
    }
    for (const kind of ["memory", "persona", "render"] as const) {
      const startedAt = performance.now();
      await this.#start(kind, `${kind}-last`, false);
      this.#report.lastChangeMs = Math.max(
        this.#report.lastChangeMs,
        performance.now() - startedAt,
      );
    }
    await this.#judge();
    await this.#judgeOldestJob();
    const files = await fs.readdir(this.#state, { recursive: true });
    this.#report.leftFiles = files.filter((name) => /\.tmp$|\.damaged-|\.adding-/.test(name));
    return this.#report;
  }

  async #start(kind: Kind, name: string, dies: boolean): Promise<void> {
    const value = `value of ${name} `.repeat(dies ? 500 : 1).trim();
    this.#attempted[kind].set(name, value);
    if (kind === "persona") await fs.writeFile(this.#place.path(`${name}.jpg`), photo(name));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const strike = (child: ChildProcess) => {
      if (!dies) return;
      timer = setTimeout(() => child.kill("SIGKILL"), Math.random() * this.#lifeMs[kind]);
    };
    const { code, signal, stdout, stderr, milliseconds } = await this.#place.run(
      [...commandLine(kind, name, value), "--json"],
      { env: this.#env, onStart: strike },
    );
    clearTimeout(timer);
    this.#report.processes += 1;
    if (signal === "SIGKILL") this.#report.killed += 1;
    else {
      this.#lifeMs[kind] = 0.8 * this.#lifeMs[kind] + 0.2 * milliseconds;
      if (code !== 0) this.#report.failed.push(`${name}: ${stdout}${stderr}`);
    }
    if (!stdout.includes('"success":true')) return;
    this.#acknowledged[kind].set(name, value);
    this.#report.acknowledged[kind] += 1;
  }

  async #judge(): Promise<void> {
    await this.#judgeList("memory", ["--memory-list"], "memories", (item) => ({
      name: String(item.key),
      value: String(item.value),
    }));
    const personas = await this.#judgeList("persona", ["--persona-list"], "personas", (item) => ({
      name: String(item.name),
      value: String(item.description),
    }));
    for (const { name, photoPath } of personas) {
      const bytes = await fs.readFile(String(photoPath), "latin1").catch(() => "");
      if (bytes !== photo(String(name)).toString("latin1")) {
        this.#report.unreadable.push(`photo of ${name}`);
      }
    }
    await this.#judgeRenders();
  }

  /** What a list command shows, against what was tried and acknowledged. */
  async #judgeList(
    kind: Kind,
    args: readonly string[],
    field: string,
    read: (item: Record<string, unknown>) => { name: string; value: string },
  ): Promise<Record<string, unknown>[]> {
    const { code, object, stderr } = await this.#place.json(args, { env: this.#env });
    const items = object[field];
    if (code !== 0 || !Array.isArray(items)) {
      this.#report.unreadable.push(`${args[0]}: ${JSON.stringify(object)}${stderr}`);
      return [];
    }
    const found = new Map<string, string>();
    for (const item of items as Record<string, unknown>[]) {
      const { name, value } = read(item);
      if (found.has(name)) this.#report.unreadable.push(`${name} is there twice`);
      found.set(name, value);
      if (this.#attempted[kind].get(name) !== value) {
        this.#report.unreadable.push(`${name} is mixed up: ${value}`);
      }
    }
    for (const [name, value] of this.#acknowledged[kind]) {
      if (found.get(name) !== value) this.#report.lost.push(`${kind} ${name}`);
    }
    return items as Record<string, unknown>[];
  }

  /** Acknowledged renders are on disk and in the journal, and the last render is one of ours. */
  async #judgeRenders(): Promise<void> {
    const { code, object } = await this.#place.json(["jobs"], { env: this.#env });
    const jobs = object.jobs as { prompt: string; status: string; jobId: string }[] | undefined;
    if (code !== 0 || !jobs) {
      this.#report.unreadable.push(`jobs: ${JSON.stringify(object)}`);
      return;
    }
    for (const { prompt, status, jobId } of jobs) {
      if (status === "saved") this.#savedJobs.set(prompt, jobId);
    }
    for (const [name, value] of this.#acknowledged.render) {
      if (!existsSync(this.#place.path(`${name}.png`))) this.#report.lost.push(`file of ${name}`);
      if (!this.#savedJobs.has(value)) this.#report.lost.push(`job of ${name}`);
    }
    if (this.#acknowledged.render.size === 0) return;
    const last = (await this.#place.json(["--last"], { env: this.#env })).object;
    if (![...this.#attempted.render.values()].includes(String(last.prompt))) {
      this.#report.unreadable.push(`--last: ${JSON.stringify(last)}`);
    }
  }

  /** The first of all jobs has fallen off the list; the journal still has it. */
  async #judgeOldestJob(): Promise<void> {
    const [jobId] = this.#savedJobs.values();
    if (jobId === undefined) return;
    const { code } = await this.#place.json(["jobs", "status", jobId], { env: this.#env });
    if (code !== 0) this.#report.lost.push(`job ${jobId}`);
  }
}

function commandLine(kind: Kind, name: string, value: string): string[] {
  switch (kind) {
    case "memory":
      return ["--memory-set", name, value];
    case "persona":
      return ["--persona-add", name, "--ref", `${name}.jpg`, "--description", value];
    case "render":
      return ["-q", "-w", "256", "-h", "256", "-o", `${name}.png`, value];
  }
}

/** A photo that no other persona has. */
function photo(name: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(name.repeat(2000))]);
}
