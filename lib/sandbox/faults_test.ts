/** Every fault of a project's life and of the socket, as a bare client sees it. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { FaultRule } from "./faults/script.ts";
import type { Sandbox } from "./options.ts";
import { connect, type Fields, type RawClient } from "./testing/raw_client.ts";
import { imageRequest } from "./testing/job_requests.ts";
import { call, dataOf, withSandbox } from "./testing/with_sandbox.ts";

const completed = (data: Fields) => data.type === "jobCompleted";
const count = (client: RawClient, wanted: string) =>
  client.messages.filter(({ type, data }) => type === wanted || (data as Fields).type === wanted)
    .length;

/** One project under the rules. */
function spoilt(
  rules: FaultRule[],
  check: (client: RawClient, sandbox: Sandbox, id: string) => Promise<void>,
  request = imageRequest(),
): Promise<void> {
  return withSandbox({ faults: rules }, async (sandbox) => {
    const client = await connect(sandbox);
    client.send("jobRequest", request);
    await check(client, sandbox, request.jobID);
    await client.close();
  });
}

async function record(sandbox: Sandbox, id: string): Promise<Fields> {
  return dataOf(await call(sandbox, `/v1/projects/${id}`)).project as Fields;
}

/** Time in which something would have happened at speed 0. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 60));

Deno.test("a refusal comes before anything else and leaves no trace", () =>
  spoilt(
    [{
      fault: "error",
      phase: "request",
      code: 4081,
      message: "needs a higher plan",
      fields: { subscriptionLimit: true, requiredPlans: ["pro"] },
    }],
    async (client, sandbox, id) => {
      const error = await client.next("jobError");
      assertEquals(error, {
        jobID: id,
        isFromWorker: false,
        error: 4081,
        error_message: "needs a higher plan",
        subscriptionLimit: true,
        requiredPlans: ["pro"],
      });
      assertEquals(count(client, "queued"), 0);
      assertEquals((await call(sandbox, `/v2/projects/${id}`)).status, 404);
      assertEquals(sandbox.balance().spark.net, "10000");
    },
  ));

Deno.test("a project fails in the middle of its work", () =>
  spoilt([{ fault: "error", code: "workerDisconnected" }], async (client, sandbox, id) => {
    const error = await client.next("jobError");
    assertEquals([error.error, error.imgID], ["workerDisconnected", undefined]);
    const project = await record(sandbox, id);
    assertEquals([project.status, project.reason], ["errored", "workerDisconnected"]);
    await aWhile();
    assertEquals([count(client, "jobResult"), count(client, "jobCompleted")], [0, 0]);
    assertEquals(sandbox.balance().spark.net, "10000");
  }, imageRequest({ numberOfImages: 2 })));

Deno.test("one output fails, the other is delivered and paid", () =>
  spoilt([{ fault: "error", level: "output", output: 0, code: 5, message: "burnt" }], async (
    client,
    sandbox,
    id,
  ) => {
    await client.next("jobState", completed);
    const error = await client.next("jobError");
    assert(error.imgID);
    assertEquals([error.error, error.error_message, error.isFromWorker], [5, "burnt", true]);
    assertEquals(count(client, "jobResult"), 1);
    const project = await record(sandbox, id);
    assertEquals(project.status, "completed");
    const jobs = project.completedWorkerJobs as Fields[];
    assertEquals(jobs.map(({ status }) => status), ["jobError", "jobCompleted"]);
    assert(Number(sandbox.balance().spark.net) < 10_000);
  }, imageRequest({ numberOfImages: 2 })));

Deno.test("when every output fails the project has failed", () =>
  spoilt([{ fault: "error", level: "output" }], async (client, sandbox, id) => {
    await client.next("jobError");
    await aWhile();
    assertEquals(count(client, "jobCompleted"), 0);
    assertEquals((await record(sandbox, id)).status, "errored");
  }));

Deno.test("an artist who cannot work fails the output", () =>
  withSandbox(
    { artist: { render: () => Promise.reject(new Error("no paint left")) } },
    async (sandbox) => {
      const client = await connect(sandbox);
      client.send("jobRequest", imageRequest());
      assertEquals((await client.next("jobError")).error_message, "no paint left");
      await client.close();
    },
  ));

Deno.test("a stall is silence after its phase", async () => {
  const table: [FaultRule, string[], string[]][] = [
    [{ fault: "stall", phase: "request" }, [], ["queued"]],
    [{ fault: "stall", phase: "queued" }, ["queued"], ["initiatingModel"]],
    [{ fault: "stall", phase: "initiating" }, ["initiatingModel"], ["jobStarted"]],
    [{ fault: "stall" }, ["jobStarted"], ["jobProgress"]],
    [{ fault: "stall", phase: "progress" }, ["jobProgress"], ["jobResult"]],
    [{ fault: "stall", phase: "result" }, ["jobProgress"], ["jobResult"]],
    [{ fault: "stall", phase: "completed" }, ["jobResult"], ["jobCompleted"]],
  ];
  for (const [rule, seen, unseen] of table) {
    await spoilt([rule], async (client, sandbox, id) => {
      await aWhile();
      for (const type of seen) assert(count(client, type) > 0, `${JSON.stringify(rule)} ${type}`);
      for (const type of unseen) assertEquals(count(client, type), 0, JSON.stringify(rule));
      assertEquals((await call(sandbox, `/v1/projects/${id}`)).status, 404);
      assertEquals((await call(sandbox, `/v2/projects/${id}`)).status, 200);
    });
  }
});

Deno.test("the socket drops, with or without a code, and the work goes on", async () => {
  for (const closeCode of [undefined, 1012, 4061]) {
    const rule: FaultRule = closeCode === undefined
      ? { fault: "dropSocket" }
      : { fault: "dropSocket", closeCode };
    await spoilt([rule], async (client, sandbox, id) => {
      assertEquals(await client.closed, closeCode ?? 1006);
      while ((await call(sandbox, `/v1/projects/${id}`)).status === 404) await aWhile();
      const again = await connect(sandbox);
      const [unclaimed] = (await again.next("authenticated"))
        .unclaimedCompletedProjects as Fields[];
      assertEquals(unclaimed?.id, id);
      await again.close();
    });
  }
});

Deno.test("a restart refuses with 1001 and closes every socket; the request may come again", () =>
  spoilt([{ fault: "restart" }], async (client, sandbox, id) => {
    assertEquals(await client.closed, 1012);
    assertEquals((await client.next("jobError")).error, 1001);
    const again = await connect(sandbox);
    again.send("jobRequest", imageRequest({ jobID: id }));
    await again.next("jobState", completed);
    await again.close();
  }));

Deno.test("a lost request is nowhere", () =>
  spoilt([{ fault: "loseRequest" }], async (client, sandbox, id) => {
    await aWhile();
    assertEquals(client.messages.filter(({ type }) => type.startsWith("job")), []);
    assertEquals((await call(sandbox, `/v2/projects/${id}`)).status, 404);
  }));

Deno.test("the filter holds the media back, or only marks it", async () => {
  const table: [FaultRule, boolean, Fields][] = [
    [{ fault: "filtered" }, false, { triggeredNSFWFilter: true, nsfwSources: ["image"] }],
    [{ fault: "filtered", detected: true, sources: ["prompt"] }, false, {
      triggeredNSFWFilter: false,
      nsfwDetected: true,
      nsfwSources: ["prompt"],
    }],
    [{ fault: "filtered" }, true, { triggeredNSFWFilter: false, nsfwDetected: true }],
  ];
  for (const [rule, disableSafety, expected] of table) {
    await spoilt([rule], async (client, sandbox, id) => {
      const result = await client.next("jobResult");
      for (const [key, value] of Object.entries(expected)) assertEquals(result[key], value, key);
      await client.next("jobState", completed);
      const url = dataOf(
        await call(sandbox, `/v1/image/downloadUrl?jobId=${id}&imageId=${result.imgID}`),
      );
      const { status } = await call(sandbox, String(url.downloadUrl));
      assertEquals(status, result.triggeredNSFWFilter ? 404 : 200);
    }, imageRequest({ disableSafety }));
  }
});

Deno.test("slow work takes longer", () =>
  spoilt([{ fault: "slow", milliseconds: 15 }], async (client) => {
    const start = performance.now();
    await client.next("jobState", completed);
    assert(performance.now() - start >= 80);
  }));

Deno.test("messages come twice, or with neighbours swapped", async () => {
  await spoilt([{ fault: "duplicate" }], async (client) => {
    await client.next("jobState", completed);
    await aWhile();
    for (const type of ["queued", "jobStarted", "jobResult", "jobCompleted"]) {
      assertEquals(count(client, type), 2, type);
    }
  });
  await spoilt([{ fault: "reorder" }], async (client) => {
    await client.next("jobState", completed);
    await client.next("jobResult");
    const types = client.messages.filter(({ type }) => type.startsWith("job"))
      .map(({ type, data }) => type === "jobState" ? (data as Fields).type : type);
    assertEquals(types.slice(0, 4), ["initiatingModel", "queued", "jobProgress", "jobStarted"]);
    assertEquals(types.length, 9);
  });
});

Deno.test("a lost result or a lost end is still in the record", async () => {
  await spoilt([{ fault: "loseResult" }], async (client, sandbox, id) => {
    await client.next("jobState", completed);
    assertEquals(count(client, "jobResult"), 0);
    assertEquals((await record(sandbox, id)).status, "completed");
  });
  await spoilt([{ fault: "loseCompleted" }], async (client, sandbox, id) => {
    await client.next("jobResult");
    await aWhile();
    assertEquals(count(client, "jobCompleted"), 0);
    assertEquals((await record(sandbox, id)).status, "completed");
  });
});

Deno.test("an attempt is given up and begun again under a new id", () =>
  spoilt([{ fault: "retry", attempts: 2 }], async (client, sandbox, id) => {
    await client.next("jobState", completed);
    const retries = client.messages.filter(({ type }) => type === "jobRetry")
      .map(({ data }) => data as Fields);
    assertEquals(retries.map(({ attempt, jobIndex }) => [attempt, jobIndex]), [[1, 0], [2, 0]]);
    const started = client.messages.filter(({ data }) => (data as Fields).type === "jobStarted");
    assertEquals(new Set(started.map(({ data }) => (data as Fields).imgID)).size, 3);
    const jobs = (await record(sandbox, id)).completedWorkerJobs as Fields[];
    assertEquals(jobs.length, 1);
  }));

Deno.test("no workers, by script", () =>
  spoilt([{ fault: "noWorkers" }], async (client) => {
    assertEquals((await client.next("jobState")).queueStatus, "no-workers");
  }));

Deno.test("a cancellation is refused or never answered", async () => {
  const stalled: FaultRule = { fault: "stall" };
  await spoilt([stalled, { fault: "refuseCancel", message: "too late" }], async (
    client,
    _sandbox,
    id,
  ) => {
    client.send("jobError", { jobID: id, error: "artistCanceled" });
    const confirmation = await client.next("artistCancelConfirmation");
    assertEquals([confirmation.didCancel, confirmation.error_message], [false, "too late"]);
  });
  await spoilt([stalled, { fault: "refuseCancel", silent: true }], async (client, _sandbox, id) => {
    client.send("jobError", { jobID: id, error: "artistCanceled" });
    await aWhile();
    assertEquals(count(client, "artistCancelConfirmation"), 0);
  });
});

Deno.test("a marker in the prompt spoils only its own project", () =>
  withSandbox({}, async (sandbox) => {
    const client = await connect(sandbox);
    const positivePrompt = "a cat [[fault:error phase=request code=4079]]";
    client.send("jobRequest", imageRequest({}, { positivePrompt }));
    assertEquals((await client.next("jobError")).error, 4079);
    client.send("jobRequest", imageRequest());
    await client.next("jobState", completed);
    await client.close();
  }));

Deno.test("the socket opens late, is refused, stays silent or closes at once", async () => {
  await withSandbox({ faults: [{ fault: "delayUpgrade", milliseconds: 80 }] }, async (sandbox) => {
    const start = performance.now();
    const client = await connect(sandbox);
    assert(performance.now() - start >= 75);
    await client.close();
  });
  await withSandbox({ faults: [{ fault: "refuseUpgrade", status: 502 }] }, async (sandbox) => {
    const client = await connect(sandbox);
    assertEquals(await client.closed, 1006);
    // Deno 2.6 can only cut the connection, see `refuseUpgrade`.
    assertMatch(client.error() ?? "cut", /502|cut/);
  });
  await withSandbox({ faults: [{ fault: "noAuthenticated" }] }, async (sandbox) => {
    const client = await connect(sandbox);
    client.send("jobRequest", imageRequest());
    await aWhile();
    assertEquals(client.messages, []);
    await client.close();
  });
  const closed: FaultRule = { fault: "dropSocket", phase: "connected", closeCode: 4061 };
  await withSandbox({ faults: [closed] }, async (sandbox) => {
    const client = await connect(sandbox);
    assertEquals(await client.closed, 4061);
    assertEquals(client.messages, []);
  });
  await withSandbox({ faults: [{ fault: "rejectKey", times: 1 }] }, async (sandbox) => {
    assertEquals(await (await connect(sandbox)).closed, 4021);
    const again = await connect(sandbox);
    await again.next("authenticated");
    await again.close();
  });
});

Deno.test("sockets can be dropped by hand and rules added while it runs", () =>
  withSandbox({}, async (sandbox) => {
    const client = await connect(sandbox);
    sandbox.dropSockets(1001, "going away");
    assertEquals(await client.closed, 1001);
    sandbox.faults.add({ fault: "error", code: 4078, phase: "request" });
    const again = await connect(sandbox);
    again.send("jobRequest", imageRequest());
    assertEquals((await again.next("jobError")).error, 4078);
    await again.close();
  }));
