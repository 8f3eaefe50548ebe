/** Finds ffmpeg and ffprobe, and says what is wrong when they cannot be used. */
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import { childEnvironment } from "./child_environment.ts";
import { refuseControlCharacters } from "../local_path.ts";

const HINT = "Install it (macOS: brew install ffmpeg; Debian and Ubuntu: sudo apt-get install -y " +
  "ffmpeg; Windows: winget install ffmpeg) or set FFMPEG_PATH to the program.";

const checked = new WeakMap<Host, Promise<string>>();

/** The program to start for ffmpeg: `FFMPEG_PATH` as it is, or the name that `PATH` resolves. */
export function ffmpegProgram(host: Host): string {
  return programOf(host, "FFMPEG_PATH", "ffmpeg");
}

/** The same for ffprobe; it is not looked for beside ffmpeg. */
export function ffprobeProgram(host: Host): string {
  return programOf(host, "FFPROBE_PATH", "ffprobe");
}

/**
 * Starts `ffmpeg -version` once for each host and returns the program.
 *
 * @param purpose what needs it, for the message: `--concat-videos`
 * @throws AppError `MISSING_FFMPEG`, `INVALID_FFMPEG`, `INVALID_PATH`
 */
export async function findFfmpeg(host: Host, purpose: string): Promise<string> {
  const program = ffmpegProgram(host);
  const known = checked.get(host);
  if (known) return await known;
  const check = checkVersion(host, program, purpose);
  checked.set(host, check);
  check.catch(() => checked.delete(host));
  return await check;
}

/**
 * Cheaper than {@link findFfmpeg}, for work that most likely needs no ffmpeg at all: a program on
 * `PATH` is only looked up; what `FFMPEG_PATH` names is started as usual.
 */
export async function requireFfmpeg(host: Host, purpose: string): Promise<void> {
  if (host.facts.env.FFMPEG_PATH || !(await isOnPath(host, "ffmpeg"))) {
    await findFfmpeg(host, purpose);
  }
}

/** The error for an ffmpeg that cannot be started. */
export function missingFfmpeg(program: string, purpose: string, cause?: unknown): AppError {
  return new AppError("MISSING_FFMPEG", `ffmpeg is needed for ${purpose} and was not found.`, {
    details: { ffmpegPath: program },
    hint: HINT,
    cause,
  });
}

function programOf(host: Host, variable: string, name: string): string {
  const value = host.facts.env[variable];
  if (!value) return name;
  refuseControlCharacters(variable, value);
  return value;
}

async function checkVersion(host: Host, program: string, purpose: string): Promise<string> {
  let output: string;
  try {
    const result = await host.run(program, ["-version"], { env: childEnvironment() });
    if (result.code !== 0) throw new Error(`exit code ${result.code}`);
    output = new TextDecoder().decode(result.stdout) + result.stderr;
  } catch (error) {
    throw missingFfmpeg(program, purpose, error);
  }
  if (/ffmpeg/i.test(output)) return program;
  throw new AppError("INVALID_FFMPEG", `${JSON.stringify(program)} does not answer as ffmpeg.`, {
    details: { ffmpegPath: program },
    hint: "FFMPEG_PATH must name a real ffmpeg program; unset it to use the one on PATH.",
  });
}

async function isOnPath(host: Host, name: string): Promise<boolean> {
  const { env, system } = host.facts;
  const windows = system === "windows";
  const path = Object.entries(env).find(([key]) => key.toUpperCase() === "PATH")?.[1] ?? "";
  for (const folder of path.split(windows ? ";" : ":")) {
    if (folder === "") continue;
    const info = await host.files.stat(`${folder}/${name}${windows ? ".exe" : ""}`)
      .catch(() => undefined);
    if (info?.kind === "file" && (windows || (info.mode & 0o111) !== 0)) return true;
  }
  return false;
}
