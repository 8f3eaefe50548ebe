/**
 * What a worker may ask of its `Host`: the files, folders and programs that its command line is
 * about. The wall around the worker is only as good as what is handed through it.
 */
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import type { Host, HostFiles } from "./host.ts";
import type { AskJournal, Job, JobDestination, JournalRequest } from "./journal.ts";
import { isTemporaryName } from "./temporary.ts";

/** Files and programs within reach. Paths are absolute. */
export interface Reach {
  /** Files that may be read, and folders with all that is in them. */
  readonly read: readonly string[];
  /** Files and folders that may also be written, with all that is in them. */
  readonly write: readonly string[];
  /** Files that may be written, together with names beside them that begin with theirs. */
  readonly beside: readonly string[];
  /** Programs that may be started, exactly as they are named. */
  readonly programs: readonly string[];
}

/** Variables that may be given to a child; others could make it load foreign code. */
const CHILD_VARIABLES = /^(?:SOGNI_[A-Z_]+|LC_ALL|AV_LOG_FORCE_NOCOLOR)$/;

/**
 * The same host, for files and programs within reach. A folder that it makes comes within reach, and
 * so does the place of a job's results when it takes over the job of an earlier command line.
 */
export function hostWithin(host: Host, given: Reach): Host {
  const reach = { ...given, write: [...given.write], beside: [...given.beside] };
  const border = createBorder(reach, host.facts.cwd);
  return {
    ...host,
    files: filesWithin(host.files, border),
    async download(url, options) {
      if (options.to !== undefined) border.writing(options.to);
      return await host.download(url, options);
    },
    async transfer(url, options) {
      for (const part of options.parts ?? []) if ("path" in part) border.reading(part.path);
      return await host.transfer(url, options);
    },
    journal: journalWithin(host.journal, reach, border),
    async run(program, args, options = {}) {
      if (!reach.programs.includes(program)) throw refused(`start ${program}`);
      const { env, ...rest } = options;
      const given = Object.entries(env ?? {}).filter(([name, value]) =>
        value === "" || CHILD_VARIABLES.test(name)
      );
      return await host.run(
        program,
        args,
        env ? { ...rest, env: Object.fromEntries(given) } : rest,
      );
    },
  };
}

/** What a path has to pass; each gives the path back. */
interface Border {
  reading(path: string): string;
  writing(path: string): string;
  listing(path: string): string;
  /** Takes in a folder that was made for the command. */
  admit(folder: string): void;
}

function createBorder(reach: Reach & { write: string[] }, cwd: string): Border {
  const mayWrite = (path: string) =>
    within(reach.write, path) || reach.beside.some((file) => isBeside(file, path));
  const mayRead = (path: string) => within(reach.read, path) || mayWrite(path);
  const check = (verb: string, may: (path: string) => boolean) => (path: string): string => {
    const absolute = resolve(cwd, path);
    if (!may(absolute)) throw refused(`${verb} ${absolute}`);
    return path;
  };
  // The neighbours of a file are looked through for what a crash left behind.
  const mayList = (path: string) =>
    reach.beside.some((file) => dirname(file) === path) || mayRead(path);
  return {
    reading: check("read", mayRead),
    writing: check("write", mayWrite),
    listing: check("read", mayList),
    admit: (folder) => void reach.write.push(folder),
  };
}

/** A later run saves where a job says, so a job may only name places within reach. */
function journalWithin(
  ask: AskJournal,
  reach: { write: string[]; beside: string[] },
  { writing }: Border,
): AskJournal {
  const entered = new Set<string>();
  const guarded = async (request: JournalRequest): Promise<unknown> => {
    if (request.call === "open") {
      for (const path of placesOf(request.draft.destination)) writing(path);
      const answer = await ask(request);
      if (!answer.existing) entered.add(answer.job.id);
      return answer;
    }
    const answer = await ask(request);
    if (request.call === "claim" && answer !== null && !entered.has(request.job)) {
      const { destination } = answer as Job;
      reach.beside.push(...placesOf(destination));
      if (destination && "output" in destination) reach.write.push(destination.output);
    }
    return answer;
  };
  return guarded as AskJournal;
}

function placesOf(destination: JobDestination): readonly string[] {
  if (!destination) return [];
  return "paths" in destination ? destination.paths : [destination.output];
}

function filesWithin(files: HostFiles, { reading, writing, listing, admit }: Border): HostFiles {
  return {
    ...files,
    readText: async (path) => await files.readText(reading(path)),
    readBytes: async (path, maxBytes) => await files.readBytes(reading(path), maxBytes),
    readRange: async (path, ...range) => await files.readRange(reading(path), ...range),
    list: async (path) => await files.list(listing(path)),
    realPath: async (path) => await files.realPath(reading(path)),
    writeAtomic: async (path, ...rest) => await files.writeAtomic(writing(path), ...rest),
    create: async (path, ...rest) => await files.create(writing(path), ...rest),
    async assemble(path, parts) {
      for (const part of parts) if ("path" in part) reading(part.path);
      await files.assemble(writing(path), parts);
    },
    copy: async (from, to, options) => await files.copy(reading(from), writing(to), options),
    rename: async (from, to) => await files.rename(writing(from), writing(to)),
    remove: async (path) => await files.remove(writing(path)),
    makeDir: async (path, mode) => await files.makeDir(writing(path), mode),
    chmod: async (path, mode) => await files.chmod(writing(path), mode),
    lock: async (path, timeoutMs) => await files.lock(writing(path), timeoutMs),
    temporary: async (path) => await files.temporary(writing(path)),
    probe: async (path) => await files.probe(writing(path)),
    leftovers: async (path, ...rest) => await files.leftovers(listing(path), ...rest),
    async makeTempDir(prefix, options) {
      const folder = await files.makeTempDir(basename(prefix), options);
      admit(folder);
      return folder;
    },
  };
}

function within(roots: readonly string[], path: string): boolean {
  return roots.some((root) => path === root || path.startsWith(join(root, sep)));
}

/** `name-2.png`, `name.webp`, `name.lock`, and hidden temporary names, for `name.png`. */
function isBeside(file: string, path: string): boolean {
  if (dirname(path) !== dirname(file)) return false;
  const name = basename(path);
  if (isTemporaryName(name, "sogni")) return true;
  // Temporary names hold the beginning of the name.
  const stem = basename(file, extname(file)).slice(0, 40);
  return stem !== "" && name.replace(/^\.(?!$)/, "").startsWith(stem.replace(/^\./, ""));
}

function refused(what: string): Error {
  return Object.assign(new Error(`this command line is not allowed to ${what}`), {
    code: "EACCES",
  });
}
