import { assertEquals, assertRejects } from "@std/assert";
import type { SogniClient } from "@sogni-ai/sogni-client";
import { billedOf, lookUpProject, mintUrl } from "./sdk_records.ts";

const missing = () => Promise.reject(Object.assign(new Error("no"), { status: 404 }));

/** @param status of the live look-up; `record` of the finished one; absent: 404 */
function clientOf(status?: object, record?: object): SogniClient {
  const answer = (value: object | undefined) => () => value ? Promise.resolve(value) : missing();
  return { projects: { getStatus: answer(status), get: answer(record) } } as unknown as SogniClient;
}

const job = (facts: object = {}) => ({
  imgID: "abc",
  status: "jobCompleted",
  seedUsed: 7,
  triggeredNSFWFilter: false,
  ...facts,
});
const finished = (status: string, jobs: object[], facts: object = {}) => ({
  status,
  finished: true,
  imageCount: 1,
  completedWorkerJobs: jobs,
  costActual: { costInToken: "1.25" },
  ...facts,
});

const TABLE: [name: string, client: SogniClient, status: string, outputs: unknown[]][] = [
  ["known to nobody", clientOf(), "unknown", []],
  ["at work", clientOf({ status: "processing", finished: false }), "running", []],
  ["made", clientOf({ finished: true }, finished("completed", [job()])), "completed", [
    ["completed", "ABC", 7],
  ]],
  ["ended, with its record still to come", clientOf(finished("completed", [])), "running", []],
  ["only in the records", clientOf(undefined, finished("completed", [job()])), "completed", [
    ["completed", "ABC", 7],
  ]],
  ["withheld", clientOf(finished("completed", [job({ triggeredNSFWFilter: true })])), "completed", [
    ["withheld", "ABC", 7],
  ]],
  ["failed", clientOf({ finished: true }, finished("errored", [])), "failed", []],
  ["cancelled", clientOf(finished("canceled", [])), "cancelled", []],
];
for (const [name, client, status, outputs] of TABLE) {
  Deno.test(`a project that is ${name}`, async () => {
    const record = await lookUpProject(client, "P");
    assertEquals(record.status, status as typeof record.status);
    assertEquals(
      record.outputs.map((output) => [output.status, output.jobId, output.seed]),
      outputs,
    );
    if (status === "completed") assertEquals(record.billed, 1.25);
    if (status === "failed" || status === "cancelled") {
      assertEquals(record.error instanceof Error, true);
    }
  });
}

Deno.test("a service in trouble is not the same as an unknown project", async () => {
  const broken = () => Promise.reject(Object.assign(new Error("later"), { status: 503 }));
  const client = { projects: { getStatus: broken, get: missing } } as unknown as SogniClient;
  await assertRejects(() => lookUpProject(client, "P"), Error, "later");
});

Deno.test("a bill that is not there is unknown, never 0", () => {
  const cases: [unknown, number | null][] = [["0.5", 0.5], ["0", 0], [2, 2], ["", null], [
    "x",
    null,
  ], [
    undefined,
    null,
  ]];
  for (const [costInToken, expected] of cases) {
    assertEquals(billedOf({ costActual: { costInToken } }), expected, String(costInToken));
  }
  assertEquals(billedOf({}), null);
});

Deno.test("addresses are asked for as the medium needs it", async () => {
  const asked: unknown[] = [];
  const note = (kind: string) => (params: object) => {
    asked.push([kind, params]);
    return Promise.resolve("https://x.test");
  };
  const client = {
    projects: { downloadUrl: note("image"), mediaDownloadUrl: note("media") },
  } as unknown as SogniClient;
  await mintUrl(client, "P", "J", { type: "image" });
  await mintUrl(client, "P", "J", { type: "image", outputFormat: "jpg" });
  await mintUrl(client, "P", "J", { type: "video" });
  await mintUrl(client, "P", "J", { type: "audio", outputFormat: "flac" });
  const image = { jobId: "P", imageId: "J", type: "complete" };
  const media = { jobId: "P", id: "J", type: "complete" };
  assertEquals(asked, [
    ["image", image],
    ["image", { ...image, contentType: "image/jpeg" }],
    ["media", media],
    ["media", { ...media, contentType: "audio/flac" }],
  ]);
});
