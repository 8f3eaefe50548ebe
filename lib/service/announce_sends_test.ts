import { assertEquals, assertRejects } from "@std/assert";
import type { SogniClient } from "@sogni-ai/sogni-client";
import { watchSends } from "./announce_sends.ts";

function watched() {
  const log: string[] = [];
  const socket = {
    send: (type: string, data: { jobID?: string }) => {
      log.push(`${type} ${data.jobID ?? ""}`);
      return Promise.resolve();
    },
  };
  const client = { apiClient: { socket } } as unknown as SogniClient;
  const watch = watchSends(client);
  return { log, watch, socket };
}

Deno.test("a request waits until its id was heard", async () => {
  const { log, watch, socket } = watched();
  const listener = async (id: string) => {
    await Promise.resolve();
    log.push(`heard ${id}`);
  };
  await watch.during(listener, () => socket.send("jobRequest", { jobID: "A" }));
  assertEquals(log, ["heard A", "jobRequest A"]);
});

Deno.test("the same request again, and other messages, are not announced", async () => {
  const { log, watch, socket } = watched();
  const listener = (id: string) => {
    log.push(`heard ${id}`);
    return Promise.resolve();
  };
  await watch.during(listener, async () => {
    await socket.send("jobError", { jobID: "A" });
    await socket.send("jobRequest", { jobID: "A" });
    await socket.send("jobRequest", { jobID: "A" });
  });
  await socket.send("jobRequest", { jobID: "A" });
  assertEquals(log, ["jobError A", "heard A", "jobRequest A", "jobRequest A", "jobRequest A"]);
});

Deno.test("a listener that refuses keeps the request back", async () => {
  const { log, watch, socket } = watched();
  const send = () =>
    watch.during(
      () => Promise.reject(new Error("stopped")),
      () => socket.send("jobRequest", { jobID: "A" }),
    );
  await assertRejects(send, Error, "stopped");
  assertEquals(log, []);
});

Deno.test("two projects at once are announced one after the other, each to its own", async () => {
  const { log, watch, socket } = watched();
  const submit = (id: string) =>
    watch.during(
      (heard) => {
        log.push(`${id} hears ${heard}`);
        return Promise.resolve();
      },
      () => socket.send("jobRequest", { jobID: id }),
    );
  await Promise.all([submit("A"), submit("B")]);
  assertEquals(log, ["A hears A", "jobRequest A", "B hears B", "jobRequest B"]);
});
