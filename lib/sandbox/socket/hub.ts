/** The open connections: one for each app id, the newest wins. */
import type { Recorder } from "../recorder.ts";
import type { Connection } from "./connection.ts";
import { encodeEnvelope } from "./envelope.ts";

/** Sends to apps, whichever connection they have now. */
export interface Hub {
  /** Takes over the app id; an older connection is closed with 4015. */
  join(appId: string, connection: Connection): void;
  /** Forgets the connection, if it is still the app's. */
  leave(appId: string, connection: Connection): void;
  /** `false` when the app has no connection and the message is lost. */
  send(appId: string, type: string, data: unknown): boolean;
  isConnected(appId: string): boolean;
  /** Ends the app's connection: closed with a code, or cut without one. */
  drop(appId: string, code?: number, reason?: string): void;
  /** Ends every connection. */
  dropAll(code?: number, reason?: string): void;
}

/** @param recorder hears of every message that leaves */
export function createHub(recorder: Recorder): Hub {
  const connections = new Map<string, Connection>();
  const drop = (appId: string, code?: number, reason?: string) => {
    const connection = connections.get(appId);
    connections.delete(appId);
    if (code === undefined) connection?.cut();
    else connection?.close(code, reason);
  };
  return {
    join(appId, connection) {
      connections.get(appId)?.close(4015, "another connection took this app id");
      connections.set(appId, connection);
    },
    leave(appId, connection) {
      if (connections.get(appId) === connection) connections.delete(appId);
    },
    send(appId, type, data) {
      const connection = connections.get(appId);
      if (!connection) return false;
      recorder.frame({ direction: "out", appId, type, data });
      connection.send(encodeEnvelope(type, data));
      return true;
    },
    isConnected: (appId) => connections.has(appId),
    drop,
    dropAll(code, reason) {
      for (const appId of [...connections.keys()]) drop(appId, code, reason);
    },
  };
}
