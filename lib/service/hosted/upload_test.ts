import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { startSandbox } from "../../sandbox/server.ts";
import { testClient } from "./testing/client.ts";
import { startRecordingServer } from "./testing/recording_server.ts";
import type { Reference } from "./references.ts";
import { uploadReference } from "./upload.ts";

const REFERENCE: Reference = {
  id: "media_ref_2",
  position: 1,
  flag: "--context",
  kind: "image",
  value: "a.png",
  form: "local",
  mimeType: "image/png",
  label: "a.png",
};
const COMMON = {
  reference: REFERENCE,
  mimeType: "image/png",
  bytes: new Uint8Array([1, 2, 3]),
  now: 1790000000000,
  random: "0a1b2c3d",
  version: 2,
} as const;

Deno.test("version 2 posts a form: the fields that are set, then the file, and no key", async () => {
  const posted: Request[] = [];
  const fields = { key: "k", policy: "p", tagging: null, "x-amz-date": 5 };
  await using server = await startRecordingServer((request, _index, origin) =>
    request.url.startsWith("/v2/image/uploadUrl")
      ? { body: { data: { url: `${origin}/form?sig=s`, fields } } }
      : { body: { data: { downloadUrl: `${origin}/get` } } }
  );
  const client = testClient(server.origin, {
    transport: async (url, { method, headers, body }) => {
      if (method === "POST") posted.push(new Request(url, { method, headers, body: body ?? null }));
      return await fetch(url, { method, headers, body: body ?? null });
    },
  });
  const stored = await uploadReference({ ...COMMON, client });
  assertEquals(stored.url, `${server.origin}/get`);
  const query = "type=contextImage2&jobId=sogni-agent-1790000000000-2-0a1b2c3d" +
    "&contentType=image%2Fpng&imageId=media_ref_2";
  assertEquals(server.lines(), [
    `GET /v2/image/uploadUrl?${query}`,
    "POST /form?sig=s",
    `GET /v2/image/downloadUrl?${query}`,
  ]);
  const [request] = posted;
  const form = [...(await request?.formData() ?? [])];
  assertEquals(form.map(([name]) => name), ["key", "policy", "x-amz-date", "file"]);
  const file = form.at(-1)?.[1];
  assertEquals(file instanceof Blob && [file.type, file.size], ["image/png", 3]);
  const names = [...(request?.headers.keys() ?? [])];
  assertEquals(names, ["content-type"]);
});

Deno.test("version 2 follows no redirect and tries once more after a 5xx", async () => {
  const rows: [statuses: number[], posts: number, succeeds: boolean][] = [
    [[204], 1, true],
    [[500, 204], 2, true],
    [[500, 500], 2, false],
    [[302], 1, false],
    [[403], 1, false],
  ];
  for (const [statuses, posts, succeeds] of rows) {
    let count = 0;
    await using server = await startRecordingServer(({ method }, _index, origin) =>
      method === "POST"
        ? { status: statuses[count++] ?? 204, headers: { location: "/elsewhere" } }
        : { body: { data: { url: `${origin}/form`, downloadUrl: `${origin}/get`, fields: {} } } }
    );
    const upload = () => uploadReference({ ...COMMON, client: testClient(server.origin) });
    if (succeeds) await upload();
    else assertEquals((await assertRejects(upload, AppError)).code, "MEDIA_UPLOAD_FAILED");
    const sent = server.lines().filter((line) => line.startsWith("POST")).length;
    assertEquals(sent, posts, statuses.join());
  }
});

Deno.test("the sandbox takes forms, and hands the file out again", async () => {
  const sandbox = await startSandbox({ speed: 0 });
  try {
    const client = testClient(sandbox.restEndpoint, { apiKey: sandbox.apiKey });
    const { url } = await uploadReference({ ...COMMON, client });
    const answer = await fetch(url);
    assertEquals(answer.headers.get("content-type"), "image/png");
    assertEquals([...new Uint8Array(await answer.arrayBuffer())], [1, 2, 3]);
  } finally {
    await sandbox.stop();
  }
});
