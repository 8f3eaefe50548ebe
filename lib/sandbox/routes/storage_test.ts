import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Sandbox } from "../options.ts";
import type { FaultRule } from "../faults/script.ts";
import { connect } from "../testing/raw_client.ts";
import { imageRequest } from "../testing/job_requests.ts";
import { type Answer, call, dataOf, withSandbox } from "../testing/with_sandbox.ts";

const PNG = { "content-type": "image/png" };

async function uploadUrl(sandbox: Sandbox, query: Record<string, string>): Promise<string> {
  const answer = await call(sandbox, `/v1/image/uploadUrl?${new URLSearchParams(query)}`);
  assertEquals(answer.status, 200);
  return String(dataOf(answer).uploadUrl);
}

/** Makes one picture and gives the URL under which it can be fetched. */
async function resultUrl(sandbox: Sandbox): Promise<string> {
  const client = await connect(sandbox);
  const request = imageRequest();
  client.send("jobRequest", request);
  const { imgID } = await client.next("jobResult");
  await client.close();
  const query = new URLSearchParams({ jobId: request.jobID, imageId: String(imgID) });
  const answer = await call(sandbox, `/v1/image/downloadUrl?${query}&type=complete`);
  return String(dataOf(answer).downloadUrl);
}

Deno.test("an upload is kept under its project and slot, and can be fetched again", () =>
  withSandbox({}, async (sandbox) => {
    const query = { imageId: "X", jobId: "p1", type: "contextImage1", contentType: "image/png" };
    const url = await uploadUrl(sandbox, query);
    const put = await call(sandbox, url, {
      method: "PUT",
      body: new Uint8Array([1, 2, 3]),
      headers: { ...PNG, "api-key": "" },
    });
    assertEquals(put.status, 200);
    const download = await call(
      sandbox,
      "/v1/image/downloadUrl?jobId=P1&imageId=Y&type=contextImage1",
    );
    const got = await call(sandbox, String(dataOf(download).downloadUrl));
    assertEquals([...got.bytes], [1, 2, 3]);
    assertEquals(got.headers.get("content-type"), "image/png");
  }));

Deno.test("numbered media references have slots of their own", () =>
  withSandbox({}, async (sandbox) => {
    const path = "/v1/media/uploadUrl?jobId=P1&type=referenceVideo&id=referenceVideo2";
    assertStringIncludes(
      String(dataOf(await call(sandbox, path)).uploadUrl),
      "/storage/uploads/P1/referenceVideo2?",
    );
  }));

Deno.test("what is missing or unknown in a URL request is named", () =>
  withSandbox({}, async (sandbox) => {
    const table: [string, string][] = [
      ["/v1/image/uploadUrl?type=cnImage", "jobId is required"],
      ["/v1/image/uploadUrl?jobId=P", "type is required"],
      ["/v1/image/uploadUrl?jobId=P&type=nonsense", "type must be one of startingImage"],
      ["/v1/media/uploadUrl?jobId=P&type=cnImage", "type must be one of referenceAudio"],
      ["/v1/image/downloadUrl?jobId=P", "imageId is required"],
      ["/v1/media/downloadUrl?jobId=P", "id is required"],
    ];
    for (const [path, message] of table) {
      const answer = await call(sandbox, path);
      assertEquals(answer.status, 400, path);
      assertStringIncludes(String(answer.json.message), message);
    }
  }));

Deno.test("a URL is refused when it is forged, stale or used otherwise", async () => {
  let now = 1_000_000;
  await withSandbox({ now: () => now, urlLifetimeSeconds: 10 }, async (sandbox) => {
    const query = { imageId: "X", jobId: "P1", type: "cnImage", contentType: "image/png" };
    const url = await uploadUrl(sandbox, query);
    const put = (target: string, type = "image/png") =>
      call(sandbox, target, {
        method: "PUT",
        body: new Uint8Array(3),
        headers: { "content-type": type },
      });
    assertEquals((await put(url.replace("P1", "P2"))).status, 403);
    assertEquals((await put(url, "image/jpeg")).status, 403);
    assertEquals((await call(sandbox, url)).status, 403);
    now += 11_000;
    const late = await put(url);
    assertEquals(late.status, 403);
    assertStringIncludes(new TextDecoder().decode(late.bytes), "expired");
  });
});

