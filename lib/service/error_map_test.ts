import { assertEquals } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import type { ErrorCode } from "../errors/registry.ts";
import { mapServiceError } from "./error_map.ts";

const CASES: [name: string, failure: unknown, code: string][] = [
  ["balance by code", { code: 4024, message: "no" }, "INSUFFICIENT_BALANCE"],
  ["balance by word", { code: 5000, message: "Insufficient funds" }, "INSUFFICIENT_BALANCE"],
  ["not covered", { code: 4078, message: "x" }, "SUBSCRIPTION_NOT_COVERED"],
  ["queue full", { code: "4079", message: "x" }, "SUBSCRIPTION_QUEUE_FULL"],
  ["renewal", { code: 4080, message: "insufficient" }, "SUBSCRIPTION_RENEWAL_PENDING"],
  ["higher plan", { code: 4081, message: "x" }, "SUBSCRIPTION_PLAN_TOO_LOW"],
  [
    "key by API code",
    { status: 400, payload: { errorCode: 101, message: "x" } },
    "INVALID_API_KEY",
  ],
  ["key by status", { status: 401, message: "x" }, "INVALID_API_KEY"],
  ["key by close code", { code: 4021, message: "x" }, "INVALID_API_KEY"],
  [
    "sensitive",
    { code: 5000, originalCode: "sensitiveContent", message: "sensitiveContent" },
    "CONTENT_FILTERED",
  ],
  ["local refusal", new Error("Model abc not supported"), "MODEL_NOT_FOUND"],
  [
    "anything else",
    { code: 5002, originalCode: "workerDisconnected", message: "gone" },
    "PROJECT_FAILED",
  ],
  ["nothing at all", undefined, "PROJECT_FAILED"],
  ["a model by the service", { code: 404, message: "Model not found" }, "MODEL_NOT_FOUND"],
  ["something else", { code: 400, message: "sampler not supported" }, "PROJECT_FAILED"],
  ["too many ids", { code: 4061, message: "x" }, "APP_ID_POOL_EXHAUSTED"],
  [
    "a refused upload",
    { status: 401, message: "Failed to upload guide image" },
    "MEDIA_UPLOAD_FAILED",
  ],
];
for (const [name, failure, code] of CASES) {
  Deno.test(`service error: ${name}`, () => {
    assertEquals(mapServiceError(failure, "PROJECT_FAILED").code, code);
  });
}

Deno.test("numbers and words of the service stay in the details", () => {
  const error = mapServiceError(
    {
      code: 4081,
      originalCode: "planTooLow",
      message: "4K needs Pro",
      requiredPlans: ["unlimited_pro"],
    },
    "PROJECT_FAILED",
    { projectId: "P" },
  );
  assertEquals(error.message, "4K needs Pro");
  assertEquals(error.details, {
    projectId: "P",
    serviceCode: 4081,
    serviceWord: "planTooLow",
    requiredPlans: ["unlimited_pro"],
  });
});

Deno.test("our own errors pass through", () => {
  const own = new AppError("NO_OUTPUT", "x");
  assertEquals(mapServiceError(own, "PROJECT_FAILED"), own);
});

Deno.test("a fetch that came to nothing says that the service could not be reached", () => {
  const error = mapServiceError(new TypeError("fetch failed"), "CONNECTION_FAILED");
  assertEquals(error.message, "The service could not be reached: fetch failed");
});

Deno.test("an answer that cannot be understood is the service's fault, and may be tried again", () => {
  const rows: [failure: unknown, fallback: ErrorCode, code: string][] = [
    [new TypeError("x.find is not a function"), "PROJECT_FAILED", "FETCH_FAILED"],
    [{ message: "Failed to parse response body (HTTP 200): <" }, "PROJECT_FAILED", "FETCH_FAILED"],
    [new TypeError("no data"), "CONNECTION_FAILED", "CONNECTION_FAILED"],
  ];
  for (const [failure, fallback, code] of rows) {
    const error = mapServiceError(failure, fallback, { projectId: "P" });
    assertEquals([error.code, error.details], [code, { projectId: "P" }]);
    assertEquals(error.message.startsWith("The service gave an answer"), true, error.message);
  }
});
