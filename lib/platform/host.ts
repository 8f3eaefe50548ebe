/**
 * The door between a command and the machine.
 *
 * A command never opens a file, starts a program, listens to a signal or ends the process by
 * itself: it asks its `Host`. Under Deno a command that handles outside data runs in a worker and
 * its `Host` is a set of messages to the main thread (`worker_host.ts`); on Node, and for commands
 * that only touch local state, the same interface is served in the same thread (`local_host.ts`).
 * That is what lets the main thread give a command exactly the files and hosts it needs.
 */
import type { AskJournal } from "./journal.ts";

/** What kind of system this is; injected in tests of path logic. */
export type SystemName = "linux" | "darwin" | "windows";

/** What is known about the terminal when the process starts. */
export interface TerminalInfo {
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Width in columns; 80 when unknown. */
  readonly columns: number;
}

/** Facts that do not change while the process runs. */
export interface HostFacts {
  readonly system: SystemName;
  readonly cwd: string;
  readonly home: string;
  /** Where state is kept, when that is not `~/.config/sogni`. */
  readonly stateFolder?: string;
  readonly tempDir: string;
  readonly pid: number;
  /** `deno 2.6.10` or `node v22.13.0`. */
  readonly runtime: string;
  /** True when this is the compiled executable. */
  readonly standalone: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly terminal: TerminalInfo;
  /**
   * Kinds of permission held when the process started; present for a command that tells them, and
   * absent where there are none (Node).
   */
  readonly grants?: readonly string[];
}

/** A file or folder as `stat` sees it (links are followed unless said otherwise). */
export interface FileInfo {
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** Bytes. */
  readonly size: number;
  /** Permission bits, e.g. 0o600; 0 on Windows. */
  readonly mode: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Numeric owner; -1 where there is none. */
  readonly uid: number;
}

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits of the new file; the umask decides when absent. */
  mode?: number;
  /** Permission bits of folders that have to be made. */
  dirMode?: number;
  /** Fail with `EEXIST` instead of replacing. */
  exclusive?: boolean;
}

/** A piece of a file or a body that is put together: bytes, or a range of a file. */
export type FilePart =
  | { readonly bytes: Uint8Array }
  | { readonly path: string; readonly offset: number; readonly length: number };

/**
 * Files. Errors carry the system's code in `code` (`ENOENT`, `EACCES`, `ENOSPC`, …), on both
 * runtimes and across the worker boundary.
 */
