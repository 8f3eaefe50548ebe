/** A worker module whose task says what the worker can reach. */
import { serveTasks } from "../worker_task.ts";
import { reachOut, type ReachTargets } from "./reach.ts";

serveTasks({
  reach: ({ input }) => reachOut(input as ReachTargets),
  /** The same file by the `Host`, and what the main thread says of an unknown call. */
  ask: async ({ host, input }) => await host.files.readText((input as ReachTargets).file),
  crash: () => Promise.reject(Object.assign(new TypeError("on purpose"), { code: "ECRASH" })),
  listen: ({ host, ready }) =>
    new Promise((resolve) => {
      host.onInterrupt((name) => resolve(name));
      host.write("stderr", "listening");
      ready("up");
    }),
});
