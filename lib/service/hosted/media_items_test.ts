import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { checkReferences, type ReferencePurpose } from "./check_references.ts";
import { decodeDataUri, encodeDataUri } from "./data_uri.ts";
import { mediaItems } from "./media_items.ts";
import { collectReferences } from "./references.ts";
import { testClient } from "./testing/client.ts";
import {
  type RecordedRequest,
  type ScriptedAnswer,
  startRecordingServer,
} from "./testing/recording_server.ts";

const FILES: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  "mug.jpg": new Uint8Array([1, 2, 3]),
  "loop.mp3": new Uint8Array([4, 5]),
  "pic.webp": new Uint8Array([6]),
};

const files = {
  stat: (path: string) => {
    const bytes = FILES[path];
    if (path === "folder") return Promise.resolve(info("directory", 0));
    return Promise.resolve(bytes ? info("file", bytes.length) : undefined);
  },
  readRange: (path: string, offset: number, length: number) =>
    Promise.resolve(new Uint8Array(FILES[path]?.subarray(offset, offset + length) ?? [])),
};

function info(kind: "file" | "directory", size: number) {
  return { kind, size, mode: 0o600, modifiedAt: 0, uid: 0 };
}

/** Storage as the API describes it, on the test's own server. */
function storage(request: RecordedRequest, origin: string): ScriptedAnswer {
  const [path, query] = request.url.split("?");
  if (path?.endsWith("/uploadUrl")) {
    return { body: { status: "success", data: { uploadUrl: `${origin}/put?${query}&sig=s` } } };
  }
  if (path?.endsWith("/downloadUrl")) {
    return { body: { status: "success", data: { downloadUrl: `${origin}/get?${query}&sig=s` } } };
  }
  return {};
}

Deno.test("a local file goes through the three requests, and storage never sees the key", async () => {
  await using server = await startRecordingServer((request, _index, origin) =>
    storage(request, origin)
  );
  const items = await mediaItems(collectReferences({ ref: "mug.jpg" }), {
    client: testClient(server.origin),
    files,
    purpose: "workflow",
    maxBytes: 100,
    now: () => 1790000000000,
    randomHex: () => "0a1b2c3d",
  });
  const query = "type=referenceImage&jobId=sogni-agent-1790000000000-1-0a1b2c3d" +
    "&contentType=image%2Fjpeg&imageId=media_ref_1";
  assertEquals(server.lines(), [
    `GET /v1/image/uploadUrl?${query}`,
    `PUT /put?${query}&sig=s`,
    `GET /v1/image/downloadUrl?${query}`,
  ]);
  const put = server.requests[1];
  assertEquals(put?.body, "\x01\x02\x03");
  assertEquals(put?.headers["content-type"], "image/jpeg");
  const secret = Object.keys(put?.headers ?? {}).filter((name) =>
    /^(authorization|api-key|cookie|x-)/.test(name)
  );
  assertEquals(secret, []);
  assertEquals(items, [{
    id: "media_ref_1",
    source: "cli",
    flag: "--ref",
    kind: "image",
    mime_type: "image/jpeg",
    url: `${server.origin}/get?${query}&sig=s`,
    filename: "mug.jpg",
    byte_length: 3,
    prompt_label: "mug.jpg",
    storage: { jobId: "sogni-agent-1790000000000-1-0a1b2c3d", type: "referenceImage" },
  }]);
});

Deno.test("sound and film use the media endpoints and the query name id", async () => {
  await using server = await startRecordingServer((request, _index, origin) =>
    storage(request, origin)
  );
  await mediaItems(collectReferences({ refAudio: ["loop.mp3"] }), options(server.origin, "chat"));
  const lookUp = server.lines()[0] ?? "";
  assertEquals(
    /^GET \/v1\/media\/uploadUrl\?type=referenceAudio&.*&id=media_ref_1$/.test(lookUp),
    true,
  );
});

Deno.test("remote and inline references are described without an upload in chat", async () => {
  await using server = await startRecordingServer(() => ({ status: 500 }));
  const references = collectReferences({
    ref: "https://93.184.216.34/a.png",
    refEnd: "data:image/png;base64,AAAA",
  });
  assertEquals(await mediaItems(references, options(server.origin, "chat")), [
    {
      id: "media_ref_1",
      source: "cli",
      flag: "--ref",
      kind: "image",
      mime_type: "image/png",
      url: "https://93.184.216.34/a.png",
      prompt_label: "https://93.184.216.34/a.png",
    },
    {
      id: "media_ref_2",
      source: "cli",
      flag: "--ref-end",
      kind: "image",
      mime_type: "image/png",
      dataUri: "data:image/png;base64,AAAA",
      filename: "inline-media_ref_2",
      prompt_label: "inline-media_ref_2",
    },
  ]);
  assertEquals(server.requests.length, 0);
});

Deno.test("a workflow uploads inline media under a made-up name", async () => {
  await using server = await startRecordingServer((request, _index, origin) =>
    storage(request, origin)
  );
  const references = collectReferences({ ref: "data:image/png;base64,AAAA" });
  const [item] = await mediaItems(references, options(server.origin, "workflow"));
  assertEquals(item?.filename, "inline-media-ref-image.png");
  assertEquals(item?.byte_length, 3);
});

