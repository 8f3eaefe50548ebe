/** What the walls cost: the executable against the same program built without them, in turn. */
import { type Plugin, stop } from "esbuild";
import * as path from "node:path";
import { print, time } from "./bench_time.ts";
import { buildBundle } from "./build.ts";
import { compileBundle } from "./compile.ts";

/** A command line, and what the walls may cost it. */
interface WallCase {
  name: string;
  args: string[];
  maxMs: number;
  maxMiB: number;
}

/** Nothing is what cannot be told from the differences between two runs. */
const NOTHING = { maxMs: 3, maxMiB: 2 } as const;

const CASES: readonly WallCase[] = [
  {
    name: "one sandbox image",
    args: ["--sandbox", "-q", "-o", "walls.png", "a lighthouse at dusk"],
    maxMs: 30,
    maxMiB: 20,
  },
  { name: "--version", args: ["--version"], ...NOTHING },
  { name: "--help", args: ["--help"], ...NOTHING },
  { name: "--last --json", args: ["--last", "--json"], ...NOTHING },
  { name: "--memory-list --json", args: ["--memory-list", "--json"], ...NOTHING },
];

const MEMORY_RUNS = 7;

/**
 * Prints what they add to time and peak memory.
 *
 * @param folder where the program without walls is built
 * @returns whether every promise was held
 */
export async function measureWalls(
  agent: string,
  folder: string,
  home: string,
  runs: number,
  slack: number,
): Promise<boolean> {
  const open = await compileWithoutWalls(folder);
  /** What `agent` takes beyond `open`: of each the lower quartile, which other work disturbs least. */
  async function inTurn(
    rounds: number,
    take: (program: string) => Promise<number>,
  ): Promise<number> {
    const walled: number[] = [];
    const plain: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const pair = [await take(agent), await take(open)] as const;
      if (round < 0) continue;
      walled.push(pair[0]);
      plain.push(pair[1]);
    }
    return lowerQuartile(walled) - lowerQuartile(plain);
  }
  let held = true;
  for (const { name, args, maxMs, maxMiB } of CASES) {
    const ms = await inTurn(
      runs,
      async (program) => (await time(program, args, home)).milliseconds,
    );
    const mib = await inTurn(
      MEMORY_RUNS,
      async (program) => (await time(program, args, home, {}, true)).peakMiB,
    );
    const within = ms <= maxMs * slack && mib <= maxMiB;
    held &&= within;
    print(
      `the walls cost ${name}: ${ms.toFixed(1)} ms (at most ${maxMs}), ` +
        `${mib.toFixed(1)} MiB (at most ${maxMiB})${within ? "" : "  BROKEN"}`,
    );
  }
  return held;
}

async function compileWithoutWalls(folder: string): Promise<string> {
  const bundle = path.join(folder, "without-walls");
  await buildBundle(bundle, `${bundle}.meta.json`, [withoutWalls]);
  const program = path.join(folder, "without-walls-agent");
  await compileBundle(bundle, program);
  await stop();
  return program;
}

const withoutWalls: Plugin = {
  name: "without-walls",
  setup(builder) {
    builder.onLoad({ filter: /platform[/\\]has_wall\.ts$/ }, () => ({
      contents: "export const hasWall = false;",
      loader: "ts",
    }));
  },
};

function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;
}
