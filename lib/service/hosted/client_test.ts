import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type AddressInfo, createServer } from "node:net";
import { AppError } from "../../errors/app_error.ts";
import { errorEntry } from "../../errors/registry.ts";
import { apiOriginPolicy } from "../../net/api_origin.ts";
import type { CallArea } from "./http_error.ts";
import type { HostedCall } from "./client.ts";
import { TEST_KEY, testClient } from "./testing/client.ts";
import { startRecordingServer } from "./testing/recording_server.ts";

const GET: HostedCall = { method: "GET", path: "/v1/models", repeat: "safe" };
const POST: HostedCall = { method: "POST", path: "/v1/x", body: { a: 1 }, repeat: "never" };

Deno.test("headers of the two transports", async () => {
  await using server = await startRecordingServer(() => ({ body: { ok: 1 } }));
  await testClient(server.origin).call({ ...POST, bySdk: true });
  const sdk = testClient(server.origin, { sdkTransport: true });
  await sdk.call({ ...POST, bySdk: true });
  await sdk.call(GET);
  const sent = server.requests.map(({ headers }) => [
    headers.authorization,
    headers["api-key"],
    headers["content-type"],
  ]);
  assertEquals(sent, [
    [`Bearer ${TEST_KEY}`, TEST_KEY, "application/json"],
    [undefined, TEST_KEY, "application/json"],
    [`Bearer ${TEST_KEY}`, TEST_KEY, "application/json"],
  ]);
});

Deno.test("a path prefix and the query reach the server", async () => {
  await using server = await startRecordingServer(() => ({}));
  await testClient(`${server.origin}/sogni/`).call({
    ...GET,
    query: { limit: 5, after: undefined },
  });
  assertEquals(server.lines(), ["GET /sogni/v1/models?limit=5"]);
});

Deno.test("bodies: JSON, empty, plain text", async () => {
  const bodies = ['{"a":1}', "", "fine"];
  await using server = await startRecordingServer((_request, index) => ({
    body: bodies[index] ?? "",
  }));
  const client = testClient(server.origin);
  assertEquals(await client.call(GET), { a: 1 });
  assertEquals(await client.call(GET), {});
  assertEquals(await client.call(GET), { message: "fine" });
});

Deno.test("the status decides the error; service codes come before it", async () => {
  type Row = [number, unknown, string, string, string, boolean, CallArea?];
  const rows: Row[] = [
    [401, {}, "INVALID_API_KEY", "PERMISSION_REQUIRED", "permission_required", false],
    [402, {}, "INSUFFICIENT_BALANCE", "COST_LIMIT_EXCEEDED", "insufficient_credits", true],
    [403, {}, "API_REQUEST_FAILED", "PERMISSION_REQUIRED", "permission_required", false],
    [404, {}, "API_REQUEST_FAILED", "ASSET_NOT_FOUND", "asset_not_found", false],
    [408, {}, "API_REQUEST_FAILED", "PROVIDER_TIMEOUT", "timeout", true],
    [504, {}, "API_REQUEST_FAILED", "PROVIDER_TIMEOUT", "timeout", true],
    [400, {}, "API_REQUEST_FAILED", "PARAMETER_INVALID", "schema_validation", false],
    [413, {}, "API_REQUEST_FAILED", "PARAMETER_INVALID", "schema_validation", false],
    [
      422,
      {},
      "API_REQUEST_FAILED",
      "WORKFLOW_VALIDATION_FAILED",
      "workflow_validation",
      false,
      "workflow-start",
    ],
    [429, {}, "RATE_LIMITED", "RATE_LIMITED", "transient_failure", true],
    [500, {}, "API_REQUEST_FAILED", "GPU_WORKER_FAILED", "transient_failure", true],
    [418, {}, "API_REQUEST_FAILED", "UNKNOWN_ERROR", "permanent_failure", false],
    [
      400,
      { errorCode: 4024 },
      "INSUFFICIENT_BALANCE",
      "COST_LIMIT_EXCEEDED",
      "insufficient_credits",
      true,
    ],
    [402, { error: { code: "4078" } }, "4078", "SUBSCRIPTION_LIMIT", "subscription_billing", false],
    [
      400,
      { errorCode: 101 },
      "INVALID_API_KEY",
      "PERMISSION_REQUIRED",
      "permission_required",
      false,
    ],
    [404, {}, "API_STREAM_FAILED", "ASSET_NOT_FOUND", "asset_not_found", false, "stream"],
    [500, {}, "API_STREAM_FAILED", "GPU_WORKER_FAILED", "transient_failure", true, "stream"],
  ];
  let current: Row | undefined;
  await using server = await startRecordingServer(() => ({
    status: current?.[0] ?? 500,
    body: current?.[1],
  }));
  const client = testClient(server.origin);
  for (const row of rows) {
    current = row;
    const error = await failure(client.call({ ...POST, ...(row[6] ? { area: row[6] } : {}) }));
    const entry = errorEntry(error.code);
    assertEquals(
      [entry.publicCode ?? error.code, entry.type, entry.category, entry.retryable],
      row.slice(2, 6),
      JSON.stringify(row),
    );
    assertEquals(error.details?.status, row[0]);
  }
});

