/** The events of one run or workflow: kept, numbered, and streamed to whoever asks, from any place. */
import type { SandboxContext } from "../context.ts";
import { eventStream } from "../http/reply.ts";
import type { Reply, SandboxRequest } from "../http/route.ts";

/** One event. */
export interface HostedEvent {
  /** What `Last-Event-ID` names. */
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A growing list of events with readers. */
export interface EventLog {
  readonly events: readonly HostedEvent[];
  add(event: HostedEvent): void;
  /** Nothing more will come. */
  close(): void;
  /** More comes after all (a workflow that is resumed). */
  reopen(): void;
  /** Streams what comes after the event that the request names. */
  stream(request: SandboxRequest): Reply;
}

const DEFAULT_DROP = 2;

/** Makes an empty log. */
export function createEventLog(context: SandboxContext): EventLog {
  const events: HostedEvent[] = [];
  let closed = false;
  let wake = new AbortController();
  const changed = () => {
    wake.abort();
    wake = new AbortController();
  };

  async function* read(request: SandboxRequest, limit: number): AsyncGenerator<string> {
    const last = request.headers["last-event-id"] ?? request.query.get("after");
    let at = events.findIndex(({ id }) => id === last) + 1;
    yield ": connected\n\n";
    for (let sent = 0; sent < limit && !request.signal.aborted;) {
      const event = events[at];
      if (event) {
        at += 1;
        sent += 1;
        yield frame(event);
      } else if (closed) return;
      else {await context.clock.forever(AbortSignal.any([wake.signal, request.signal])).catch(
          () => {},
        );}
    }
  }

  return {
    events,
    add(event) {
      events.push(event);
      changed();
    },
    close() {
      closed = true;
      changed();
    },
    reopen() {
      closed = false;
    },
    stream(request) {
      const drop = context.faults.strike("dropStream", { path: request.path });
      const limit = drop ? drop.after ?? DEFAULT_DROP : Infinity;
      return { ...eventStream(read(request, limit)), ...(drop ? { breakOff: true } : {}) };
    },
  };
}

function frame({ id, event, data }: HostedEvent): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
