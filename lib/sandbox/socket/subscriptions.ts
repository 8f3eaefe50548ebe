/** Which messages a client wants: on by default, a few have to be asked for. */
import { isObject } from "../http/reply.ts";

/** One client's choice. */
export interface Subscriptions {
  wants(type: string): boolean;
  /** Applies the payload of `setSocketEventSubscriptions`. */
  update(payload: unknown): void;
  /** The whole choice, as the service confirms it. */
  all(): Record<string, boolean>;
}

const OPT_IN = ["subscriptionLimitNotice", "appAlert"];
/** A name that stands for several types. */
const GROUP = "modelAvailability";
const GROUP_MEMBERS = ["swarmModels", "swarmLLMModels"];

/** @param initial the upgrade's query parameter: a JSON object of booleans */
export function createSubscriptions(initial: string | null): Subscriptions {
  const chosen = new Map<string, boolean>();
  const set = (choices: unknown) => {
    if (!isObject(choices)) return;
    for (const [name, wanted] of Object.entries(choices)) {
      if (typeof wanted === "boolean") chosen.set(name, wanted);
    }
  };
  set(parse(initial));
  return {
    wants(type) {
      const group = GROUP_MEMBERS.includes(type) ? chosen.get(GROUP) : undefined;
      return chosen.get(type) ?? group ?? !OPT_IN.includes(type);
    },
    update(payload) {
      if (!isObject(payload)) return;
      if (payload.reset === true) chosen.clear();
      set(payload.subscriptions);
      for (const name of names(payload.subscribe)) chosen.set(name, true);
      for (const name of names(payload.unsubscribe)) chosen.set(name, false);
      if (typeof payload.event === "string") chosen.set(payload.event, payload.enabled !== false);
    },
    all: () => ({ [GROUP]: true, ...Object.fromEntries(chosen) }),
  };
}

function names(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((name) => typeof name === "string");
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return undefined;
  }
}
