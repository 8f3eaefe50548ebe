/** One client at the socket: greeting, then its messages. */
import { Stopped } from "../clock.ts";
import type { SandboxContext } from "../context.ts";
import { isObject } from "../http/reply.ts";
import { admit } from "../jobs/admission.ts";
import { cancelProject } from "../jobs/cancel.ts";
import type { Recorder } from "../recorder.ts";
import { decodeEnvelope, type Envelope } from "./envelope.ts";
import { greeting, workerCounts } from "./greeting.ts";
import type { Hub } from "./hub.ts";
import type { Connection } from "./connection.ts";
import { createSubscriptions, type Subscriptions } from "./subscriptions.ts";

/** What a session works with. */
export interface SessionParts {
  readonly context: SandboxContext;
  readonly hub: Hub;
  readonly recorder: Recorder;
}

/** A client's session. */
export interface Session {
  /** Greets the client; until then its messages are dropped, as the service does. */
  start(connection: Connection): void;
  receive(text: string): void;
}

/** @param query of the upgrade request */
export function createSession(parts: SessionParts, query: URLSearchParams): Session {
  const { context, hub, recorder } = parts;
  const appId = query.get("appId") ?? "";
  const subscriptions = createSubscriptions(query.get("socketEventSubscriptions"));
  let ready = false;
  return {
    start(connection) {
      hub.join(appId, connection);
      if (context.faults.strike("noAuthenticated", {})) return;
      const drop = context.faults.strike("dropSocket", { phase: "connected" });
      if (drop) return hub.drop(appId, drop.closeCode, drop.reason);
      ready = true;
      for (const { type, data } of greeting(context, appId, subscriptions)) {
        hub.send(appId, type, data);
      }
    },
    receive(text) {
      const message = decodeEnvelope(text);
      if (!message) return;
      recorder.frame({ direction: "in", appId, ...message });
      if (!ready) return;
      try {
        dispatch(parts, appId, subscriptions, message);
      } catch (error) {
        // The sandbox is stopping: nobody is left to answer.
        if (!(error instanceof Stopped)) throw error;
      }
    },
  };
}

function dispatch(
  { context, hub }: SessionParts,
  appId: string,
  subscriptions: Subscriptions,
  { type, data }: Envelope,
): void {
  switch (type) {
    case "jobRequest":
      return admit(context, hub, appId, data);
    case "jobError":
      if (isObject(data) && typeof data.jobID === "string") {
        cancelProject(context, hub, appId, data.jobID);
      }
      return;
    case "changeNetwork":
      hub.send(appId, "changeNetwork", { network: data === "relaxed" ? "relaxed" : "fast" });
      if (subscriptions.wants("swarmModels")) {
        hub.send(appId, "swarmModels", workerCounts(context));
      }
      return;
    case "setSocketEventSubscriptions":
      subscriptions.update(data);
      hub.send(appId, "socketEventSubscriptionsUpdated", {
        socketEventSubscriptions: subscriptions.all(),
      });
      return;
    case "llmJobRequest":
      hub.send(appId, "llmJobError", {
        jobID: isObject(data) ? String(data.jobID) : "",
        error: "not_supported",
        error_message: "The sandbox answers chat over REST only.",
      });
  }
}
