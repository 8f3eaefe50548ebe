/**
 * Names of files that are being written, and what became of those whose writer is gone.
 *
 * A name tells the process that writes and its machine, so that a later run knows what a killed one
 * left and never touches the file of one that runs.
 */
import { randomHex } from "../text/random_hex.ts";
import { lstatSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { machineMark, UNKNOWN_MACHINE } from "./machine_mark.ts";
import { isProcessAlive } from "./process_alive.ts";

/** Of another machine, or of a process that may not be asked for: nobody writes for so long. */
const FORGOTTEN_MS = 24 * 60 * 60_000;
/**
 * A machine of the same name may be a container whose processes are not to be seen from here; what
 * it receives changes all the time.
 */
export const QUIET_MS = 1000;
/** A folder is looked through at most this often by one process. */
const AGAIN_AFTER_MS = 60_000;

const OWNER = "(?<pid>[0-9a-f]{1,8})-(?<machine>[0-9a-f]{8})";
const FILE = new RegExp(
  `^\\.(?<base>.{1,40})\\.${OWNER}-[0-9a-f]{12}\\.tmp(?:\\.[A-Za-z0-9]{1,8})?$`,
  "su",
);
const FOLDER = new RegExp(`^sogni-[a-z-]+-${OWNER}-[A-Za-z0-9]{6}$`);

/** A hidden name beside the target that no other process can choose. */
export function temporaryName(file: string): string {
  return path.join(path.dirname(file), `.${baseOf(path.basename(file))}.${ownerOf()}.tmp`);
}

/** The same for other programs, which read the format from the ending and patterns from a name. */
export function plainTemporaryName(file: string): string {
  const extension = path.extname(file);
  const ending = /^\.[A-Za-z0-9]{1,8}$/.test(extension) ? extension : "";
  return path.join(path.dirname(file), `.sogni.${ownerOf()}.tmp${ending}`);
}

/** What the name of a temporary folder begins with. */
export function temporaryFolderPrefix(prefix: string): string {
  return `${prefix}${process.pid.toString(16)}-${machineMark()}-`;
}

/** Whether this is the name of a file that is, or was, being written; `of`: to this name. */
export function isTemporaryName(name: string, of?: string): boolean {
  const base = FILE.exec(name)?.groups?.base;
  return base !== undefined && (of === undefined || base === baseOf(of));
}

/**
 * Names in a folder that a process left which is gone.
 *
 * @param quietMs a younger file may belong to a process that cannot be seen from here
 */
export async function leftovers(folder: string, quietMs: number = QUIET_MS): Promise<string[]> {
  const names = await fs.readdir(folder).catch(() => []);
  return names.filter((name) => {
    const { pid = "", machine } = (FILE.exec(name) ?? FOLDER.exec(name))?.groups ?? {};
    if (machine === undefined) return false;
    const info = lstatSync(path.join(folder, name), { throwIfNoEntry: false });
    return info !== undefined && isLeft(parseInt(pid, 16), machine, info.mtimeMs, quietMs);
  });
}

const lastSwept = new Map<string, number>();

/** Removes what dead processes left in a folder, now and then; never rejects. */
export async function sweepNowAndThen(folder: string): Promise<void> {
  const now = performance.now();
  if (now - (lastSwept.get(folder) ?? -Infinity) < AGAIN_AFTER_MS) return;
  lastSwept.set(folder, now);
  for (const name of await leftovers(folder)) {
    await fs.rm(path.join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isLeft(pid: number, machine: string, changedAt: number, quietMs: number): boolean {
  const age = Date.now() - changedAt;
  if (age > FORGOTTEN_MS) return true;
  if (machine === UNKNOWN_MACHINE || machine !== machineMark() || age < quietMs) return false;
  // In containers every program has the same few numbers: what is older than this one is not its.
  if (pid === process.pid) return changedAt < performance.timeOrigin - QUIET_MS;
  return isProcessAlive(pid) === false;
}

/** A name may have 255 bytes: a long one is cut so that the rest still fits. */
function baseOf(name: string): string {
  return [...name].slice(0, 40).join("");
}

function ownerOf(): string {
  return `${process.pid.toString(16)}-${machineMark()}-${randomHex(6)}`;
}
