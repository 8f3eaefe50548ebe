/** The official client, unmodified, takes the sandbox for the service. */
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { FaultRule } from "./faults/script.ts";
import { createModelList } from "./models/model_list.ts";
import type { SandboxOptions } from "./options.ts";
import { createClient, failureOf, imageParams, withClient } from "./testing/sdk_client.ts";
import { withSandbox } from "./testing/with_sandbox.ts";

/** Milliseconds in which a client is back after a dropped socket. */
const RECONNECT_MS = 2500;

/**
 * A test with a sandbox and a client. The client keeps timers (30 s after a finished project, its
 * pings) and pending sends that `dispose` does not end, so the leak sanitizers are off.
 */
function sdkTest(name: string, options: SandboxOptions, run: Parameters<typeof withClient>[2]) {
  Deno.test({
    name,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => withClient(`fidelity ${name}`, options, run),
  });
}

sdkTest("two images in one project", {}, async (client, sandbox) => {
  const models = await client.projects.waitForModels();
  assert(models.some(({ id, workerCount }) => id === "z_image_turbo_bf16" && workerCount > 0));
  const project = await client.projects.create(imageParams({ numberOfMedia: 2 }));
  const progress: number[] = [];
  project.on("progress", (percent) => progress.push(percent));
  const urls = await project.waitForCompletion();
  assertEquals(urls.length, 2);
  assertEquals(project.jobs.map(({ seed }) => seed)[0], 7);
  assertEquals(new Set(project.jobs.map(({ seed }) => seed)).size, 2);
  assert(progress.length > 2 && progress.every((step, at) => step >= (progress[at - 1] ?? 0)));
  for (const url of urls) {
    const response = await fetch(url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    assertEquals(response.headers.get("content-type"), "image/png");
    assertEquals(new DataView(bytes.buffer).getUint32(16), 256);
  }
  assertEquals(client.account.currentAccount.username, "sandbox");
  assertEquals(client.account.currentAccount.balance.spark.net, sandbox.balance().spark.net);
});

sdkTest("three images, two projects at once", {}, async (client) => {
  const [first, second] = await Promise.all([
    client.projects.create(imageParams({ numberOfMedia: 3 })),
    client.projects.create(imageParams({ seed: 8 })),
  ]);
  const [three, one] = await Promise.all([first.waitForCompletion(), second.waitForCompletion()]);
  assertEquals([three.length, one.length], [3, 1]);
});

sdkTest("every model's settings are understood", {}, async (client) => {
  for (const { id, media } of createModelList().all) {
    const options = await client.projects.getModelOptions(id);
    assertEquals(options.type, media, id);
  }
  const presets = await client.projects.getSizePresets("fast", "flux1-schnell-fp8");
  assert(presets.length > 0);
});

sdkTest("photobooth settings pass, with their upload", {}, async (client, sandbox) => {
  const image = new Blob([new Uint8Array([0xff, 0xd8, 0xff])], { type: "image/jpeg" });
  const project = await client.projects.create(imageParams({
    modelId: "coreml-sogniXLturbo_alpha1_ad",
    sampler: "dpmpp_sde",
    scheduler: "karras",
    guidance: 2,
    steps: 7,
    controlNet: { name: "instantid", image, strength: 0.8 },
  }));
  assertEquals((await project.waitForCompletion()).length, 1);
  const [put] = sandbox.recorder.requests(/\/cnImage$/, "PUT");
  assertEquals([put?.status, put?.headers["content-type"]], [200, "image/jpeg"]);
  assertEquals(put?.headers["api-key"], undefined);
});

sdkTest("an edit with context images", {}, async (client, sandbox) => {
  const contextImages = [1, 2].map((byte) =>
    new Blob([new Uint8Array([byte])], { type: "image/png" })
  );
  const project = await client.projects.create(imageParams({
    modelId: "qwen_image_edit_2511_fp8_lightning",
    contextImages,
    guidance: 3.5,
    outputFormat: "jpg",
  }));
  assertEquals((await project.waitForCompletion()).length, 1);
  assertEquals(sandbox.recorder.requests(/contextImage[12]$/, "PUT").length, 2);
});

sdkTest("saved uploads are prepared, sent once and bound", { reusableUploads: true }, async (
  client,
  sandbox,
) => {
  for (let turn = 0; turn < 2; turn++) {
    const startingImage = new Blob([new Uint8Array([1, 2, 3])], { type: "image/png" });
    const project = await client.projects.create(imageParams({ startingImage }));
    assertEquals((await project.waitForCompletion()).length, 1);
  }
  assertEquals(sandbox.recorder.requests("/v1/assets/prepare").length, 2);
  assertEquals(sandbox.recorder.requests(/^\/storage\/assets\//, "PUT").length, 1);
  assertEquals(sandbox.recorder.requests(/\/bind$/).map(({ status }) => status), [200, 200]);
});

sdkTest("a film and a song", {}, async (client) => {
  const film = await client.projects.create({
    type: "video",
    modelId: "ltx23-22b-fp8_t2v_distilled",
    positivePrompt: "waves",
    numberOfMedia: 1,
    width: 640,
    height: 640,
    duration: 5,
    fps: 24,
    steps: 8,
    tokenType: "spark",
  });
  // Asked for at once: on a project that is already complete the client may answer too early.
  const filmUrls = film.waitForCompletion();
  const song = await client.projects.create({
    type: "audio",
    modelId: "ace_step_1.5_xl_turbo",
    positivePrompt: "slow piano",
    numberOfMedia: 1,
    duration: 10,
    steps: 8,
    bpm: 90,
    sampler: "euler",
    scheduler: "simple",
    outputFormat: "flac",
    tokenType: "spark",
  });
  const [url] = await song.waitForCompletion();
  assertEquals((await filmUrls).length, 1);
  assertMatch(url ?? "", /\/storage\/results\//);
});

sdkTest("what is estimated is what is charged", {}, async (client, sandbox) => {
  const estimate = await client.projects.estimateCost({
    network: "fast",
    tokenType: "spark",
    model: "z_image_turbo_bf16",
    imageCount: 2,
    stepCount: 4,
    previewCount: 0,
    cnEnabled: false,
    width: 256,
    height: 256,
    guidance: 1,
    sampler: "euler",
    contextImages: 0,
  });
  const project = await client.projects.create(imageParams({ numberOfMedia: 2 }));
  await project.waitForCompletion();
  const charged = 10_000 - Number(sandbox.balance().spark.net);
  assertAlmostEquals(charged, Number(estimate.spark), 1e-6);
  const film = await client.projects.estimateVideoCost({
    tokenType: "spark",
    model: "wan_v2.2-14b-fp8_t2v_lightx2v",
    width: 640,
    height: 640,
    duration: 5,
    fps: 32,
    steps: 4,
    numberOfMedia: 1,
  });
  assert(Number(film.spark) > 0);
});

const STALL: FaultRule = { fault: "stall" };
sdkTest("a cancelled project", { faults: [STALL] }, async (client, sandbox) => {
  const project = await client.projects.create(imageParams());
  const failure = failureOf(project);
  await project.cancel();
  assertMatch(String((await failure).message), /canceled/i);
  assertEquals(project.status, "canceled");
  assertEquals(sandbox.balance().spark.net, "10000");
});

const REFUSED: FaultRule = { fault: "refuseCancel", message: "too late" };
sdkTest("a refused cancellation", { faults: [STALL, REFUSED] }, async (client) => {
  const project = await client.projects.create(imageParams());
  await assertRejects(() => project.cancel(), Error, "too late");
});

const DROP: FaultRule = { fault: "dropSocket" };
sdkTest("a dropped socket in the middle of the work", { faults: [DROP] }, async (client) => {
  const project = await client.projects.create(imageParams({ numberOfMedia: 2 }));
  const start = performance.now();
  assertEquals((await project.waitForCompletion()).length, 2);
  assert(performance.now() - start < RECONNECT_MS);
  assertEquals(project.status, "completed");
});

sdkTest("a restarting server gets the request again", { faults: [{ fault: "restart" }] }, async (
  client,
  sandbox,
) => {
  const project = await client.projects.create(imageParams());
  assertEquals((await project.waitForCompletion()).length, 1);
  assertEquals(sandbox.recorder.received("jobRequest").length, 2);
});

sdkTest("a lost result", { faults: [{ fault: "loseResult" }] }, async (client, sandbox) => {
  const project = await client.projects.create(imageParams());
  const [url] = await project.waitForCompletion();
  assertEquals((await fetch(url ?? "")).status, 200);
  assertEquals(sandbox.recorder.sent("jobResult").length, 0);
});

sdkTest("messages twice and out of order", {
  faults: [{ fault: "duplicate", job: 1 }, { fault: "reorder", job: 2 }],
}, async (client) => {
  for (let turn = 0; turn < 2; turn++) {
    const project = await client.projects.create(imageParams({ numberOfMedia: 2 }));
    assertEquals((await project.waitForCompletion()).length, 2);
  }
});

sdkTest("an attempt that is begun again", { faults: [{ fault: "retry" }] }, async (client) => {
  const project = await client.projects.create(imageParams({ numberOfMedia: 2 }));
  assertEquals((await project.waitForCompletion()).length, 2);
  assertEquals(project.jobs.length, 2);
});

sdkTest("a filtered result", { faults: [{ fault: "filtered", output: 1 }] }, async (client) => {
  const project = await client.projects.create(imageParams({ numberOfMedia: 2 }));
  assertEquals((await project.waitForCompletion()).length, 1);
  assertEquals(project.jobs.map(({ isNSFW }) => isNSFW), [false, true]);
});

const OUTPUT_ERROR: FaultRule = { fault: "error", level: "output", output: 0 };
sdkTest("one failed output of two", { faults: [OUTPUT_ERROR] }, async (client) => {
  const project = await client.projects.create(imageParams({ numberOfMedia: 2 }));
  assertEquals((await project.waitForCompletion()).length, 1);
});

const DENIED: FaultRule = {
  fault: "error",
  phase: "request",
  code: 4078,
  message: "no active subscription covers this",
  fields: { subscriptionLimit: true, requiredPlans: ["unlimited"] },
};
sdkTest("a refusal with its code", { faults: [DENIED] }, async (client) => {
  const failure = await failureOf(await client.projects.create(imageParams()));
  assertEquals([failure.code, failure.subscriptionLimit], [4078, true]);
  assertEquals(failure.message, "no active subscription covers this");
});

sdkTest("too little money", { balance: { spark: 0 } }, async (client) => {
  const failure = await failureOf(await client.projects.create(imageParams()));
  assertEquals(failure.code, 4024);
  assertMatch(String(failure.message), /insufficient/);
});

sdkTest("a model without workers", { workers: { z_image_turbo_bf16: 0 } }, async (client) => {
  const project = await client.projects.create(imageParams());
  await new Promise<void>((resolve) => project.on("updated", () => resolve()));
  assertEquals([project.status, project.queueStatus], ["queued", "no-workers"]);
  await project.cancel();
});

Deno.test({
  name: "a bad key ends the connection for good",
  // The client leaves a rejected promise of its own and its timers behind.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const rejections: unknown[] = [];
    const note = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      rejections.push(event.reason);
    };
    globalThis.addEventListener("unhandledrejection", note);
    try {
      await withSandbox({ faults: [{ fault: "rejectKey" }] }, async (sandbox) => {
        const client = await createClient(sandbox, "bad key");
        await new Promise((resolve) => client.apiClient.once("disconnected", resolve));
        await assertRejects(() => client.projects.create(imageParams()));
        assertEquals(client.apiClient.auth.isAuthenticated, false);
        client.dispose();
      });
    } finally {
      globalThis.removeEventListener("unhandledrejection", note);
    }
    assertEquals(rejections.length, 1);
  },
});
