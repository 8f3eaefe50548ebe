/**
 * Times the executable against an empty program compiled by the same deno, run by run in turn, and
 * prints the medians of the ratios with the peak memory. `--check` fails when a promise is broken;
 * `--slack 1.3` allows for a machine that does other things at the same time.
 *
 *     deno task bench [--check] [--slack 1.3] [--runs 15] [--walls]
 *
 * With `--walls` only what the walls cost is measured, and nothing else. It needs a machine without
 * other work: the difference of two runs is small beside what others take.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { median, print, type Run, time } from "./bench_time.ts";
import { measureWalls } from "./bench_walls.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const AGENT = path.join(ROOT, "dist/sogni-agent");
/** Limits of time are multiplied by this; those of size and memory are not. */
const SLACK = Number(option("--slack") ?? 1);

/** Runs in which the peak memory is read. */
const MEMORY_RUNS = 5;

/** What the empty program takes on a machine that keeps the promises in milliseconds. */
const QUICK_START_MS = 30;

/** What is promised. */
interface Case {
  name: string;
  args: string[];
  /** Median time as a multiple of the empty program's. */
  maxRatio?: number;
  /**
   * Median milliseconds without the service's own simulated work, where the empty program is as
   * quick as {@linkcode QUICK_START_MS}.
   */
  maxExtraMs?: number;
  /** Median milliseconds, where the empty program is as quick as {@linkcode QUICK_START_MS}. */
  maxMs?: number;
  /** One line for its input; the time ends with the first line that it answers. */
  line?: string;
  /** The service's simulated work in this case, milliseconds. */
  simulatedMs?: number;
  maxMiB?: number;
}

const CASES: readonly Case[] = [
  { name: "--version", args: ["--version"], maxRatio: 1.25 },
  { name: "--help", args: ["--help"], maxRatio: 1.35 },
  { name: "--last --json", args: ["--last", "--json"], maxRatio: 1.5 },
  { name: "a bad flag", args: ["--wdith", "5", "x"] },
  { name: "--memory-list --json", args: ["--memory-list", "--json"], maxRatio: 1.5 },
  {
    name: "the MCP server's answer to a greeting",
    args: ["mcp"],
    line: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: "bench", version: "1" },
      },
    }),
    maxMs: 150,
  },
  {
    name: "one sandbox image",
    args: ["--sandbox", "-q", "-o", "bench.png", "a lighthouse at dusk"],
    maxExtraMs: 350,
    simulatedMs: 150,
    maxMiB: 110,
  },
];

