/** Errors of the service keep their code, category and next step, in JSON and in text. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { wireRequests, withService } from "../support/service.ts";

interface Row {
  fault: FaultRule;
  code: string;
  category: string;
  retryable: boolean;
  /** Words of the hint, if there has to be one. */
  hint?: string;
  purchase?: string;
}

const BILLING = "subscription_billing";
const ROWS: Row[] = [
  {
    fault: { fault: "error", code: 4024, message: "insufficient balance" },
    code: "INSUFFICIENT_BALANCE",
    category: "insufficient_credits",
    retryable: true,
    hint: "--token-type auto",
    purchase: "Buy Spark Packs",
  },
  {
    fault: { fault: "error", code: 4078, message: "no active subscription" },
    code: "4078",
    category: BILLING,
    retryable: false,
    hint: "Premium Spark",
    purchase: "Get Premium Spark",
  },
  {
    fault: { fault: "error", code: 4079, message: "queue cap reached" },
    code: "4079",
    category: BILLING,
    retryable: true,
    hint: "Wait",
  },
  {
    fault: { fault: "error", code: 4080, message: "billing grace" },
    code: "4080",
    category: BILLING,
    retryable: false,
    hint: "do not retry automatically",
  },
  {
    fault: {
      fault: "error",
      code: 4081,
      message: "plan too low",
      fields: { subscriptionLimit: true, requiredPlans: ["pro"], feature: "hd", limitation: "x" },
    },
    code: "4081",
    category: BILLING,
    retryable: false,
    hint: "Unlimited Pro",
    purchase: "Upgrade to Unlimited Pro",
  },
  {
    fault: { fault: "error", code: "jobTimedOut", message: "the job took too long" },
    code: "PROJECT_FAILED",
    category: "timeout",
    retryable: true,
  },
  {
    fault: { fault: "error", code: "workerDisconnected", message: "the worker went away" },
    code: "PROJECT_FAILED",
    category: "transient_failure",
    retryable: true,
  },
  {
    fault: { fault: "error", code: "genfailure", message: "Sensitive content was detected" },
    code: "CONTENT_FILTERED",
    category: "content_refused",
    retryable: false,
    hint: "--no-filter",
  },
  {
    fault: { fault: "error", code: "genfailure", message: "it came to nothing" },
    code: "PROJECT_FAILED",
    category: "permanent_failure",
    retryable: false,
  },
  {
    fault: { fault: "error", code: 4061, message: "too many app ids" },
    code: "APP_ID_POOL_EXHAUSTED",
    category: "transient_failure",
    retryable: true,
    hint: "SOGNI_APP_ID",
  },
  {
    fault: { fault: "error", phase: "request", code: 5000, message: "no workers for this model" },
    code: "MODEL_UNAVAILABLE",
    category: "model_unavailable",
    retryable: true,
    hint: "--model",
  },
];

Deno.test("each code of the service arrives as errorCode, with category, hint and offer", async () => {
  for (const row of ROWS) {
    await withService({ faults: [row.fault] }, async ({ json }) => {
      const { code, object } = await json(["a cat"]);
      assertEquals(
        {
          fault: row.fault,
          exit: code,
          code: object.errorCode,
          category: object.errorCategory,
          retryable: object.retryable,
          purchase: object.purchaseLabel,
        },
        {
          fault: row.fault,
          exit: 1,
          code: row.code,
          category: row.category,
          retryable: row.retryable,
          purchase: row.purchase,
        },
      );
      if (row.hint) assertStringIncludes(String(object.hint), row.hint);
      assertEquals(object.prompt, "a cat");
      assertEquals((object.context as Record<string, unknown>).model, "z_image_turbo_bf16");
    });
  }
});

Deno.test("in text mode people read the error and the hint of a subscription, too", async () => {
  const faults: FaultRule[] = [{ fault: "error", code: 4081, message: "plan too low" }];
  await withService({ faults }, async ({ run }) => {
    const { code, stdout, stderr } = await run(["-q", "a cat"]);
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, "Error: ");
    assertStringIncludes(stderr, "Hint: ");
    assertStringIncludes(stderr, "Unlimited Pro");
  });
});

