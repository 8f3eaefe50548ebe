/**
 * Transfers from hosts that are known only at run time: presigned URLs of results.
 *
 * The bytes are streamed, capped, timed and, when a path is given, written to a temporary name and
 * renamed. Redirects are followed by hand, and never from HTTPS to plain HTTP.
 */
import { mkdir, open, rm } from "node:fs/promises";
import { constants } from "node:os";
import { dirname } from "node:path";
import { type Door, isLoopback } from "./door.ts";
import type { DownloadOptions, DownloadResult } from "./host.ts";
import { plainFetch } from "./plain_fetch.ts";
import { resumedBody } from "./resume.ts";
import { replaceFile } from "./replace_file.ts";
import { sweepNowAndThen, temporaryName } from "./temporary.ts";

const MAX_REDIRECTS = 5;
const HEAD_BYTES = 64;

/** An error that says in `code` what went wrong with a transfer. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
  constructor(
    readonly code:
      | "EHTTP"
      | "ETIMEDOUT"
      | "EFBIG"
      | "ETRUNCATED"
      | "EBADURL"
      | "ENETWORK"
      | "EABORT",
    message: string,
    readonly status?: number,
    /** Why an address was refused. */
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
  }
}

/**
 * @param door fetches what is not on this machine
 * @throws {@link DownloadError}
 */
export async function download(
  url: string,
  options: DownloadOptions,
  door: Pick<Door, "fetch">,
): Promise<DownloadResult> {
  const watch = new Watch(options);
  try {
    const fetchWith = (headers?: Record<string, string>) =>
      followRedirects(url, { ...options, watch, door, ...(headers ? { headers } : {}) });
    const response = await fetchWith();
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new DownloadError("EHTTP", `the server answered ${response.status}`, response.status);
    }
    const announced = Number(response.headers.get("content-length") ?? NaN);
    if (announced > options.maxBytes) {
      await response.body.cancel();
      throw new DownloadError("EFBIG", `${announced} bytes are more than ${options.maxBytes}`);
    }
    const sink = options.to === undefined ? new MemorySink() : await FileSink.open(options.to);
    try {
      const received = await pump(resumedBody(response, fetchWith), sink, options, watch);
      const encoded = response.headers.get("content-encoding") !== null;
      if (!encoded && announced >= 0 && received.byteLength !== announced) {
        throw new DownloadError(
          "ETRUNCATED",
          `${received.byteLength} of ${announced} bytes arrived`,
        );
      }
      const bytes = await sink.finish();
      return {
        status: response.status,
        contentType: response.headers.get("content-type"),
        ...received,
        ...(bytes ? { bytes } : {}),
      };
    } catch (error) {
      await sink.abandon();
      throw error;
    }
  } catch (error) {
    throw watch.explain(error);
  } finally {
    watch.stop();
  }
}

interface FetchRequest extends DownloadOptions {
  watch: Watch;
  door: Pick<Door, "fetch">;
  headers?: Record<string, string>;
}

async function followRedirects(url: string, request: FetchRequest): Promise<Response> {
  const { watch, door, headers, ...options } = request;
  let current = checkScheme(url, options);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const init: RequestInit = {
      redirect: "manual",
      signal: watch.signal,
      ...(headers ? { headers } : {}),
    };
    const response = isLoopback(current)
      ? await plainFetch(current, init)
      : await door.fetch(current, init);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || !location) return response;
    await response.body?.cancel();
    const next = URL.parse(location, current);
    if (!next) throw refused("invalid-redirect", "a redirect leads to something that is no URL");
    if (current.protocol === "https:" && next.protocol === "http:") {
      throw refused("downgrade", "a redirect leads from https to http");
    }
    if (isLoopback(next) && !isLoopback(current)) {
      throw refused("blocked-address", "a redirect leads to this machine");
    }
    current = checkScheme(next.href, options);
  }
  throw refused("too-many-redirects", `more than ${MAX_REDIRECTS} redirects`);
}

/** @param reason as the URL guard names it */
function refused(reason: string, why: string): DownloadError {
  return new DownloadError("EBADURL", `URL refused: ${why}.`, undefined, { reason });
}

function checkScheme(url: string, options: DownloadOptions): URL {
  const parsed = URL.parse(url);
  if (!parsed) throw refused("invalid", "the address of the file is no URL");
  if (isLoopback(parsed) && !options.allowLoopback) {
    throw refused("blocked-address", `${parsed.hostname} is not public (this machine)`);
  }
  const isAllowed = parsed.protocol === "https:" ||
    (isLoopback(parsed) && parsed.protocol === "http:");
  if (isAllowed) return parsed;
  throw refused("protocol", `the protocol "${parsed.protocol}" is not allowed here (use https://)`);
}

