import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import type { Sandbox } from "../options.ts";
import { call, dataOf, withSandbox } from "../testing/with_sandbox.ts";

const BYTES = new Uint8Array([1, 2, 3, 4]);
const DESCRIPTION = {
  sha256: createHash("sha256").update(BYTES).digest("hex"),
  bytes: BYTES.length,
  contentType: "image/png",
  name: "hero.png",
};

const post = (sandbox: Sandbox, path: string, body: unknown) =>
  call(sandbox, path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });

const put = (sandbox: Sandbox, url: string, body: Uint8Array<ArrayBuffer>, headers: unknown) =>
  call(sandbox, url, { method: "PUT", body, headers: headers as Record<string, string> });

Deno.test("saved uploads are off unless they are switched on", () =>
  withSandbox({}, async (sandbox) => {
    assertEquals(dataOf(await call(sandbox, "/v1/assets/capabilities")), { enabled: false });
    assertEquals((await post(sandbox, "/v1/assets/prepare", DESCRIPTION)).status, 403);
  }));

Deno.test("prepare, upload, finalize, bind, and reuse", () =>
  withSandbox({ reusableUploads: true }, async (sandbox) => {
    assertEquals(dataOf(await call(sandbox, "/v1/assets/capabilities")), { enabled: true });
    const prepared = dataOf(await post(sandbox, "/v1/assets/prepare", DESCRIPTION));
    assertEquals([prepared.state, prepared.reused], ["uploading", false]);
    const path = `/v1/assets/${prepared.id}`;
    const url = String(prepared.uploadUrl);

    assertEquals((await post(sandbox, `${path}/finalize`, {})).status, 409);
    assertEquals((await put(sandbox, url, BYTES, {})).status, 403);
    const other = new Uint8Array(4);
    assertEquals((await put(sandbox, url, other, prepared.uploadHeaders)).status, 400);
    assertEquals((await put(sandbox, url, BYTES, prepared.uploadHeaders)).status, 200);
    assertEquals((await put(sandbox, url, BYTES, prepared.uploadHeaders)).status, 412);
    const forged = url.replace(/Signature=\w/, "Signature=x");
    assertEquals((await put(sandbox, forged, BYTES, prepared.uploadHeaders)).status, 403);

    const binding = { projectId: "p1", type: "contextImage1" };
    assertEquals((await post(sandbox, `${path}/bind`, binding)).status, 404);
    assertEquals(dataOf(await post(sandbox, `${path}/finalize`, {})).state, "ready");
    assertEquals((await post(sandbox, `${path}/bind`, { type: "cnImage" })).status, 400);
    assertEquals((await post(sandbox, `${path}/bind`, binding)).status, 200);
    const bound = await call(
      sandbox,
      "/v1/image/downloadUrl?jobId=P1&imageId=Y&type=contextImage1",
    );
    assertEquals((await call(sandbox, String(dataOf(bound).downloadUrl))).bytes, BYTES);

    const again = dataOf(await post(sandbox, "/v1/assets/prepare", DESCRIPTION));
    assertEquals([again.reused, again.uploadUrl, again.id], [true, undefined, prepared.id]);
    const listed = dataOf(await call(sandbox, "/v1/assets"));
    assertEquals((listed.assets as unknown[]).length, 1);
    assertEquals((await call(sandbox, path, { method: "DELETE" })).status, 200);
    assertEquals((await call(sandbox, path, { method: "DELETE" })).status, 404);
    assertEquals((await post(sandbox, "/v1/assets/prepare", { bytes: 3 })).status, 400);
  }));
