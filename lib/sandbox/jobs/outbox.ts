/** A project's way to its client: in order, unless a fault doubles or swaps the messages. */

/** How the messages are spoilt. */
export interface OutboxFaults {
  readonly duplicate: boolean;
  readonly reorder: boolean;
}

/** Sends a project's messages. */
export interface Outbox {
  emit(type: string, data: Record<string, unknown>): void;
  /** Sends what is held back for swapping. */
  flush(): void;
}

/** @param send puts one message on the wire */
export function createOutbox(
  send: (type: string, data: Record<string, unknown>) => void,
  faults: OutboxFaults,
): Outbox {
  let held: (() => void) | undefined;
  const flush = () => {
    held?.();
    held = undefined;
  };
  return {
    emit(type, data) {
      const sendNow = () => {
        send(type, data);
        if (faults.duplicate) send(type, data);
      };
      if (faults.reorder && !held) held = sendNow;
      else {
        sendNow();
        flush();
      }
    },
    flush,
  };
}
