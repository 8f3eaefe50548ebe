import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Sandbox } from "./options.ts";
import { createPlainArtist } from "./testing/plain_artist.ts";
import { connect, type Fields, type RawClient } from "./testing/raw_client.ts";
import { imageRequest } from "./testing/job_requests.ts";
import { call, dataOf, withSandbox } from "./testing/with_sandbox.ts";

const completed = (data: Fields) => data.type === "jobCompleted";

/** Messages about the work, as `type` or `jobState.<type>`. */
function story(client: RawClient): string[] {
  return client.messages.filter(({ type }) => type.startsWith("job")).map(({ type, data }) => {
    const state = (data as Fields).type;
    return type === "jobState" ? String(state) : type;
  });
}

async function record(sandbox: Sandbox, id: string): Promise<Fields> {
  return dataOf(await call(sandbox, `/v1/projects/${id}`)).project as Fields;
}

Deno.test("a client is greeted in order", () =>
  withSandbox({}, async (sandbox) => {
    const client = await connect(sandbox);
    await client.next("swarmLLMModels");
    assertEquals(
      client.messages.map(({ type }) => type),
      ["authenticated", "balanceUpdate", "swarmModels", "swarmLLMModels"],
    );
    const greeting = await client.next("authenticated");
    assertEquals([greeting.activeProjects, greeting.unclaimedCompletedProjects], [[], []]);
    assertEquals(greeting.subscriptionEntitlement, {
      active: false,
      trialing: false,
      trialCapped: false,
      subscription: null,
    });
    assertEquals(await client.ping("are you there"), "are you there");
    await client.close();
  }));

Deno.test("a client that wants no model lists gets none", () =>
  withSandbox({}, async (sandbox) => {
    const query = { socketEventSubscriptions: '{"modelAvailability":false}' };
    const client = await connect(sandbox, { query });
    client.send("setSocketEventSubscriptions", { subscribe: ["appAlert"] });
    assertEquals(await client.next("socketEventSubscriptionsUpdated"), {
      socketEventSubscriptions: { modelAvailability: false, appAlert: true },
    });
    assertEquals(client.messages.filter(({ type }) => type.startsWith("swarm")), []);
    await client.close();
  }));

Deno.test("one image: queue, model, work, result, end", () =>
  withSandbox({}, async (sandbox) => {
    const client = await connect(sandbox);
    const request = imageRequest();
    assertEquals((await call(sandbox, `/v1/projects/${request.jobID}`)).status, 404);
    client.send("jobRequest", request);
    await client.next("jobState", completed);
    assertEquals(story(client), [
      "queued",
      "initiatingModel",
      "jobStarted",
      "jobProgress",
      "jobProgress",
      "jobProgress",
      "jobProgress",
      "jobResult",
      "jobCompleted",
    ]);
    const result = await client.next("jobResult");
    assertEquals([result.lastSeed, result.performedStepCount], ["7", 4]);
    assertMatch(String(result.imgID), /^[0-9A-F-]{36}$/);
    const project = await record(sandbox, request.jobID);
    assertEquals([project.status, project.imageCount], ["completed", 1]);
    const [job] = project.completedWorkerJobs as Fields[];
    assertEquals([job?.imgID, job?.status, job?.seedUsed], [result.imgID, "jobCompleted", 7]);
    assert(job?.worker);
    await client.close();
  }));

Deno.test("several outputs have places, ids and seeds of their own, and the artist hears them", () => {
  const artist = createPlainArtist();
  return withSandbox({ artist }, async (sandbox) => {
    const client = await connect(sandbox);
    client.send("jobRequest", imageRequest({ numberOfImages: 3, outputFormat: "jpg" }));
    await client.next("jobState", completed);
    const states = client.messages.filter(({ data }) => (data as Fields).type === "jobStarted")
      .map(({ data }) => data as Fields);
    assertEquals(states.map(({ jobIndex }) => jobIndex).sort(), [0, 1, 2]);
    assertEquals(new Set(states.map(({ imgID }) => imgID)).size, 3);
    const seeds = client.messages.filter(({ type }) => type === "jobResult")
      .map(({ data }) => String((data as Fields).lastSeed));
    assertEquals(new Set(seeds).size, 3);
    assert(seeds.includes("7"));
    const first = artist.jobs.find(({ index }) => index === 0);
    assertEquals(
      [first?.prompt, first?.seed, first?.width, first?.height, first?.format, first?.model],
      ["a lighthouse", 7, 64, 48, "jpg", "z_image_turbo_bf16"],
    );
    await client.close();
  });
});

