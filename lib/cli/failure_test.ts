import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import type { ErrorCode } from "../errors/registry.ts";
import { describeFailure, type FailureFacts } from "./failure.ts";

const FACTS: FailureFacts = {
  prompt: "a cat",
  openclaw: false,
  cwd: "/work",
  runtime: "deno 2.6.8",
  env: {},
  now: new Date("2026-07-01T12:00:00.000Z"),
};
const SPARK_PACKS = "https://docs.sogni.ai/pricing/#spark-packs";

function object(error: unknown, facts: Partial<FailureFacts> = {}): Record<string, unknown> {
  return describeFailure(error, { ...FACTS, ...facts }).object;
}

Deno.test("the failure object of an error raised on purpose", () => {
  const error = new AppError("INVALID_ARGUMENT", "--steps must be at least 1 (got 0).", {
    details: { flag: "--steps", value: 0, min: 1 },
    hint: "Give --steps a whole number from 1 up.",
  });
  assertEquals(describeFailure(error, FACTS), {
    object: {
      success: false,
      error: "--steps must be at least 1 (got 0).",
      errorType: "PARAMETER_INVALID",
      errorCategory: "schema_validation",
      retryable: false,
      prompt: "a cat",
      errorCode: "INVALID_ARGUMENT",
      errorDetails: { flag: "--steps", value: 0, min: 1 },
      hint: "Give --steps a whole number from 1 up.",
      timestamp: "2026-07-01T12:00:00.000Z",
      node: "deno 2.6.8",
      cwd: "/work",
    },
    lines: [
      "Error: --steps must be at least 1 (got 0).",
      "Hint: Give --steps a whole number from 1 up.",
    ],
    exitCode: 1,
    debugLines: [],
  });
});

Deno.test("a flag is named in the message as it was typed, and by its long name in the details", () => {
  const error = new AppError("INVALID_ARGUMENT", "--width cannot be used with --music.", {
    details: { flags: ["--width"] },
  });
  const { object, lines } = describeFailure(error, { ...FACTS, typed: { "--width": "-w" } });
  assertEquals(lines, ["Error: -w/--width cannot be used with --music."]);
  assertEquals(object.errorDetails, { flags: ["--width"] });
  assert(!("technicalError" in object));
});

Deno.test("prompt is null when there was none; openclaw and context appear when they apply", () => {
  const error = new AppError("NO_OUTPUT", "Nothing came.");
  const plain = object(error, { prompt: null });
  assertEquals(plain.prompt, null);
  assert(!("openclaw" in plain) && !("context" in plain) && !("errorDetails" in plain));
  const full = object(error, { openclaw: true, context: { model: "z", fps: null } });
  assertEquals(full.openclaw, true);
  assertEquals(full.context, { model: "z", fps: null });
});

Deno.test("an empty balance offers Spark Packs, and keeps a hint it has", () => {
  const plain = object(new AppError("INSUFFICIENT_BALANCE", "Not enough."));
  assertEquals(plain.errorCategory, "insufficient_credits");
  assertEquals(plain.purchaseAction, true);
  assertEquals(plain.purchaseLabel, "Buy Spark Packs");
  assertEquals(plain.purchaseUrl, SPARK_PACKS);
  assertEquals(typeof plain.purchaseReason, "string");
  assertStringIncludes(String(plain.hint), "Buy Spark Packs");
  const hinted = object(new AppError("INSUFFICIENT_BALANCE", "Not enough.", { hint: "Wait." }));
  assertEquals(hinted.hint, "Wait.");
});

Deno.test("subscription codes are text, with hint and offer, in text mode too", () => {
  const rows: [ErrorCode, string, boolean, string | undefined, string][] = [
    ["SUBSCRIPTION_NOT_COVERED", "4078", false, "Get Premium Spark", "Premium Spark"],
    ["SUBSCRIPTION_QUEUE_FULL", "4079", true, undefined, "Wait"],
    ["SUBSCRIPTION_RENEWAL_PENDING", "4080", false, undefined, "do not retry automatically"],
    ["SUBSCRIPTION_PLAN_TOO_LOW", "4081", false, "Upgrade to Unlimited Pro", "Unlimited Pro"],
  ];
  for (const [code, publicCode, retryable, label, words] of rows) {
    const fromService = Object.assign(new Error("denied"), { code: Number(publicCode) });
    for (const error of [new AppError(code, "Denied."), fromService]) {
      const { object, lines } = describeFailure(error, FACTS);
      assertEquals(object.errorCode, publicCode);
      assertEquals(object.errorCategory, "subscription_billing");
      assertEquals(object.retryable, retryable);
      assertEquals(object.purchaseLabel, label);
      assertEquals(object.purchaseAction, label === undefined ? undefined : true);
      assertStringIncludes(String(object.hint), words);
      assertEquals(lines.at(-1), `Hint: ${object.hint}`);
    }
  }
});