async function main(): Promise<void> {
  const runs = Number(option("--runs") ?? 15);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-bench-"));
  try {
    const home = await prepareHome(folder);
    if (process.argv.includes("--walls")) {
      const held = await measureWalls(AGENT, folder, home, runs, SLACK);
      if (!held && process.argv.includes("--check")) process.exitCode = 1;
      return;
    }
    const empty = await compileEmpty(folder);
    const sizes = await Promise.all([AGENT, empty].map(async (file) => (await fs.stat(file)).size));
    const extra = ((sizes[0] ?? 0) - (sizes[1] ?? 0)) / 1024 / 1024;
    print(`size: ${extra.toFixed(2)} MiB above an empty program (limit 3)`);
    const broken = extra > 3 ? ["size"] : [];
    for (const item of CASES) {
      const held = await measure(item, empty, home, runs) ||
        await measure({ ...item, name: `${item.name} (again)` }, empty, home, runs);
      if (!held) broken.push(item.name);
    }
    if (!await measureConcat(folder, runs)) broken.push("concat");
    print(broken.length === 0 ? "every promise held" : `broken: ${broken.join(", ")}`);
    if (broken.length > 0 && process.argv.includes("--check")) process.exitCode = 1;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function measure(item: Case, empty: string, home: string, runs: number): Promise<boolean> {
  const ours: Run[] = [];
  const base: Run[] = [];
  for (let round = -1; round < runs; round++) {
    const a = await time(AGENT, item.args, home, item);
    const b = await time(empty, [], home);
    if (round >= 0) {
      ours.push(a);
      base.push(b);
    }
  }
  // Looking at memory costs time, so that it gets runs of its own.
  const peaks: number[] = [];
  for (let run = 0; run < MEMORY_RUNS; run++) {
    peaks.push((await time(AGENT, item.args, home, item, true)).peakMiB);
  }
  const ms = median(ours.map(({ milliseconds }) => milliseconds));
  const emptyMs = median(base.map(({ milliseconds }) => milliseconds));
  const mib = median(peaks);
  // Pair by pair, so that a machine whose pace drifts meanwhile changes nothing.
  const ratio = median(
    ours.map(({ milliseconds }, at) => milliseconds / (base[at]?.milliseconds ?? milliseconds)),
  );
  const extraMs = ms - (item.simulatedMs ?? 0);
  // A slower machine, or one with other work to do, is given time in proportion.
  const pace = Math.max(1, emptyMs / QUICK_START_MS);
  const maxMs = (item.maxMs ?? 0) * pace;
  const maxExtraMs = (item.maxExtraMs ?? 0) * pace;
  const held = (item.maxRatio === undefined || ratio <= item.maxRatio * SLACK) &&
    (item.maxMs === undefined || ms <= maxMs * SLACK) &&
    (item.maxExtraMs === undefined || extraMs <= maxExtraMs * SLACK) &&
    (item.maxMiB === undefined || mib <= item.maxMiB);
  const limits = [
    item.maxMs === undefined ? "" : `at most ${maxMs.toFixed(0)} ms`,
    item.maxRatio === undefined ? "" : `ratio at most ${item.maxRatio}`,
    item.maxExtraMs === undefined
      ? ""
      : `${extraMs.toFixed(0)} ms beside the simulated work, at most ${maxExtraMs.toFixed(0)}`,
    item.maxMiB === undefined ? "" : `at most ${item.maxMiB} MiB`,
  ].filter((limit) => limit !== "").join(", ");
  print(
    `${item.name}: ${ms.toFixed(1)} ms, ${ratio.toFixed(2)} times the empty program's ` +
      `${emptyMs.toFixed(1)} ms, peak ${mib.toFixed(1)} MiB${limits ? ` (${limits})` : ""}` +
      `${held ? "" : "  BROKEN"}`,
  );
  return held;
}

/** Joining two clips that match, against plain stream copy by ffmpeg. */
const MAX_CONCAT_RATIO = 1.5;

async function measureConcat(folder: string, runs: number): Promise<boolean> {
  if (spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status !== 0) {
    print("concat: not measured, there is no ffmpeg here");
    return true;
  }
  const clips = ["a.mp4", "b.mp4"].map((name) => path.join(folder, name));
  for (const [index, clip] of clips.entries()) makeClip(clip, 300 + index * 200);
  const list = path.join(folder, "list.txt");
  await fs.writeFile(list, clips.map((clip) => `file '${clip}'\n`).join(""));
  const plain = [
    "-v",
    "error",
    "-y",
    "-f",
    "concat",
    "-safe",
    "0",
    "-i",
    list,
    "-c",
    "copy",
    "p.mp4",
  ];
  const ours: number[] = [];
  const base: number[] = [];
  for (let round = -1; round < runs; round++) {
    const a = await time(AGENT, ["-q", "--concat-videos", "o.mp4", ...clips], folder);
    const b = await time("ffmpeg", plain, folder);
    if (round < 0) continue;
    ours.push(a.milliseconds);
    base.push(b.milliseconds);
  }
  const ratio = median(ours) / median(base);
  print(
    `concat of two 10 s 720p clips that match: ${median(ours).toFixed(1)} ms, ` +
      `${ratio.toFixed(2)} times ffmpeg's plain copy of ${median(base).toFixed(1)} ms ` +
      `(ratio at most ${MAX_CONCAT_RATIO})${ratio <= MAX_CONCAT_RATIO * SLACK ? "" : "  BROKEN"}`,
  );
  return ratio <= MAX_CONCAT_RATIO * SLACK;
}

function makeClip(file: string, tone: number): void {
  const { status } = spawnSync("ffmpeg", [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=24:d=10"],
    ...["-f", "lavfi", "-i", `sine=frequency=${tone}:sample_rate=44100:duration=10`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
    ...["-c:a", "aac", "-ac", "2", "-shortest", file],
  ], { stdio: "ignore" });
  if (status !== 0) throw new Error("ffmpeg could not make a clip");
}

async function compileEmpty(folder: string): Promise<string> {
  const source = path.join(folder, "empty");
  await fs.mkdir(source);
  await fs.writeFile(path.join(source, "main.js"), "");
  await fs.writeFile(path.join(source, "deno.json"), "{}");
  const output = path.join(folder, "empty-program");
  const { status } = spawnSync(
    process.env.DENO_COMPILE ?? process.execPath,
    [
      "compile",
      "--quiet",
      "--no-lock",
      "--no-check",
      "--no-code-cache",
      "--output",
      output,
      "main.js",
    ],
    { cwd: source, stdio: "inherit" },
  );
  if (status !== 0) throw new Error("the empty program could not be compiled");
  return output;
}

/** A home with a render on record and a few memories, so that the state commands have work. */
async function prepareHome(folder: string): Promise<string> {
  const home = path.join(folder, "home");
  await fs.mkdir(home);
  await time(AGENT, ["--sandbox", "-q", "-o", "first.png", "a lighthouse"], home);
  await time(AGENT, ["--memory-set", "style", "ink wash"], home);
  return home;
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

if (import.meta.main) await main();