Deno.test("the message is the service's, without HTML, and details hold no secrets", async () => {
  const bodies = [
    { message: "first", error: { message: "second" } },
    { error: { message: "second", hint: "https://s/?X-Amz-Signature=abc" } },
    "<html><h1>Bad gateway</h1></html>",
    "",
  ];
  await using server = await startRecordingServer((_r, i) => ({
    status: 400,
    body: bodies[i] ?? "",
  }));
  const client = testClient(server.origin);
  const call = () => failure(client.call({ ...POST, path: "/v1/x?sig=abc" }));
  assertEquals((await call()).message, "first");
  const second = await call();
  assertEquals(second.message, "second");
  assertEquals(JSON.stringify(second.toData()).includes("abc"), false);
  assertEquals((await call()).message, "Bad gateway");
  assertEquals((await call()).message, "Bad Request");
});

Deno.test("reads are tried three times, with Retry-After or growing pauses", async () => {
  const answers = [
    { status: 503 },
    { status: 429, headers: { "retry-after": "7" } },
    { body: { ok: true } },
  ];
  await using server = await startRecordingServer((_request, index) =>
    answers[index] ?? { status: 500 }
  );
  const pauses: number[] = [];
  assertEquals(await testClient(server.origin, {}, pauses).call(GET), { ok: true });
  assertEquals(pauses, [500, 7000]);
});

Deno.test("a read gives up after the third try; other statuses are not repeated", async () => {
  await using busy = await startRecordingServer(() => ({ status: 502, breakOff: false }));
  await failure(testClient(busy.origin).call(GET));
  assertEquals(busy.requests.length, 3);
  await using missing = await startRecordingServer(() => ({ status: 404 }));
  await failure(testClient(missing.origin).call(GET));
  assertEquals(missing.requests.length, 1);
});

Deno.test("a write that may have been accepted is sent once", async () => {
  await using server = await startRecordingServer(() => ({ status: 503 }));
  await failure(testClient(server.origin).call(POST));
  assertEquals(server.requests.length, 1);
});

Deno.test("a refused connection is tried again even for a write", async () => {
  const pauses: number[] = [];
  const error = await failure(testClient(await closedOrigin(), {}, pauses).call(POST));
  assertEquals([error.code, pauses], ["CONNECTION_FAILED", [500, 1000]]);
  assertStringIncludes(error.message, "refused");
});

Deno.test("an answer that does not begin in time is NETWORK_TIMEOUT", async () => {
  await using server = await startRecordingServer(() => ({ silent: true }));
  const error = await failure(testClient(server.origin, { timeoutMs: 30 }).call(GET));
  assertEquals(error.code, "NETWORK_TIMEOUT");
  assertStringIncludes(String(error.hint), "SOGNI_HTTP_TIMEOUT_MS");
  assertEquals(server.requests.length, 1);
});

Deno.test("C23: a redirect to another origin ends the call, and the key stays home", async () => {
  await using other = await startRecordingServer(() => ({}));
  await using server = await startRecordingServer(() => ({
    status: 302,
    headers: { location: `${other.origin}/stolen` },
  }));
  const error = await failure(testClient(server.origin).call(GET));
  assertEquals([error.code, other.requests.length], ["API_REDIRECT_REFUSED", 0]);
});

Deno.test("C24: a read follows redirects within its origin, a write none", async () => {
  await using server = await startRecordingServer((request) =>
    request.url === "/moved"
      ? { body: { ok: 1 } }
      : { status: 302, headers: { location: "/moved" } }
  );
  assertEquals(await testClient(server.origin).call(GET), { ok: 1 });
  assertEquals((await failure(testClient(server.origin).call(POST))).code, "API_REDIRECT_REFUSED");
  await using loop = await startRecordingServer(() => ({
    status: 302,
    headers: { location: "/again" },
  }));
  await failure(testClient(loop.origin).call(GET));
  assertEquals(loop.requests.length, 6);
});

Deno.test("C15: a refused origin is never contacted", async () => {
  await using server = await startRecordingServer(() => ({}));
  const error = await failure(testClient(server.origin, { policy: apiOriginPolicy({}) }).call(GET));
  assertEquals([error.code, server.requests.length], ["UNSAFE_API_BASE_URL", 0]);
});

Deno.test("an abort ends the call as cancelled", async () => {
  const controller = new AbortController();
  await using server = await startRecordingServer(() => {
    setTimeout(() => controller.abort(), 5);
    return { silent: true };
  });
  const error = await failure(testClient(server.origin, { signal: controller.signal }).call(GET));
  assertEquals(error.code, "USER_CANCELLED");
});

/** An origin at which nothing listens any more. */
async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function failure(call: Promise<unknown>): Promise<AppError> {
  return assertRejects(() => call, AppError);
}
