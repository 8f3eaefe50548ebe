import { assert, assertEquals } from "@std/assert";
import { encodeImage } from "../media/image/codec.ts";
import { createImage } from "../media/image/image.ts";
import { gradientImage } from "../media/image/testing.ts";
import type { Host } from "../platform/host.ts";
import { PICTURE_BUDGET, picturesOf, type PictureSource } from "./preview.ts";
import { failureResult, TEXT_LIMIT, toolResult } from "./result.ts";
import { delivered, textOf } from "./testing.ts";

/** Clients refuse a result above this. */
const CLIENT_LIMIT = 1024 * 1024;

const noise = createImage(1100, 300);
for (let at = 0, x = 1; at < noise.data.length; at++) {
  x = Math.imul(x, 1103515245) + 12345;
  noise.data[at] = at % 4 === 3 ? 255 : x >>> 24;
}

function source(files: Readonly<Record<string, Uint8Array>>): PictureSource {
  const read = (path: string) => {
    const bytes = files[path];
    return bytes
      ? Promise.resolve(bytes)
      : Promise.reject(Object.assign(new Error("gone"), { code: "ENOENT" }));
  };
  const host = {
    facts: { cwd: "/work" },
    files: { readBytes: read },
    download: async (url: string) => ({ bytes: await read(url) }),
  } as unknown as Host;
  return { host, allowLoopback: false };
}

Deno.test("a small picture is shown as it is, a large one smaller", async () => {
  const small = await encodeImage(gradientImage(64, 64), "png");
  const large = await encodeImage(noise, "png");
  assert(large.length > PICTURE_BUDGET);
  const { blocks, skipped } = await picturesOf(
    ["s.png", "https://h/l.png", "gone.png", "text.png"],
    source({
      "/work/s.png": small,
      "https://h/l.png": large,
      "/work/text.png": new TextEncoder().encode("no picture"),
    }),
  );
  assertEquals(skipped, 2);
  assertEquals(blocks.map(({ mimeType }) => mimeType), ["image/png", "image/jpeg"]);
  assertEquals(blocks[0]?.data, btoa(String.fromCharCode(...small)));
});

Deno.test("a result stays below what clients take", async () => {
  const large = await encodeImage(noise, "png");
  const localPaths = Array.from({ length: 6 }, (_, at) => `/p/${at}.png`);
  const files = Object.fromEntries(localPaths.map((path) => [path, large]));
  const prompt = "x".repeat(300_000);
  const result = await toolResult(delivered({ localPaths, prompt, seeds: [1] }), {
    cwd: "/work",
    pictures: source(files),
  });
  assert(JSON.stringify(result).length < CLIENT_LIMIT);
  assertEquals(result.content.filter(({ type }) => type === "image").length, 4);
  assert(textOf(result).length <= TEXT_LIMIT + 100);
  const structure = result.structuredContent as Record<string, unknown>;
  assertEquals([structure.success, structure.truncated], [true, true]);
});

Deno.test("pictures come first, then text, then links to files and URLs", async () => {
  const picture = await encodeImage(gradientImage(8, 8), "png");
  const object = { localPaths: ["a b.png", null], urls: ["https://h/x.png?sig=1", null] };
  const result = await toolResult(delivered(object), {
    cwd: "/work",
    more: { status: "done" },
    pictures: source({ "/work/a b.png": picture }),
  });
  assertEquals(result.content.map(({ type }) => type), [
    "image",
    "text",
    "resource_link",
    "resource_link",
  ]);
  assertEquals(JSON.parse(textOf(result)), { success: true, ...object, status: "done" });
  assertEquals(result.structuredContent, { success: true, ...object, status: "done" });
  assertEquals(result.content.slice(2), [
    {
      type: "resource_link",
      uri: "file:///work/a%20b.png",
      name: "a b.png",
      mimeType: "image/png",
    },
    {
      type: "resource_link",
      uri: "https://h/x.png?sig=1",
      name: "x.png",
      mimeType: "image/png",
      description: "Expires",
    },
  ]);
});

Deno.test("a picture that cannot be shown is said, and is no failure", async () => {
  const result = await toolResult(delivered({ localPaths: ["gone.png"] }), {
    cwd: "/work",
    pictures: source({}),
  });
  assertEquals(result.isError, undefined);
  assert(
    textOf(result).endsWith("1 pictures are not shown here; the paths and links lead to them."),
  );
});

Deno.test("results that were withheld in part are delivered, failures are not", async () => {
  const withheld = { ...delivered({ withheld: 1 }), code: 10 };
  assertEquals((await toolResult(withheld, { cwd: "/" })).isError, undefined);
  const failed = { ...delivered(), code: 1, stdout: '{"success":false}\n', stderr: "Warning: x" };
  assertEquals(await toolResult(failed, { cwd: "/" }), {
    isError: true,
    content: [{ type: "text", text: '{"success":false}\nWarning: x' }],
  });
});

Deno.test("of a long failure the end is kept, and silence is told", () => {
  const long = { code: 1, stdout: "a".repeat(30_000), stderr: "the end" };
  const text = textOf(failureResult(long));
  assertEquals([text.length, text.endsWith("the end")], [TEXT_LIMIT, true]);
  const silent = failureResult({ code: 7, stdout: "", stderr: "" });
  assertEquals(textOf(silent), "The command said nothing (exit code 7).");
});