Deno.test("films tell when they will be ready, and music too", () => {
  const artist = createPlainArtist();
  return withSandbox({ artist }, async (sandbox) => {
    const client = await connect(sandbox);
    const film = {
      modelID: "wan_v2.2-14b-fp8_t2v_lightx2v",
      fps: 32,
      frames: 81,
      width: 640,
      height: 640,
    };
    client.send("jobRequest", imageRequest({ outputFormat: "mp4" }, film));
    await client.next("jobState", completed);
    assert(story(client).includes("jobETA"));
    const song = { modelID: "ace_step_1.5_xl_turbo", duration: 12, bpm: 90 };
    const music = imageRequest({ outputFormat: "mp3" }, song);
    client.send("jobRequest", music);
    await client.next("jobState", (data) => completed(data) && data.jobID === music.jobID);
    const [video, audio] = artist.jobs;
    assertEquals([video?.kind, video?.fps, video?.frames], ["video", 32, 161]);
    assertEquals([audio?.kind, audio?.duration, audio?.bpm], ["audio", 12, 90]);
    const { imgID } = await client.next("jobResult", (data) => data.jobID === music.jobID);
    const url = dataOf(
      await call(
        sandbox,
        `/v1/media/downloadUrl?jobId=${music.jobID}&id=${imgID}&type=complete&contentType=audio/mpeg`,
      ),
    );
    assertEquals(
      (await call(sandbox, String(url.downloadUrl))).headers.get("content-type"),
      "audio/mpeg",
    );
    await client.close();
  });
});

Deno.test("vendor models tell their progress as a fraction", () =>
  withSandbox({}, async (sandbox) => {
    const client = await connect(sandbox);
    const frame = { modelID: "seedance-2-0-mini", steps: undefined, fps: 24, frames: 121 };
    client.send("jobRequest", imageRequest({ outputFormat: "mp4" }, frame));
    const progress = await client.next("jobProgress", (data) => data.progress === 1);
    assertEquals(progress.step, undefined);
    await client.next("jobState", completed);
    await client.close();
  }));

Deno.test("work is paid for by what was delivered", () =>
  withSandbox({ balance: { spark: 100 } }, async (sandbox) => {
    const client = await connect(sandbox);
    client.send("jobRequest", imageRequest({ numberOfImages: 2 }, { width: 1024, height: 1024 }));
    await client.next("jobState", completed);
    const path = "/api/v2/job/estimate/spark/fast/z_image_turbo_bf16/2/4/0/0/0/1024/1024";
    const { quote } = (await call(sandbox, path)).json as unknown as {
      quote: { project: { costInSpark: string } };
    };
    const { net, debit } = sandbox.balance().spark;
    assertEquals([Number(net), debit], [100 - Number(quote.project.costInSpark), "0"]);
    const update = await client.next("balanceUpdate", (data) => (data.spark as Fields).net === net);
    assert(update);
    await client.close();
  }));

Deno.test("without enough money nothing begins", () =>
  withSandbox({ balance: { spark: 0.0001, sogni: 50 } }, async (sandbox) => {
    const client = await connect(sandbox);
    const request = imageRequest();
    client.send("jobRequest", request);
    const error = await client.next("jobError");
    assertEquals([error.error, error.imgID], [4024, undefined]);
    assertMatch(String(error.error_message), /insufficient/);
    assertEquals((await call(sandbox, `/v2/projects/${request.jobID}`)).status, 404);
    // The same account pays with its other token.
    client.send("jobRequest", imageRequest({ tokenType: "sogni" }));
    await client.next("jobState", completed);
    await client.close();
  }));

Deno.test("unknown models, missing uploads and nonsense are refused or ignored", () =>
  withSandbox({}, async (sandbox) => {
    const client = await connect(sandbox);
    client.sendText("nonsense");
    client.send("jobRequest", { jobID: "X" });
    client.send("unknownType", {});
    client.send("jobRequest", imageRequest({ jobID: "A1" }, { modelID: "nonsense" }));
    assertMatch(
      String((await client.next("jobError", ({ jobID }) => jobID === "A1")).error_message),
      /nonsense not found/,
    );
    client.send("jobRequest", imageRequest({ jobID: "A2" }, { hasContextImage1: true }));
    assertMatch(
      String((await client.next("jobError", ({ jobID }) => jobID === "A2")).error_message),
      /upload for contextImage1 is missing/,
    );
    client.send("llmJobRequest", { jobID: "A3" });
    assertEquals((await client.next("llmJobError")).error, "not_supported");
    await client.close();
  }));

Deno.test("a request that comes twice is one project", () =>
  withSandbox({}, async (sandbox) => {
    const client = await connect(sandbox);
    const request = imageRequest();
    client.send("jobRequest", request);
    client.send("jobRequest", request);
    await client.next("jobState", completed);
    assertEquals(story(client).filter((type) => type === "jobResult").length, 1);
    await client.close();
  }));

