/** Following an event stream to its end, across lost connections, each event once. */
import { AppError } from "../../errors/app_error.ts";
import { MAX_PAUSE_MS, withJitter } from "./backoff.ts";
import { asNumber, asObject, isObject } from "./read.ts";
import { readFrames, streamCancelled } from "./frames.ts";
import type { SseFrame } from "./sse.ts";

/** How a stream is followed. */
export interface FollowOptions {
  /**
   * Opens the stream after the last event that was seen.
   *
   * @throws AppError; `details.status` decides whether it is tried again
   */
  connect(lastEventId: string | undefined): Promise<Response>;
  /** True for the frame after which nothing more is of interest. */
  isTerminal(frame: SseFrame): boolean;
  /**
   * Asked about a terminal frame: true when it is history and more comes, as after a resumption.
   * When the connection then ends without more, the frame was terminal after all.
   */
  goesOn?(frame: SseFrame): Promise<boolean>;
  /** Called once, when the first connection was accepted. */
  onConnected?(): void;
  /** Called before each pause. */
  onReconnect?(attempt: number, pauseMs: number): void;
  /** Milliseconds without a byte after which the connection counts as lost; default 60 s. */
  idleMs?: number;
  signal?: AbortSignal;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
}

/** How a stream was left. */
export interface FollowEnd {
  /** A terminal frame was seen. */
  readonly terminal: boolean;
  readonly lastEventId?: string;
  /** Why the last connection ended, when it did not end properly. */
  readonly error?: AppError;
}

/** Attempts in a row without a new event. */
export const MAX_ATTEMPTS = 6;

const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 8000;
const RECONNECT_STATUS = new Set([429, 502, 503, 504]);

/**
 * Calls `onFrame` for each new frame until a terminal one, or until {@link MAX_ATTEMPTS}
 * reconnections in a row brought nothing new.
 *
 * @throws AppError when the stream is refused for good (401, 403, 404 …) or the caller aborts
 */
export async function followEvents(
  options: FollowOptions,
  onFrame: (frame: SseFrame) => void,
): Promise<FollowEnd> {
  const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const seen = new SeenFrames();
  const tail = new Tail();
  const countsUnended = (frame: SseFrame) =>
    isObject(frame.data) && options.isTerminal(frame) && tail.confirms(frame);
  let baseDelay = BASE_DELAY_MS;
  let connected = false;
  let failures = 0;
  let doubtful = false;
  while (true) {
    let error: AppError | undefined;
    try {
      const response = await options.connect(seen.lastId);
      if (!connected) options.onConnected?.();
      connected = true;
      seen.restart();
      for await (const frame of readFrames(response, { ...options, countsUnended })) {
        if (frame.retry !== undefined) baseDelay = Math.min(frame.retry, MAX_PAUSE_MS);
        if (!seen.add(frame)) continue;
        failures = 0;
        onFrame(frame);
        doubtful = options.isTerminal(frame);
        if (doubtful && !await options.goesOn?.(frame)) return end(true, seen);
      }
    } catch (caught) {
      if (!(caught instanceof AppError)) throw caught;
      if (options.signal?.aborted || !mayReconnect(caught)) throw caught;
      error = caught;
    }
    if (doubtful) return end(true, seen);
    failures += 1;
    if (failures > MAX_ATTEMPTS) return end(false, seen, error);
    const pause = pauseMs(failures, baseDelay, error, options.random ?? Math.random);
    options.onReconnect?.(failures, pause);
    await sleep(pause);
    if (options.signal?.aborted) throw streamCancelled();
  }
}

/** Remembers which frames were handed on. */
class SeenFrames {
  lastId: string | undefined;
  #ids = new Set<string>();
  #sequence = -Infinity;
  // Frames without id or sequence can only be replayed from the start: they are compared in order.
  #nameless: string[] = [];
  #replayed = 0;

  /** A new connection begins. */
  restart(): void {
    this.#replayed = 0;
  }

  /** False when the frame was seen before. */
  add(frame: SseFrame): boolean {
    const sequence = asNumber(asObject(frame.data).sequence);
    if (sequence !== undefined) {
      if (sequence <= this.#sequence) return false;
      this.#sequence = sequence;
      this.lastId = frame.id ?? String(sequence);
      return true;
    }
    if (frame.id !== undefined) {
      if (this.#ids.has(frame.id)) return false;
      this.#ids.add(frame.id);
      this.lastId = frame.id;
      return true;
    }
    const text = `${frame.event} ${JSON.stringify(frame.data)}`;
    if (this.#nameless[this.#replayed] === text) {
      this.#replayed += 1;
      return false;
    }
    this.#nameless.push(text);
    this.#replayed = this.#nameless.length;
    return true;
  }
}

/**
 * The frame at the end of a connection that no empty line ended. The connection may have been cut
 * inside it, so it counts only when the next connection ends in the very same frame.
 */
class Tail {
  #last = "";

  confirms(frame: SseFrame): boolean {
    const text = JSON.stringify(frame);
    const same = text === this.#last;
    this.#last = text;
    return same;
  }
}

function mayReconnect(error: AppError): boolean {
  const status = asNumber(error.details?.status);
  if (status !== undefined) return RECONNECT_STATUS.has(status);
  return ["CONNECTION_FAILED", "NETWORK_TIMEOUT", "API_STREAM_FAILED"].includes(error.code);
}

function pauseMs(
  failures: number,
  baseDelay: number,
  error: AppError | undefined,
  random: () => number,
): number {
  const asked = asNumber(error?.details?.retryAfterSeconds);
  if (asked !== undefined) return Math.min(asked * 1000, MAX_PAUSE_MS);
  const limit = Math.max(MAX_DELAY_MS, baseDelay);
  return withJitter(Math.min(baseDelay * 2 ** (failures - 1), limit), random);
}

function end(terminal: boolean, seen: SeenFrames, error?: AppError): FollowEnd {
  return {
    terminal,
    ...(seen.lastId === undefined ? {} : { lastEventId: seen.lastId }),
    ...(error ? { error } : {}),
  };
}
