/**
 * Runs the tests (`deno task test [PATH...]`, `deno task test unit`). Tests of film and sound need ffmpeg; where the system
 * has none, a static one is fetched through npm into `.cache/ffmpeg`, so that no test is skipped.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { programTests, unitGroups } from "./test_files.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const CACHE = path.join(ROOT, ".cache/ffmpeg");
/** For testing only; nothing of it is part of the program. */
const PACKAGES = ["@ffmpeg-installer/ffmpeg@1.1.0", "@ffprobe-installer/ffprobe@2.1.2"];

function main(): void {
  const folders = ffmpegFolders();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "sogni-tests-"));
  try {
    const { status } = spawnSync(process.execPath, [
      "test",
      "-P",
      `--config=${path.join(ROOT, "deno.json")}`,
      "--no-prompt",
      // `deno task check` has looked at the types, once and not for each run of the tests.
      "--no-check",
      "--parallel",
      ...chosen(process.argv.slice(2), scratch),
    ], {
      cwd: ROOT,
      stdio: "inherit",
      env: {
        ...process.env,
        // Tests give programs a home of their own; deno's cache must not move there with it.
        DENO_DIR: process.env.DENO_DIR ?? denoFolder(),
        DENO_NO_UPDATE_CHECK: "1",
        PATH: [...folders, process.env.PATH ?? ""].join(path.delimiter),
      },
    });
    process.exitCode = status ?? 1;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** The paths as given; `unit`, or all, when none is. */
function chosen(given: readonly string[], scratch: string): readonly string[] {
  const units = () => unitGroups(ROOT, scratch, os.availableParallelism());
  if (given.length === 0) return [...units(), ...programTests(ROOT)];
  return given[0] === "unit" ? units() : given;
}

/** Where this deno keeps its cache. */
function denoFolder(): string {
  const { stdout } = spawnSync(process.execPath, ["info", "--json"], { encoding: "utf8" });
  return (JSON.parse(stdout) as { denoDir: string }).denoDir;
}

/** Folders to put before `PATH`; none when the system has both programs. */
function ffmpegFolders(): string[] {
  if (["ffmpeg", "ffprobe"].every(runs)) return [];
  const programs = () => ["ffmpeg", "ffprobe"].map(fetchedProgram);
  if (programs().includes(undefined)) fetchPrograms();
  const found = programs();
  if (found.includes(undefined)) {
    throw new Error(
      "The tests need ffmpeg and ffprobe: install ffmpeg with your system's package manager.",
    );
  }
  return found.flatMap((program) => program ? [path.dirname(program)] : []);
}

function runs(program: string): boolean {
  return spawnSync(program, ["-version"], { stdio: "ignore" }).status === 0;
}

function fetchPrograms(): void {
  process.stderr.write("ffmpeg was not found; fetching a static one for the tests...\n");
  fs.mkdirSync(CACHE, { recursive: true });
  fs.writeFileSync(path.join(CACHE, "package.json"), '{"private":true}\n');
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  spawnSync(npm, ["install", "--silent", "--no-save", "--no-fund", "--no-audit", ...PACKAGES], {
    cwd: CACHE,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}

function fetchedProgram(name: string): string | undefined {
  const base = path.join(CACHE, "node_modules", `@${name}-installer`);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const file = path.join(base, `${process.platform}-${process.arch}`, name + suffix);
  if (!fs.existsSync(file)) return undefined;
  fs.chmodSync(file, 0o755);
  return file;
}

if (import.meta.main) main();
