/**
 * What a worker may ask of its `Host`: the files, folders and programs that its command line is
 * about. The wall around the worker is only as good as what is handed through it.
 */
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import type { Host, HostFiles } from "./host.ts";

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

/** The same host, for files and programs within reach. A folder that it makes comes within reach. */
export function hostWithin(host: Host, reach: Reach): Host {
  const { files, writing } = filesWithin(host.files, reach, host.facts.cwd);
  return {
    ...host,
    files,
    async download(url, options) {
      if (options.to !== undefined) writing(options.to);
      return await host.download(url, options);
    },
    async transfer(url, options) {
      // Asking for nothing of a file asks whether it may be read.
      for (const part of options.parts ?? []) {
        if ("path" in part) await files.readRange(part.path, 0, 0);
      }
      return await host.transfer(url, options);
    },
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

function filesWithin(
  files: HostFiles,
  reach: Reach,
  cwd: string,
): { files: HostFiles; writing: (path: string) => string } {
  const made: string[] = [];
  const mayWrite = (path: string) =>
    within([...reach.write, ...made], path) || reach.beside.some((file) => isBeside(file, path));
  const mayRead = (path: string) => within(reach.read, path) || mayWrite(path);
  const reading = (path: string): string => {
    const absolute = resolve(cwd, path);
    if (!mayRead(absolute)) throw refused(`read ${absolute}`);
    return path;
  };
  const writing = (path: string): string => {
    const absolute = resolve(cwd, path);
    if (!mayWrite(absolute)) throw refused(`write ${absolute}`);
    return path;
  };
  const listing = (path: string): string => {
    const absolute = resolve(cwd, path);
    // The neighbours of a file are looked through for what a crash left behind.
    return reach.beside.some((file) => dirname(file) === absolute) ? path : reading(path);
  };
  const reached: HostFiles = {
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
    async makeTempDir(prefix) {
      const folder = await files.makeTempDir(basename(prefix));
      made.push(folder);
      return folder;
    },
  };
  return { files: reached, writing };
}

function within(roots: readonly string[], path: string): boolean {
  return roots.some((root) => path === root || path.startsWith(join(root, sep)));
}

/** `name-2.png`, `name.webp`, `name.lock`, and hidden temporary names, for `name.png`. */
function isBeside(file: string, path: string): boolean {
  if (dirname(path) !== dirname(file)) return false;
  const name = basename(path);
  if (/^\.sogni-[0-9a-f]{12}\.part/.test(name)) return true;
  // Temporary names hold the beginning of the name.
  const stem = basename(file, extname(file)).slice(0, 40);
  return stem !== "" && name.replace(/^\.(?!$)/, "").startsWith(stem.replace(/^\./, ""));
}

function refused(what: string): Error {
  return Object.assign(new Error(`this command line is not allowed to ${what}`), {
    code: "EACCES",
  });
}