Deno.test("a model without workers keeps its projects queued until they are cancelled", () =>
  withSandbox({ workers: { z_image_turbo_bf16: 0 } }, async (sandbox) => {
    const client = await connect(sandbox);
    const request = imageRequest();
    client.send("jobRequest", request);
    const state = await client.next("jobState");
    assertEquals(
      [state.type, state.queueStatus, state.estimatedStartSeconds],
      ["queued", "no-workers", null],
    );
    client.send("jobError", { jobID: request.jobID, error: "artistCanceled", isFromWorker: false });
    assertEquals(await client.next("artistCancelConfirmation"), {
      jobID: request.jobID,
      didCancel: true,
    });
    assertEquals((await record(sandbox, request.jobID)).status, "cancelled");
    const status = dataOf(await call(sandbox, `/v2/projects/${request.jobID}`)).project as Fields;
    assertEquals([status.status, status.finished], ["canceled", true]);
    assertEquals(sandbox.balance().spark.net, "10000");
    await client.close();
  }));

Deno.test("a cancelled project sends nothing more; a finished one cannot be cancelled", () =>
  withSandbox({ faults: [{ fault: "stall", job: 1 }] }, async (sandbox) => {
    const client = await connect(sandbox);
    const cancel = (jobID: string) => client.send("jobError", { jobID, error: "artistCanceled" });
    const first = imageRequest({ numberOfImages: 2 });
    client.send("jobRequest", first);
    await client.next("jobState", ({ type }) => type === "jobStarted");
    cancel(first.jobID);
    await client.next("artistCancelConfirmation");
    const before = story(client).length;
    const second = imageRequest();
    client.send("jobRequest", second);
    await client.next("jobState", (data) => completed(data) && data.jobID === second.jobID);
    const late = client.messages.slice(before).filter(({ type, data }) =>
      type.startsWith("job") && (data as Fields).jobID === first.jobID
    );
    assertEquals(late.filter(({ type }) => type === "jobResult"), []);
    cancel(second.jobID);
    const refused = await client.next(
      "artistCancelConfirmation",
      (data) => data.jobID === second.jobID,
    );
    assertEquals(refused.didCancel, false);
    assertMatch(String(refused.error_message), /already finished/);
    await client.close();
  }));

Deno.test("two connections with one app id: the newer wins", () =>
  withSandbox({}, async (sandbox) => {
    const older = await connect(sandbox, { appId: "same" });
    const other = await connect(sandbox, { appId: "different" });
    const newer = await connect(sandbox, { appId: "same" });
    assertEquals(await older.closed, 4015);
    newer.send("jobRequest", imageRequest());
    await newer.next("jobState", completed);
    assertEquals(story(other), []);
    await Promise.all([newer.close(), other.close()]);
  }));

Deno.test("a bad key or no app id closes the socket with its code", () =>
  withSandbox({}, async (sandbox) => {
    assertEquals(await (await connect(sandbox, { apiKey: "wrong" })).closed, 4021);
    assertEquals(await (await connect(sandbox, { appId: "" })).closed, 4000);
  }));

Deno.test("work goes on without the socket; the next greeting hands it back, once", () =>
  withSandbox({ speed: 0.3 }, async (sandbox) => {
    const first = await connect(sandbox, { appId: "app" });
    const request = imageRequest();
    first.send("jobRequest", request);
    await first.next("jobState", ({ type }) => type === "initiatingModel");
    await first.close();

    const second = await connect(sandbox, { appId: "app" });
    const greeting = await second.next("authenticated");
    const [active] = greeting.activeProjects as Fields[];
    assertEquals(active?.id, request.jobID);
    assertEquals(
      JSON.parse(atob(String(active?.clientRequestData))).jobID,
      request.jobID,
    );
    const [job] = active?.workerJobs as Fields[];
    assertMatch(String(job?.imgID), /^[0-9A-F-]{36}$/);
    await second.close();

    while ((await call(sandbox, `/v1/projects/${request.jobID}`)).status === 404) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const stranger = await connect(sandbox, { appId: "stranger" });
    assertEquals((await stranger.next("authenticated")).unclaimedCompletedProjects, []);
    const sync = await call(sandbox, "/api/v1/artist/projects/sync?appId=app");
    assertEquals((sync.json.unclaimedCompletedProjects as Fields[]).length, 1);
    const third = await connect(sandbox, { appId: "app" });
    const [unclaimed] = (await third.next("authenticated")).unclaimedCompletedProjects as Fields[];
    assertEquals([unclaimed?.id, unclaimed?.status], [request.jobID, "completed"]);
    await third.close();
    const fourth = await connect(sandbox, { appId: "app" });
    assertEquals((await fourth.next("authenticated")).unclaimedCompletedProjects, []);
    await Promise.all([fourth.close(), stranger.close()]);
  }));