Deno.test("a failed PUT is tried once more with a fresh URL, if that may help", async () => {
  const rows: [number[], number, boolean][] = [
    [[503], 2, true],
    [[500, 502], 2, false],
    [[403], 1, false],
    [[302], 1, false],
  ];
  for (const [statuses, puts, succeeds] of rows) {
    let count = 0;
    await using server = await startRecordingServer((request, _index, origin) => {
      if (request.method !== "PUT") return storage(request, origin);
      const status = statuses[count++] ?? 200;
      return { status, headers: { location: "/elsewhere" } };
    });
    const upload = () =>
      mediaItems(collectReferences({ ref: "mug.jpg" }), options(server.origin, "chat"));
    if (succeeds) await upload();
    else assertEquals((await assertRejects(upload, AppError)).code, "MEDIA_UPLOAD_FAILED");
    const lines = server.lines();
    assertEquals(lines.filter((line) => line.startsWith("PUT")).length, puts, String(statuses));
    assertEquals(lines.filter((line) => line.includes("uploadUrl")).length, puts, String(statuses));
  }
});

Deno.test("presigned URLs pass the URL guard, and their signature is never shown", async () => {
  const places = [
    "http://93.184.216.34/p?sig=s3cr3t",
    "https://169.254.169.254/p?sig=s3cr3t",
    "ftp://h/p?sig=s3cr3t",
  ];
  for (const uploadUrl of [...places, ""]) {
    await using server = await startRecordingServer(() => ({ body: { data: { uploadUrl } } }));
    const upload = () =>
      mediaItems(collectReferences({ ref: "mug.jpg" }), options(server.origin, "chat"));
    const error = await assertRejects(upload, AppError);
    assertEquals([error.code, server.requests.length], ["MEDIA_UPLOAD_FAILED", 1], uploadUrl);
    assertEquals(JSON.stringify(error.toData()).includes("s3cr3t"), false);
  }
});

Deno.test("a download URL that only this machine cannot look up is handed on", async () => {
  const rows: [string, string][] = [
    ["https://storage.example/x?sig=s", ""],
    ["http://storage.example/x", "MEDIA_UPLOAD_FAILED"],
    ["https://169.254.169.254/x", "MEDIA_UPLOAD_FAILED"],
    ["https://inside.example/x", "MEDIA_UPLOAD_FAILED"],
  ];
  const resolve = (host: string) =>
    host === "inside.example" ? Promise.resolve(["10.0.0.1"]) : Promise.reject(new Error("none"));
  for (const [downloadUrl, code] of rows) {
    await using server = await startRecordingServer((request, index, origin) =>
      index === 2 ? { body: { data: { downloadUrl } } } : storage(request, origin)
    );
    const items = mediaItems(collectReferences({ ref: "mug.jpg" }), {
      ...options(server.origin, "chat"),
      client: testClient(server.origin, { resolve }),
    });
    if (code === "") assertEquals((await items)[0]?.url, downloadUrl);
    else assertEquals((await assertRejects(() => items, AppError)).code, code, downloadUrl);
  }
});

Deno.test("what is wrong with a reference is found before any request", async () => {
  const rows: [string, ReferencePurpose, Parameters<typeof collectReferences>[0], string][] = [
    ["fine", "chat", { ref: "mug.jpg", refAudio: ["loop.mp3"] }, ""],
    ["absent", "chat", { ref: "none.png" }, "MEDIA_REFERENCE_NOT_FOUND"],
    ["folder", "chat", { ref: "folder" }, "INVALID_MEDIA_REFERENCE"],
    ["control", "chat", { ref: "a\nb.png" }, "INVALID_PATH"],
    ["too large", "chat", { ref: "mug.jpg" }, "MEDIA_REFERENCE_TOO_LARGE"],
    ["not for eyes", "chat", { ref: "pic.webp" }, "UNSUPPORTED_MEDIA_TYPE"],
    ["not for eyes, durable", "durable", { context: ["pic.webp"] }, "UNSUPPORTED_MEDIA_TYPE"],
    ["workflows take any picture", "workflow", { ref: "pic.webp" }, ""],
    ["plain http", "workflow", { ref: "http://93.184.216.34/a.png" }, "INVALID_URL"],
    ["loopback", "chat", { ref: "https://127.0.0.1/a.png" }, "INVALID_URL"],
    ["loopback sound", "chat", { refAudio: ["https://[::1]/a.mp3"] }, "INVALID_URL"],
    ["public", "workflow", { ref: "https://93.184.216.34/a.png" }, ""],
    [
      "inline, durable",
      "durable",
      { ref: "data:image/png;base64,AAAA" },
      "INVALID_MEDIA_REFERENCE",
    ],
    ["inline, no base64", "workflow", { ref: "data:image/png,x" }, "INVALID_MEDIA_REFERENCE"],
    ["inline, empty", "workflow", { ref: "data:image/png;base64," }, "INVALID_MEDIA_REFERENCE"],
    [
      "inline, not canonical",
      "workflow",
      { ref: "data:image/png;base64,AAB" },
      "INVALID_MEDIA_REFERENCE",
    ],
    [
      "inline sound as a picture",
      "chat",
      { ref: "data:audio/mpeg;base64,AAAA" },
      "UNSUPPORTED_MEDIA_TYPE",
    ],
  ];
  for (const [name, purpose, given, code] of rows) {
    const maxBytes = name === "too large" ? 2 : 100;
    const check = () => checkReferences(collectReferences(given), { purpose, files, maxBytes });
    if (code === "") await check();
    else assertEquals((await assertRejects(check, AppError, undefined, name)).code, code, name);
  }
});

Deno.test("data URIs round-trip", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  assertEquals(decodeDataUri(encodeDataUri("image/png", bytes), "--ref"), bytes);
  assertThrows(() => decodeDataUri("data:image/png;base64,AA==\n", "--ref"), AppError);
});

function options(origin: string, purpose: ReferencePurpose) {
  return { client: testClient(origin), files, purpose, maxBytes: 100 };
}
