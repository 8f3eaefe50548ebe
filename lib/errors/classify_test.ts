import { assertEquals } from "@std/assert";
import { AppError } from "./app_error.ts";
import { classify, messageOf } from "./classify.ts";
import { ERROR_KINDS } from "./kinds.ts";
import { type ErrorCode, errorEntry, ERRORS } from "./registry.ts";

function outside(facts: Record<string, unknown>, message = "something"): Error {
  return Object.assign(new Error(message), facts);
}

Deno.test("a registered code decides, whatever the words say", () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    if (code === "PROJECT_FAILED" || code as string === "API_REQUEST_FAILED") continue;
    const { type, category, retryable, publicCode } = errorEntry(code);
    assertEquals(
      classify(new AppError(code, "canceled: the api key timed out, nsfw network")),
      { code: publicCode ?? code, type, category, retryable },
    );
  }
});

Deno.test("a failed chat run shows the code that the service named", () => {
  const failed = (serviceCode?: string) =>
    classify(
      new AppError(
        "DURABLE_CHAT_RUN_FAILED",
        "no",
        serviceCode ? { details: { serviceCode } } : {},
      ),
    );
  assertEquals(failed().code, "DURABLE_CHAT_RUN_FAILED");
  assertEquals(failed("TOOL_BROKE").code, "TOOL_BROKE");
  assertEquals(failed("4024").category, "insufficient_credits");
});

Deno.test("codes from outside", () => {
  const rows: [Record<string, unknown>, string | undefined, string, boolean][] = [
    [{ code: 4024 }, "INSUFFICIENT_BALANCE", "insufficient_credits", true],
    [{ code: "4024" }, "INSUFFICIENT_BALANCE", "insufficient_credits", true],
    [{ status: 402 }, "INSUFFICIENT_BALANCE", "insufficient_credits", true],
    [{ code: "INSUFFICIENT_BALANCE" }, "INSUFFICIENT_BALANCE", "insufficient_credits", true],
    [{ code: "ABORT_ERR" }, "USER_CANCELLED", "cancelled", false],
    [{ name: "AbortError" }, "USER_CANCELLED", "cancelled", false],
    [{ status: 408 }, "NETWORK_TIMEOUT", "timeout", true],
    [{ code: "ETIMEDOUT" }, "NETWORK_TIMEOUT", "timeout", true],
    [{ status: 401 }, "INVALID_API_KEY", "permission_required", false],
    [{ payload: { errorCode: 101 }, status: 400 }, "INVALID_API_KEY", "permission_required", false],
    [{ status: 403 }, "403", "permission_required", false],
    [{ code: "EACCES" }, undefined, "permission_required", false],
    [{ code: "ENOENT" }, "FILE_NOT_FOUND", "asset_not_found", false],
    [{ name: "NotFound" }, "FILE_NOT_FOUND", "asset_not_found", false],
    [{ status: 404 }, "404", "asset_not_found", false],
    [{ code: "INVALID_VIDEO_SIZE" }, "INVALID_VIDEO_SIZE", "schema_validation", false],
    [{ status: 422 }, "422", "schema_validation", false],
    [{ status: 503 }, "503", "transient_failure", true],
    [{ status: 429 }, "429", "transient_failure", true],
    [{ code: "ECONNRESET" }, "CONNECTION_FAILED", "transient_failure", true],
    [{ code: 4078 }, "4078", "subscription_billing", false],
    [{ code: 4079 }, "4079", "subscription_billing", true],
    [{ code: 4080 }, "4080", "subscription_billing", false],
    [{ code: "4081" }, "4081", "subscription_billing", false],
    [{ code: "SOMETHING_ELSE" }, "INTERNAL_ERROR", "permanent_failure", false],
  ];
  for (const [facts, code, category, retryable] of rows) {
    const known = classify(outside(facts));
    assertEquals(known.code, code, JSON.stringify(facts));
    assertEquals(known.category, category, JSON.stringify(facts));
    assertEquals(known.retryable, retryable, JSON.stringify(facts));
  }
});

Deno.test("words decide for messages without a code", () => {
  const rows: [string, string, string][] = [
    ["Insufficient credits", "COST_LIMIT_EXCEEDED", "insufficient_credits"],
    ["Job was canceled", "USER_CANCELLED", "cancelled"],
    ["no activity for 60 s", "PROVIDER_TIMEOUT", "timeout"],
    ["Forbidden", "PERMISSION_REQUIRED", "permission_required"],
    ["no workers for this model", "MODEL_UNAVAILABLE", "model_unavailable"],
    ["File not found: x", "ASSET_NOT_FOUND", "asset_not_found"],
    ["Invalid workflow step", "WORKFLOW_VALIDATION_FAILED", "workflow_validation"],
    ["This requires a prompt", "USER_INPUT_INCOMPLETE", "user_input_incomplete"],
    ["width must be even", "PARAMETER_INVALID", "schema_validation"],
    ["blocked by content policy", "SAFETY_REJECTED", "content_refused"],
    ["worker disconnected", "GPU_WORKER_FAILED", "transient_failure"],
    ["it broke", "UNKNOWN_ERROR", "permanent_failure"],
  ];
  for (const [message, type, category] of rows) {
    for (const error of [new Error(message), message, { message }]) {
      const known = classify(error);
      assertEquals([known.type, known.category], [type, category], message);
    }
  }
});

Deno.test("JavaScript's own errors are defects, unless the network failed", () => {
  for (
    const error of [
      new TypeError("invalid value must be x"),
      new RangeError("Invalid array length"),
      new SyntaxError("Unexpected token, cannot parse"),
    ]
  ) {
    assertEquals(classify(error).code, "INTERNAL_ERROR", error.message);
  }
  assertEquals(classify(new TypeError("error sending request")).code, "CONNECTION_FAILED");
});

Deno.test("a general failure is made exact by the service's code, else by its words", () => {
  const rows: [string, Record<string, unknown>, string][] = [
    ["worker failed", { serviceCode: 5002 }, "transient_failure"],
    ["Job timed out", {}, "timeout"],
    ["timed out", { serviceCode: 4024 }, "insufficient_credits"],
    ["something", { serviceCode: 5000 }, "permanent_failure"],
    ["something", { serviceCode: 5000, serviceWord: "genfailure" }, "permanent_failure"],
    ["websocket closed", { serviceCode: 5000 }, "transient_failure"],
  ];
  for (const [message, details, category] of rows) {
    const known = classify(new AppError("PROJECT_FAILED", message, { details }));
    assertEquals(known.category, category, message);
    assertEquals(known.code, "PROJECT_FAILED");
  }
});

Deno.test("anything may be thrown", () => {
  for (const thing of [undefined, null, 7, {}, [], Symbol("x"), () => 1, ""]) {
    assertEquals(classify(thing).type, "UNKNOWN_ERROR");
    assertEquals(messageOf(thing), "Unknown error.");
  }
  assertEquals(messageOf(new Error(" x ")), "x");
  assertEquals(messageOf("y"), "y");
});

Deno.test("no code stands for two kinds", () => {
  const codes = ERROR_KINDS.flatMap((kind) => kind.codes);
  assertEquals(codes.length, new Set(codes).size);
});
