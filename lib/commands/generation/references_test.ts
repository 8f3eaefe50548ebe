import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { DownloadError } from "../../platform/download.ts";
import type { DownloadOptions } from "../../platform/host.ts";
import type { CommandContext } from "../context.ts";
import { readReference } from "./references.ts";

const SOURCE = "https://x.example/a.png";

/** A context whose downloads end as `answer` says; records what they were asked with. */
function withDownload(env: Record<string, string>, answer: () => Uint8Array) {
  const asked: DownloadOptions[] = [];
  const download = (_url: string, options: DownloadOptions) => {
    asked.push(options);
    return Promise.resolve().then(() => ({ bytes: answer() }));
  };
  const host = { facts: { env }, download };
  const context = { host, invocation: { options: {} } } as unknown as CommandContext;
  return { context, asked };
}

const FAILURES: [error: DownloadError, code: string, details: Record<string, unknown>][] = [
  [new DownloadError("EHTTP", "the server answered 404", 404), "FETCH_FAILED", {
    url: SOURCE,
    status: 404,
    statusText: "Not Found",
  }],
  [new DownloadError("EHTTP", "no", 799), "FETCH_FAILED", {
    url: SOURCE,
    status: 799,
    statusText: "",
  }],
  [new DownloadError("ENETWORK", "no route"), "FETCH_FAILED", { url: SOURCE }],
  [new DownloadError("ETIMEDOUT", "no byte for 5 ms"), "NETWORK_TIMEOUT", { url: SOURCE }],
  [new DownloadError("EBADURL", "refused", undefined, { reason: "port" }), "INVALID_URL", {
    reason: "port",
  }],
  [new DownloadError("EFBIG", "9 bytes are more than 8"), "MEDIA_REFERENCE_TOO_LARGE", {
    source: SOURCE,
    maxBytes: 8,
  }],
];

for (const [error, code, details] of FAILURES) {
  Deno.test(`a fetch that ends with ${error.code} (${error.message}) is ${code}`, async () => {
    const { context } = withDownload({ SOGNI_API_MEDIA_REFERENCE_MAX_BYTES: "8" }, () => {
      throw error;
    });
    const failure = await assertRejects(() => readReference(context, SOURCE), AppError);
    assertEquals([failure.code, failure.details], [code, details]);
  });
}

Deno.test("the limits of fetches come from the environment", async () => {
  for (
    const [env, bytes, ms] of [
      [{}, 104_857_600, 30_000],
      [{ SOGNI_HTTP_TIMEOUT_MS: "250", SOGNI_API_MEDIA_REFERENCE_MAX_BYTES: "9" }, 9, 250],
      [
        { SOGNI_HTTP_TIMEOUT_MS: "-1", SOGNI_API_MEDIA_REFERENCE_MAX_BYTES: "x" },
        104_857_600,
        30_000,
      ],
    ] as const
  ) {
    const { context, asked } = withDownload(env, () => new Uint8Array([1]));
    assertEquals(await readReference(context, SOURCE), new Uint8Array([1]));
    assertEquals([asked[0]?.maxBytes, asked[0]?.idleTimeoutMs], [bytes, ms]);
  }
});

Deno.test("a reference without a byte is refused", async () => {
  const { context } = withDownload({}, () => new Uint8Array());
  const failure = await assertRejects(() => readReference(context, SOURCE), AppError);
  assertEquals([failure.code, failure.details], ["INVALID_MEDIA_REFERENCE", { source: SOURCE }]);
});

Deno.test("only an own result may be fetched from this machine", async () => {
  const url = "http://127.0.0.1:9/result.png";
  const { context, asked } = withDownload({}, () => new Uint8Array([1]));
  const refused = await assertRejects(() => readReference(context, url), AppError);
  assertEquals([refused.code, asked.length], ["INVALID_URL", 0]);
  assertEquals(await readReference(context, url, true), new Uint8Array([1]));
  assertEquals(asked[0]?.allowLoopback, true);
  await readReference(context, SOURCE, true);
  assertEquals(asked[1]?.allowLoopback, undefined);
});