Deno.test("a result is served whole, in parts, by HEAD, and 404 when it is not there", () =>
  withSandbox({}, async (sandbox) => {
    const url = await resultUrl(sandbox);
    const whole = await call(sandbox, url);
    assertEquals([...whole.bytes.subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
    assertEquals(whole.headers.get("accept-ranges"), "bytes");
    const part = await call(sandbox, url, { headers: { range: "bytes=10-" } });
    assertEquals(part.status, 206);
    assertEquals(part.bytes, whole.bytes.subarray(10));
    assertEquals(
      part.headers.get("content-range"),
      `bytes 10-${whole.bytes.length - 1}/${whole.bytes.length}`,
    );
    assertEquals(part.headers.get("etag"), whole.headers.get("etag"));
    assertEquals((await call(sandbox, url, { headers: { range: "bytes=99999-" } })).status, 416);
    const head = await call(sandbox, url, { method: "HEAD" });
    assertEquals([head.status, head.bytes.length], [200, 0]);
    const none = await call(sandbox, "/v1/image/downloadUrl?jobId=P&imageId=Z&type=complete");
    assertEquals((await call(sandbox, String(dataOf(none).downloadUrl))).status, 404);
  }));

Deno.test("transfers go wrong as scripted", async () => {
  const length = (answer: Answer) => answer.bytes.length;
  const table: [FaultRule, (url: string, sandbox: Sandbox) => Promise<void>][] = [
    [{ fault: "downloadStatus", status: 503, times: 1 }, async (url, sandbox) => {
      assertEquals((await call(sandbox, url)).status, 503);
      assertEquals((await call(sandbox, url)).status, 200);
    }],
    [{ fault: "wrongType" }, async (url, sandbox) => {
      const answer = await call(sandbox, url);
      assertEquals([answer.status, answer.headers.get("content-type")], [200, "text/html"]);
    }],
    [{ fault: "truncateDownload", keep: 0.5, times: 1 }, async (url, sandbox) => {
      const broken = await call(sandbox, url).then(length, () => "broken");
      assertEquals(broken, "broken");
      assert(length(await call(sandbox, url)) > 0);
    }],
    [{ fault: "slowDownload", pieces: 3, milliseconds: 20 }, async (url, sandbox) => {
      const start = performance.now();
      const answer = await call(sandbox, url);
      assert(performance.now() - start >= 55);
      assertEquals(String(length(answer)), answer.headers.get("content-length"));
    }],
    [{ fault: "downloadStatus", prompt: "another" }, async (url, sandbox) => {
      assertEquals((await call(sandbox, url)).status, 200);
    }],
    [{ fault: "downloadStatus", prompt: "LIGHTHOUSE", output: 0 }, async (url, sandbox) => {
      assertEquals((await call(sandbox, url)).status, 503);
    }],
  ];
  for (const [rule, check] of table) {
    await withSandbox({ faults: [rule] }, async (sandbox) => {
      await check(await resultUrl(sandbox), sandbox);
    });
  }
});

Deno.test("uploads fail or hang as scripted", async () => {
  const put = (sandbox: Sandbox, url: string) =>
    call(sandbox, url, { method: "PUT", body: new Uint8Array(3), headers: PNG });
  const query = { imageId: "X", jobId: "P1", type: "cnImage", contentType: "image/png" };
  await withSandbox(
    { faults: [{ fault: "badUpload", status: 500, times: 1 }] },
    async (sandbox) => {
      const url = await uploadUrl(sandbox, query);
      assertEquals((await put(sandbox, url)).status, 500);
      assertEquals((await put(sandbox, url)).status, 200);
    },
  );
  await withSandbox({ faults: [{ fault: "stallUpload" }] }, async (sandbox) => {
    const url = await uploadUrl(sandbox, query);
    const gone = new AbortController();
    const stalled = fetch(url, {
      method: "PUT",
      body: new Uint8Array(3),
      headers: PNG,
      signal: gone.signal,
    });
    const first = await Promise.race([
      stalled.then(() => "answered"),
      new Promise((resolve) => setTimeout(() => resolve("silent"), 100)),
    ]);
    assertEquals(first, "silent");
    gone.abort();
    await stalled.catch(() => {});
  });
});
