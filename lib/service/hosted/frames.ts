/** The frames of one event stream, with a limit on silence. */
import { AppError } from "../../errors/app_error.ts";
import { createSseParser, type SseFrame } from "./sse.ts";

/** How a stream is read. */
export interface FrameOptions {
  /** Milliseconds without a byte after which the connection counts as lost; default 60 s. */
  readonly idleMs?: number;
  readonly signal?: AbortSignal;
  /** Whether a frame counts that was begun and not ended when the connection ended. */
  readonly countsUnended: (frame: SseFrame) => boolean;
}

const IDLE_MS = 60_000;

/**
 * Reads a body to its end, frame by frame, each as soon as it is complete.
 *
 * @throws AppError `API_STREAM_FAILED` when the connection breaks or falls silent, `USER_CANCELLED`
 */
export async function* readFrames(
  response: Response,
  options: FrameOptions,
): AsyncGenerator<SseFrame> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const parser = createSseParser();
  try {
    while (true) {
      const { done, value } = await readWithin(reader, options.idleMs ?? IDLE_MS);
      if (done) break;
      yield* parser.push(value);
    }
    for (const frame of parser.end()) if (options.countsUnended(frame)) yield frame;
  } catch (error) {
    if (options.signal?.aborted) throw streamCancelled();
    throw error instanceof AppError ? error : lost("the connection broke", error);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The error of a stream that the caller ended. */
export function streamCancelled(): AppError {
  return new AppError("USER_CANCELLED", "The event stream was closed.");
}

async function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleMs: number,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(lost(`nothing came for ${Math.round(idleMs / 1000)} s`)),
      idleMs,
    );
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

function lost(why: string, cause?: unknown): AppError {
  return new AppError("API_STREAM_FAILED", `The event stream was lost: ${why}.`, { cause });
}
