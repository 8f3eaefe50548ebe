/** Reads a batch file: every line is checked before the first job is paid for. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { parse, type Surroundings } from "../../cli/parse.ts";
import { AppError, invalidArgument } from "../../errors/app_error.ts";
import { argumentsOf } from "./arguments.ts";

/** One job of the file. */
export interface BatchJob {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly argv: readonly string[];
  /** By it a later run knows the job again; the same words on two lines are two jobs. */
  readonly mark: string;
}

/**
 * The jobs of a file in its order. Empty lines and lines that begin with `#` are passed over.
 *
 * @throws AppError INVALID_ARGUMENT, or what the line itself is refused with, named by its place
 */
export function readJobs(text: string, path: string, surroundings: Surroundings): BatchJob[] {
  const seen = new Map<string, number>();
  const jobs = text.replace(/^\ufeff/, "").split("\n").flatMap((line, at) => {
    if (/^\s*(?:#|$)/.test(line)) return [];
    const where = `${basename(path)}:${at + 1}`;
    const argv = argumentsOf(readLine(line, where), where);
    check(argv, where, surroundings);
    const words = JSON.stringify(argv);
    const nth = (seen.get(words) ?? 0) + 1;
    seen.set(words, nth);
    const mark = createHash("sha256").update(`${nth} ${words}`).digest("hex").slice(0, 16);
    return [{ line: at + 1, argv, mark }];
  });
  if (jobs.length > 0) return jobs;
  throw invalidArgument(
    `${path} holds no job.`,
    { value: path },
    'Write one job a line: {"prompt": "a fox", "output": "fox.png"}',
  );
}

function readLine(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw invalidArgument(
      `${where} is no JSON: ${error instanceof Error ? error.message : error}`,
      { value: line.slice(0, 200) },
      "Each line is a JSON object of its own, without a comma at the end.",
    );
  }
}

function check(argv: readonly string[], where: string, surroundings: Surroundings): void {
  let command: string;
  try {
    command = parse(argv, surroundings).command;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${where}: ${error.message}`, {
      ...(error.details ? { details: error.details } : {}),
      ...(error.hint ? { hint: error.hint } : {}),
    });
  }
  if (command === "generate") return;
  throw invalidArgument(
    `${where} is no render (it means ${command}).`,
    { command },
    "A batch makes images, video and music; run other commands by themselves.",
  );
}