export interface HostFiles {
  readText(path: string): Promise<string>;
  /** @param maxBytes more than this is refused with code `EFBIG` */
  readBytes(path: string, maxBytes?: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Writes to a temporary name in the target's folder, flushes, then renames over the target.
   * Folders are made. A crash leaves the old file or the new one, never a mixture.
   */
  writeAtomic(path: string, data: string | Uint8Array, options?: WriteOptions): Promise<void>;
  /** Creates the file exclusively (`EEXIST` if there is one) and flushes it. */
  create(path: string, data: string | Uint8Array, options?: WriteOptions): Promise<void>;
  /** Bytes from `offset` on; fewer than `length` at the end of the file. */
  readRange(path: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes the pieces one after the other, as `writeAtomic` does; the folder must exist. */
  assemble(path: string, parts: readonly FilePart[]): Promise<void>;
  copy(from: string, to: string, options?: WriteOptions): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder with all that is in it; absent is fine. */
  remove(path: string): Promise<void>;
  makeDir(path: string, mode?: number): Promise<void>;
  chmod(path: string, mode: number): Promise<void>;
  /** `undefined` when nothing is there. */
  stat(path: string, options?: { followLinks?: boolean }): Promise<FileInfo | undefined>;
  /** Names in a folder, sorted; empty when the folder does not exist. */
  list(path: string): Promise<string[]>;
  /** The path with every link followed; `ENOENT` when nothing is there. */
  realPath(path: string): Promise<string>;
  /**
   * Takes a lock that other processes respect and that the system releases when this process ends,
   * however it ends. The empty file at `path` stays.
   *
   * @param timeoutMs how long to wait; 0 tries once
   * @returns what `unlock` takes; `undefined` when another holder kept it for that long
   */
  lock(path: string, timeoutMs: number): Promise<string | undefined>;
  unlock(token: string): Promise<void>;
  /** Bytes that this user may still write to the disk that holds the path, which must exist. */
  freeBytes(path: string): Promise<number>;
  /**
   * A name beside the target, with its extension, for a file that is renamed to it when it is
   * complete. What a killed process leaves under such a name is removed by a later one.
   */
  temporary(path: string): Promise<string>;
  /** Makes the folders and shows that a file can be made there; no file stays. */
  probe(path: string): Promise<void>;
  /**
   * Names of temporary files and folders in a folder whose process is gone.
   *
   * @param quietMs left out are those that changed within this time; default 1 s, because not every
   * process can be seen from here
   */
  leftovers(folder: string, quietMs?: number): Promise<string[]>;
  /**
   * A new private folder (0700) below the system's temporary folder.
   *
   * @param prefix `sogni-`, small letters, `-`
   * @param options.lasting it may outlive this process; others are then removed by a later one
   */
  makeTempDir(prefix: string, options?: { lasting?: boolean }): Promise<string>;
}

/** Names of all methods of {@link HostFiles}, for hosts that pass them on. */
export const FILE_METHODS = [
  "readText",
  "readBytes",
  "writeAtomic",
  "create",
  "readRange",
  "assemble",
  "copy",
  "rename",
  "remove",
  "makeDir",
  "chmod",
  "stat",
  "list",
  "realPath",
  "lock",
  "unlock",
  "freeBytes",
  "temporary",
  "probe",
  "leftovers",
  "makeTempDir",
] as const satisfies readonly (keyof HostFiles)[];

/** How a program is started. Never through a shell. */
export interface RunOptions {
  cwd?: string;
  /** Added to the environment of the child. */
  env?: Record<string, string>;
  /** Written to standard input, which is then closed. */
  stdin?: Uint8Array | string;
  /** Milliseconds after which the child is killed. */
  timeoutMs?: number;
  /** Bytes of each output kept; the rest is dropped from the front. Default 1 MiB. */
  maxOutputBytes?: number;
  /** Called for each line of standard error, for progress. */
  onStderrLine?: (line: string) => void;
  /** Called for each line of standard output. */
  onStdoutLine?: (line: string) => void;
  /** Kills the child when aborted. */
  signal?: AbortSignal;
  /**
   * The child ends with this process even when that is killed and can do nothing any more (not on
   * Windows). For long work without `stdin`.
   */
  bound?: boolean;
}

/** How a child ended. */
export interface RunResult {
  /** Exit code; -1 when it died by a signal. */
  readonly code: number;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly stdout: Uint8Array<ArrayBuffer>;
  readonly stderr: string;
}

/** What a transfer may do. */
export interface DownloadOptions {
  /** Refused above this. */
  maxBytes: number;
  /** Milliseconds without a byte. */
  idleTimeoutMs: number;
  /** Milliseconds for the whole transfer. */
  timeoutMs: number;
  /** Where the bytes go (atomically); absent: they are returned. */
  to?: string;
  /** Loopback and plain HTTP are allowed (sandbox and opted-in endpoints). */
  allowLoopback?: boolean;
  signal?: AbortSignal;
}

/** What came of a transfer. */
export interface DownloadResult {
  readonly status: number;
  readonly contentType: string | null;
  readonly byteLength: number;
  /** First bytes, for sniffing the type; at most 64. */
  readonly head: Uint8Array<ArrayBuffer>;
  /** All bytes, unless `to` was given. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** A request whose host is known only at run time. */
export interface TransferOptions {
  /** Upper case. */
  method: string;
  /** Those that are meant for the service alone are left out. */
  headers: [name: string, value: string][];
  body?: Uint8Array<ArrayBuffer>;
  /** Sent in the place of `body`, piece by piece; files are read on this side. */
  parts?: readonly FilePart[];
  /** An answer above this is refused. */
  maxBytes: number;
  /** False: a redirect is a failure. Default: GET and HEAD follow them, each hop checked. */
  redirects?: false;
  /** Milliseconds for the whole transfer. */
  timeoutMs: number;
  /** Loopback is allowed, also over plain HTTP (sandbox and opted-in endpoints). */
  allowLoopback?: boolean;
  signal?: AbortSignal;
}

/** The answer to such a request. */
export interface TransferResult {
  readonly status: number;
  readonly statusText: string;
  readonly headers: [name: string, value: string][];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How standard input is read line by line. */
export interface ReadLinesOptions {
  /** Called with each line, without its end. */
  onLine: (line: string) => void;
  /** A longer line ends the reading with code `EFBIG`. */
  maxLineBytes: number;
}

/** Where the embedded sandbox service listens. */
export interface SandboxEndpoint {
  readonly restEndpoint: string;
  readonly socketEndpoint: string;
  readonly apiKey: string;
  /** It is a process of its own, which outlives the command. */
  readonly lasting?: true;
}

/** Signals that a command hears of. */
export type InterruptName = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Everything a command may do to the outside. */
export interface Host {
  readonly facts: HostFacts;
  readonly files: HostFiles;
  /** Writes to a standard stream; order is kept, a closed pipe is ignored. */
  write(stream: "stdout" | "stderr", data: string | Uint8Array): void;
  /** Runs a program to its end. A program that cannot be found ends in `ENOENT`. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Fetches from a host that is known only now (a presigned URL). */
  download(url: string, options: DownloadOptions): Promise<DownloadResult>;
  /** Sends a request to a host that is known only now: a presigned upload. */
  transfer(url: string, options: TransferOptions): Promise<TransferResult>;
  /** All addresses of a host name, unchecked; rejects when there is none. */
  resolve(host: string): Promise<string[]>;
  /** Starts the embedded service on loopback; it ends with the process. */
  startSandbox(): Promise<SandboxEndpoint>;
  /** Asks a question on the terminal; `hidden` does not echo. Rejects without a terminal. */
  prompt(question: string, options?: { hidden?: boolean }): Promise<string>;
  /** Reads standard input to its end. */
  readStdin(maxBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Hands over the lines of standard input as they come; resolves at its end. */
  readLines(options: ReadLinesOptions): Promise<void>;
  /** Whether a process of this machine runs; `undefined` when this one may not ask. */
  isProcessAlive(pid: number): Promise<boolean | undefined>;
  /** Asks the journal of paid jobs, which the main thread keeps. Rejects when it cannot be used. */
  journal: AskJournal;
  /** Called at the first SIGINT, SIGTERM or SIGHUP. A second one ends the process at once. */
  onInterrupt(handler: (name: InterruptName) => void): void;
}