async function pump(
  body: AsyncIterable<Uint8Array>,
  sink: Sink,
  options: DownloadOptions,
  watch: Watch,
): Promise<{ byteLength: number; head: Uint8Array<ArrayBuffer> }> {
  let byteLength = 0;
  const head = new Uint8Array(HEAD_BYTES);
  for await (const chunk of body) {
    watch.alive();
    if (byteLength < HEAD_BYTES) head.set(chunk.subarray(0, HEAD_BYTES - byteLength), byteLength);
    byteLength += chunk.length;
    if (byteLength > options.maxBytes) {
      throw new DownloadError("EFBIG", `more than ${options.maxBytes} bytes`);
    }
    await sink.write(chunk);
  }
  return { byteLength, head: head.slice(0, Math.min(byteLength, HEAD_BYTES)) };
}

/** Ends the transfer when it idles, takes too long or is aborted, and remembers which it was. */
class Watch {
  readonly #controller = new AbortController();
  readonly #idleMs: number;
  readonly #total: ReturnType<typeof setTimeout>;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #reason: DownloadError | undefined;

  constructor(options: DownloadOptions) {
    this.#idleMs = options.idleTimeoutMs;
    this.#total = setTimeout(
      () => this.#end("ETIMEDOUT", `not finished within ${options.timeoutMs} ms`),
      options.timeoutMs,
    );
    const abort = () => this.#end("EABORT", "the transfer was cancelled");
    options.signal?.addEventListener("abort", abort, { once: true });
    if (options.signal?.aborted) abort();
    this.alive();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  alive(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(
      () => this.#end("ETIMEDOUT", `no byte for ${this.#idleMs} ms`),
      this.#idleMs,
    );
  }

  stop(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#total);
  }

  explain(error: unknown): unknown {
    if (this.#reason) return this.#reason;
    if (error instanceof DownloadError || error instanceof FileError) return error;
    const { code, message, details } = error as Error & {
      code?: unknown;
      details?: Record<string, unknown>;
    };
    if (code === "INVALID_URL") return new DownloadError("EBADURL", message, undefined, details);
    return new DownloadError("ENETWORK", error instanceof Error ? error.message : String(error));
  }

  #end(code: "ETIMEDOUT" | "EABORT", message: string): void {
    this.#reason ??= new DownloadError(code, message);
    this.#controller.abort();
  }
}

/** An error of the file system, with the system's code; all others come from the network. */
class FileError extends Error {
  override readonly name = "FileError";
  constructor(error: unknown) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    super(message, { cause: error });
    this.code = (error as { code?: string }).code ?? codeInWords(message) ?? "EIO";
  }
  readonly code: string;
}

/** Deno gives some of the system's errors by their number in the message alone. */
function codeInWords(message: string): string | undefined {
  const number = Number(/\(os error (\d+)\)/.exec(message)?.[1] ?? NaN);
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0];
}

async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new FileError(error);
  }
}

interface Sink {
  write(chunk: Uint8Array): Promise<void>;
  finish(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  abandon(): Promise<void>;
}

class MemorySink implements Sink {
  #chunks: Uint8Array[] = [];
  write(chunk: Uint8Array): Promise<void> {
    this.#chunks.push(chunk);
    return Promise.resolve();
  }
  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Blob(this.#chunks as BlobPart[]).arrayBuffer());
  }
  abandon(): Promise<void> {
    return Promise.resolve();
  }
}

class FileSink implements Sink {
  private constructor(
    readonly target: string,
    readonly temporary: string,
    readonly handle: Awaited<ReturnType<typeof open>>,
    readonly swept: Promise<void>,
  ) {}

  static async open(target: string): Promise<FileSink> {
    await onDisk(mkdir(dirname(target), { recursive: true }));
    const temporary = temporaryName(target);
    const handle = await onDisk(open(temporary, "wx"));
    return new FileSink(target, temporary, handle, sweepNowAndThen(dirname(target)));
  }

  async write(chunk: Uint8Array): Promise<void> {
    let at = 0;
    while (at < chunk.length) {
      at += (await onDisk(this.handle.write(chunk, at))).bytesWritten;
    }
  }

  async finish(): Promise<undefined> {
    await onDisk(this.handle.sync());
    await onDisk(this.handle.close());
    await onDisk(replaceFile(this.temporary, this.target));
    await this.swept;
  }

  async abandon(): Promise<void> {
    await this.handle.close().catch(() => {});
    await rm(this.temporary, { force: true });
    await this.swept;
  }
}