Deno.test("errors from outside are put in plain words, with the raw text as details", () => {
  const rows: [unknown, string, string, string | undefined][] = [
    [
      new Error("Insufficient SPARK balance"),
      "INSUFFICIENT_BALANCE",
      "The balance does not",
      "Insufficient SPARK",
    ],
    [
      new TypeError("fetch failed"),
      "CONNECTION_FAILED",
      "The service could not be reached",
      "fetch failed",
    ],
    [
      new TypeError("x is not a function"),
      "INTERNAL_ERROR",
      "Internal error: x is not",
      "x is not",
    ],
    [{ status: 401, message: "no" }, "INVALID_API_KEY", "The service refused the API key.", "no"],
    [new Error("Request timed out"), "NETWORK_TIMEOUT", "Request timed out", undefined],
  ];
  for (const [error, code, message, details] of rows) {
    const { object, lines } = describeFailure(error, FACTS);
    assertEquals(object.errorCode, code);
    assertStringIncludes(String(object.error), message);
    assertEquals(lines.some((line) => line.startsWith("Details: ")), details !== undefined);
    if (details !== undefined) assertStringIncludes(lines[1] ?? "", details);
  }
});

Deno.test("a refused key points to the dashboard", () => {
  assertStringIncludes(String(object({ status: 401 }).hint), "dashboard.sogni.ai");
});

Deno.test("failures of vendor models keep the vendor's text and payload", () => {
  const context = { model: "seedance-2-0" };
  const rows: [string, string, string, boolean][] = [
    ["Output rejected by content policy", "SAFETY_REJECTED", "content_refused", false],
    ["The image may contain a real person", "SAFETY_REJECTED", "content_refused", false],
    ["Invalid parameter: duration", "PARAMETER_INVALID", "schema_validation", false],
    ["Upstream gave up", "GPU_WORKER_FAILED", "transient_failure", true],
  ];
  for (const [text, type, category, retryable] of rows) {
    const failed = object(
      new AppError("PROJECT_FAILED", text, { details: { metadata: { id: 7 }, projectId: "p" } }),
      { context },
    );
    assertEquals(failed.errorType, type, text);
    assertEquals(failed.errorCategory, category, text);
    assertEquals(failed.retryable, retryable, text);
    assertEquals(failed.metadata, { id: 7 });
    assertEquals(failed.technicalError, text);
    assertEquals(failed.errorDetails, { projectId: "p" });
  }
  const other = object(new AppError("PROJECT_FAILED", "Upstream gave up"), {
    context: { model: "z_image_turbo_bf16" },
  });
  assert(!("metadata" in other) && !("technicalError" in other));
});

Deno.test("no secret leaves in any part", () => {
  const key = "sogni-key-0123456789";
  const error = new AppError("MEDIA_UPLOAD_FAILED", `PUT failed for ${key}`, {
    details: {
      url: "https://s3.example/f?X-Amz-Signature=abc",
      headers: { Authorization: `Bearer ${key}` },
      note: "api_key=hidden",
    },
    hint: `Not ${key}.`,
  });
  const report = describeFailure(error, {
    ...FACTS,
    env: { SOGNI_API_KEY: key },
    context: { refImage: "https://s3.example/r?X-Amz-Signature=abc&x=1" },
  });
  const text = JSON.stringify(report);
  for (const secret of [key, "X-Amz-Signature=abc", "api_key=hidden"]) {
    assert(!text.includes(secret), secret);
  }
  assertEquals((report.object.errorDetails as { url: string }).url, "https://s3.example/f");
  assert(
    !JSON.stringify(object(new Error("got k-from-file-1"), { secrets: ["k-from-file-1"] }))
      .includes("k-from-file"),
  );
});

Deno.test("a stack is shown for defects only, and only when asked for", () => {
  const defect = new TypeError("x is undefined");
  assertEquals(describeFailure(defect, FACTS).debugLines, []);
  for (const env of [{ SOGNI_DEBUG: "1" }, { DEBUG: "x" }]) {
    assertStringIncludes(
      describeFailure(defect, { ...FACTS, env }).debugLines[0] ?? "",
      "TypeError",
    );
    assertEquals(describeFailure(new AppError("NO_OUTPUT", "x"), { ...FACTS, env }).debugLines, []);
  }
});

Deno.test("exit codes", () => {
  const extended = { SOGNI_EXIT_CODES: "extended" };
  const rows: [unknown, Record<string, string>, number][] = [
    [new AppError("INVALID_ARGUMENT", "x"), {}, 1],
    [new AppError("INVALID_ARGUMENT", "x"), extended, 2],
    [new AppError("COUNT_LIMIT_EXCEEDED", "x"), extended, 2],
    [new AppError("NO_OUTPUT", "x"), extended, 1],
    [new AppError("CONTENT_FILTERED", "x"), {}, 1],
    [new AppError("USER_CANCELLED", "x", { details: { signal: "SIGINT" } }), {}, 130],
    [new AppError("USER_CANCELLED", "x", { details: { signal: "SIGTERM" } }), {}, 143],
    [new AppError("USER_CANCELLED", "x", { details: { signal: "SIGHUP" } }), extended, 129],
    [new AppError("USER_CANCELLED", "x", { details: { signal: "SIGKILL" } }), {}, 1],
    [undefined, {}, 1],
  ];
  for (const [error, env, code] of rows) {
    assertEquals(describeFailure(error, { ...FACTS, env }).exitCode, code);
  }
});