Deno.test("a code on one output counts like one on the project", async () => {
  const faults: FaultRule[] = [{
    ...{ fault: "error", code: 4024, message: "insufficient balance", level: "output" },
  }];
  await withService({ faults }, async ({ json }) => {
    const { object } = await json(["a cat"]);
    assertEquals(object.errorCode, "INSUFFICIENT_BALANCE");
  });
});

Deno.test("--token-type auto pays with SOGNI when SPARK does not suffice, and says so", async () => {
  await withService({ balance: { spark: 0, sogni: 100 } }, async ({ json }, service) => {
    const { code, object, stderr } = await json(["--token-type", "auto", "a cat"]);
    assertEquals([code, object.tokenType], [0, "sogni"]);
    assertStringIncludes(stderr, "Insufficient SPARK balance");
    assertEquals(wireRequests(service).map(({ tokenType }) => tokenType), ["spark", "sogni"]);
  });
});

Deno.test("--token-type auto is tried twice at most, and other failures are not repeated", async () => {
  await withService({ balance: { spark: 0, sogni: 0 } }, async ({ json }, service) => {
    const { code, object } = await json(["--token-type", "auto", "a cat"]);
    assertEquals([code, object.errorCode], [1, "INSUFFICIENT_BALANCE"]);
    assertEquals((object.context as Record<string, unknown>).tokenType, "sogni");
    assertStringIncludes(String(object.hint), "Neither SPARK nor SOGNI");
    assertStringIncludes(String(object.hint), "Spark Packs");
    assertEquals(wireRequests(service).length, 2);
  });
  const faults: FaultRule[] = [{ fault: "error", code: 4078, message: "no balance plan" }];
  await withService({ faults }, async ({ json }, service) => {
    const { object } = await json(["--token-type", "auto", "a cat"]);
    assertEquals([object.errorCode, wireRequests(service).length], ["4078", 1]);
  });
});

Deno.test("without auto nothing is sent twice", async () => {
  await withService({ balance: { spark: 0, sogni: 100 } }, async ({ json }, service) => {
    const { object } = await json(["a cat"]);
    assertEquals(object.errorCode, "INSUFFICIENT_BALANCE");
    assert(wireRequests(service).length === 1);
  });
});

Deno.test("a model that the service does not know is named in the details, and nothing is sent", async () => {
  await withService({}, async ({ json }, service) => {
    const { code, object } = await json(["-m", "no-such-model", "a cat"]);
    assertEquals([code, object.errorCode], [1, "MODEL_NOT_FOUND"]);
    assertEquals(object.errorDetails, { model: "no-such-model" });
    assertEquals(wireRequests(service), []);
  });
});

Deno.test("a service that refuses the key, on whichever host, is INVALID_API_KEY", async () => {
  const rows: FaultRule[] = [
    { fault: "rejectKey" },
    { fault: "rejectKey", path: "/v1/account/me" },
    { fault: "rest", path: "/v1/account/me", status: 401 },
  ];
  for (const fault of rows) {
    await withService({ faults: [fault] }, async ({ json }, service) => {
      const { code, object } = await json(["a cat"]);
      assertEquals({ fault, code, told: object.errorCode }, {
        ...{ fault, code: 1, told: "INVALID_API_KEY" },
      });
      assertEquals(wireRequests(service), []);
    });
  }
});

Deno.test("an account that cannot be shown does not keep the picture from being made", async () => {
  const faults: FaultRule[] = [{ fault: "rest", path: "/v1/account/me", status: 503 }];
  await withService({ faults }, async ({ json }) => {
    assertEquals((await json(["a cat"])).code, 0);
  });
});

Deno.test("a socket that drops before the greeting is opened again", async () => {
  const faults: FaultRule[] = [{ fault: "dropSocket", phase: "connected" }];
  await withService({ faults }, async ({ json }) => {
    assertEquals((await json(["a cat"])).code, 0);
  });
});
