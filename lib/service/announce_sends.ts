/**
 * Names each project before its request leaves.
 *
 * The SDK makes the id of a project inside `projects.create` and tells it only when the request is
 * on its way. A process that dies in between would leave paid work that nobody knows. So the one
 * door through which every request goes, the socket's `send`, waits for the announcement first. A
 * request that the SDK sends again after a lost connection has its old id and is not announced twice.
 */
import type { SogniClient } from "@sogni-ai/sogni-client";

/** Hears the id; the request leaves when the promise is kept. */
export type OnSending = (projectId: string) => Promise<void>;

/** Puts the listener of the project that is being sent in place. */
export interface SendWatch {
  /** One project at a time: the next may be announced when `work` has ended. */
  during<T>(listener: OnSending | undefined, work: () => Promise<T>): Promise<T>;
}

/** Watches what a client sends. */
export function watchSends(client: SogniClient): SendWatch {
  const { socket } = client.apiClient;
  const send = socket.send.bind(socket);
  const announced = new Set<string>();
  let listener: OnSending | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  socket.send = async (type, data) => {
    const id = type === "jobRequest" ? (data as { jobID?: unknown }).jobID : undefined;
    if (typeof id === "string" && !announced.has(id)) {
      announced.add(id);
      await listener?.(id);
    }
    return await send(type, data);
  };
  return {
    during(given, work) {
      const turn = queue.then(async () => {
        listener = given;
        try {
          return await work();
        } finally {
          listener = undefined;
        }
      });
      queue = turn.catch(() => {});
      return turn;
    },
  };
}
