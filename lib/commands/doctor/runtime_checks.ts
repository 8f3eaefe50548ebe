/** Checks of what runs the program. */
import { type Check, pass, skip, warn } from "./check.ts";

/** The oldest Node that the package runs on; the launcher refuses older ones. */
const NODE_FLOOR = "22.13";

/** What the main thread needs for one command or another. */
const NEEDED = ["read", "write", "net", "env", "run", "sys"];
/** What no command needs. */
const UNWANTED = ["ffi", "import"];

/** The contract's name for it is `node`. It got this far, so it passes. */
export const runtimeCheck: Check = {
  id: "node",
  run({ context }) {
    const { runtime, standalone } = context.host.facts;
    return pass(
      standalone
        ? `${runtime}, part of the executable (the package needs Node ${NODE_FLOOR} or later)`
        : `${runtime} (Node ${NODE_FLOOR} or later is needed)`,
    );
  },
};

/** What the program may do. */
export const permissionsCheck: Check = {
  id: "permissions",
  run({ context }) {
    const { grants } = context.host.facts;
    if (!grants) return skip("Node has no permissions: the program may do all that you may");
    const missing = NEEDED.filter((kind) => !grants.includes(kind));
    const surplus = UNWANTED.filter((kind) => grants.includes(kind));
    if (missing.length > 0) {
      return warn(
        `without ${missing.join(", ")} some commands fail; start it with: deno task start`,
      );
    }
    if (surplus.length > 0) {
      return warn(`${surplus.join(", ")} is not needed; start it with: deno task start`);
    }
    return pass(
      `${grants.join(", ")}; each command gives up what it does not need, and outside data is ` +
        "handled in a worker that has net alone",
    );
  },
};
