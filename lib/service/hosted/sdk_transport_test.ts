// Its intervals begin with its import and end with the process: they belong to no test.
import "@sogni-ai/sogni-client";
import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { apiOriginPolicy } from "../../net/api_origin.ts";
import type { HostedCall } from "./client.ts";
import { TEST_KEY, testClient } from "./testing/client.ts";
import { type ScriptedAnswer, startRecordingServer } from "./testing/recording_server.ts";

const LIST: HostedCall = {
  method: "GET",
  path: "/v1/creative-agent/workflows",
  query: { limit: 20, offset: undefined },
  repeat: "safe",
  bySdk: true,
};
const START: HostedCall = {
  method: "POST",
  path: "/v1/chat/runs",
  body: { messages: [], media_references: [{ id: "media_ref_1" }], app_source: "x" },
  headers: { "Idempotency-Key": "k1" },
  repeat: "safe",
  bySdk: true,
};

const bySdk = (origin: string, pauses: number[] = []) =>
  testClient(origin, { sdkTransport: true }, pauses);

Deno.test("the same requests go out, with the SDK's way of giving the key, and nothing besides", async () => {
  await using server = await startRecordingServer(() => ({ body: { data: { run: { id: 1 } } } }));
  const client = bySdk(server.origin);
  assertEquals(await client.call(START), { data: { run: { id: 1 } } });
  await client.call(LIST);
  assertEquals(server.lines(), [
    "POST /v1/chat/runs",
    "GET /v1/creative-agent/workflows?limit=20",
  ]);
  assertEquals(server.requests[0]?.json, START.body);
  for (const { headers } of server.requests) {
    assertEquals(
      [headers["api-key"], headers.authorization, headers["content-type"]],
      [TEST_KEY, undefined, "application/json"],
    );
  }
  assertEquals(server.requests[0]?.headers["idempotency-key"], "k1");
});

Deno.test("the SDK puts paths in the place of a prefix, as it always did; our own calls keep it", async () => {
  await using server = await startRecordingServer(() => ({}));
  const client = bySdk(`${server.origin}/proxy`);
  await client.call(LIST);
  await client.call({ ...LIST, bySdk: false });
  const path = "/v1/creative-agent/workflows?limit=20";
  assertEquals(server.lines(), [`GET ${path}`, `GET /proxy${path}`]);
});

Deno.test("answers that are errors are told as by our own client", async () => {
  const rows: [ScriptedAnswer, string, Record<string, unknown>][] = [
    [{ status: 401, body: { message: "no key" } }, "INVALID_API_KEY", { status: 401 }],
    [{ status: 400, body: { message: "no", errorCode: 4024 } }, "INSUFFICIENT_BALANCE", {}],
    [{ status: 404, body: {} }, "API_NOT_FOUND", { status: 404 }],
    [{ status: 500, body: "<html>oops</html>" }, "API_UNAVAILABLE", { status: 500 }],
    [{ status: 429, body: {}, headers: { "retry-after": "7" } }, "RATE_LIMITED", {
      retryAfterSeconds: 7,
    }],
  ];
  for (const [answer, code, details] of rows) {
    await using server = await startRecordingServer(() => answer);
    const ask = () => bySdk(server.origin).call({ ...START, repeat: "never" });
    const error = await assertRejects(ask, AppError);
    assertEquals(error.code, code);
    for (const [key, value] of Object.entries(details)) assertEquals(error.details?.[key], value);
    assertEquals(error.message.includes("<"), false);
  }
});

Deno.test("empty answers and pages count as by our own client", async () => {
  await using empty = await startRecordingServer(() => ({ body: "" }));
  assertEquals(await bySdk(empty.origin).call(LIST), {});
  await using page = await startRecordingServer(() => ({ body: "<html>login</html>" }));
  const answer = await bySdk(page.origin).call(LIST) as Record<string, unknown>;
  assertEquals(Object.keys(answer), ["message"]);
});

Deno.test("what may be repeated is repeated", async () => {
  await using server = await startRecordingServer((_request, index) =>
    index < 2 ? { status: 503, body: {} } : { body: { done: true } }
  );
  const pauses: number[] = [];
  assertEquals(await bySdk(server.origin, pauses).call(START), { done: true });
  assertEquals(pauses, [500, 1000]);
});

Deno.test("silence and an abort end a call", async () => {
  await using server = await startRecordingServer(() => ({ silent: true }));
  const late = testClient(server.origin, { sdkTransport: true, timeoutMs: 30 });
  const slow = await assertRejects(() => late.call({ ...START, repeat: "never" }), AppError);
  assertEquals(slow.code, "NETWORK_TIMEOUT");
  const controller = new AbortController();
  const client = testClient(server.origin, { sdkTransport: true, signal: controller.signal });
  setTimeout(() => controller.abort(), 10);
  assertEquals((await assertRejects(() => client.call(LIST), AppError)).code, "USER_CANCELLED");
});

Deno.test("a refused origin is never contacted", async () => {
  const client = testClient("https://10.0.0.1", {
    sdkTransport: true,
    policy: apiOriginPolicy({}),
  });
  const error = await assertRejects(() => client.call(LIST), AppError);
  assertEquals(error.code, "UNSAFE_API_BASE_URL");
});
