import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { download, DownloadError } from "./download.ts";
import type { DownloadOptions } from "./host.ts";

const OPTIONS: DownloadOptions = {
  maxBytes: 1000,
  idleTimeoutMs: 300,
  timeoutMs: 2000,
  allowLoopback: true,
};

/** Nothing of these tests may leave the machine. */
const CLOSED = {
  fetch: (url: URL) =>
    Promise.reject(
      Object.assign(new Error(`closed to ${url.host}`), {
        code: "INVALID_URL",
        details: { reason: "test" },
      }),
    ),
};

/** Serves one answer on loopback while `body` runs. */
async function serving(
  answer: (response: ServerResponse, url: string) => void,
  body: (origin: string) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => answer(response, request.url ?? ""));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function refusal(url: string, options: Partial<DownloadOptions> = {}): Promise<string> {
  const error = await assertRejects(
    () => download(url, { ...OPTIONS, ...options }, CLOSED),
    DownloadError,
  );
  return error.code;
}

Deno.test("bytes are returned with their type and first bytes", async () => {
  await serving((response) => {
    response.setHeader("content-type", "image/png");
    response.end("0123456789".repeat(10));
  }, async (origin) => {
    const result = await download(origin, OPTIONS, CLOSED);
    assertEquals([result.contentType, result.byteLength, result.head.length], [
      "image/png",
      100,
      64,
    ]);
    assertEquals(result.bytes?.length, 100);
  });
});

Deno.test("a file appears whole or not at all", async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "download-"));
  const to = path.join(folder, "deep", "a.png");
  try {
    await serving((response, url) => {
      if (url === "/cut") {
        response.setHeader("content-length", "100");
        response.write("half");
        setTimeout(() => response.destroy(), 20);
      } else response.end("whole");
    }, async (origin) => {
      await refusal(`${origin}/cut`, { to });
      assertEquals(await fs.readdir(path.dirname(to)), []);
      await download(origin, { ...OPTIONS, to }, CLOSED);
      assertEquals(await fs.readFile(to, "utf8"), "whole");
    });
  } finally {
    await fs.rm(folder, { recursive: true });
  }
});

const REFUSALS: [string, string, Partial<DownloadOptions>, (response: ServerResponse) => void][] = [
  ["a status that is no success", "EHTTP", {}, (response) => {
    response.statusCode = 403;
    response.end();
  }],
  ["a length above the cap", "EFBIG", {}, (response) => {
    response.setHeader("content-length", "5000");
    response.end("x".repeat(5000));
  }],
  ["a body above the cap that was not announced", "EFBIG", {}, (response) => {
    response.write("x".repeat(900));
    response.end("x".repeat(900));
  }],
  ["a server that falls silent", "ETIMEDOUT", { idleTimeoutMs: 60 }, (response) => {
    response.write("x");
  }],
  ["a transfer that trickles on", "ETIMEDOUT", { timeoutMs: 150 }, (response) => {
    const timer = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(timer));
  }],
];
for (const [name, code, options, answer] of REFUSALS) {
  Deno.test(`refused: ${name}`, async () => {
    await serving(answer, async (origin) => assertEquals(await refusal(origin, options), code));
  });
}

Deno.test("redirects are followed by hand, not without end and not to other schemes", async () => {
  await serving((response, url) => {
    if (url === "/file") return void response.end("found");
    response.statusCode = 302;
    response.setHeader(
      "location",
      url === "/once" ? "/file" : url === "/ftp" ? "ftp://127.0.0.1/x" : "/loop",
    );
    response.end();
  }, async (origin) => {
    assertEquals((await download(`${origin}/once`, OPTIONS, CLOSED)).byteLength, 5);
    assertEquals(await refusal(`${origin}/loop`), "EBADURL");
    // Deno's own fetch refuses the other scheme before we see it.
    assert(["EBADURL", "ENETWORK"].includes(await refusal(`${origin}/ftp`)));
  });
});

Deno.test("plain HTTP needs permission, and only for loopback", async () => {
  assertEquals(await refusal("http://127.0.0.1:9/", { allowLoopback: false }), "EBADURL");
  assertEquals(await refusal("http://example.com/"), "EBADURL");
  assertEquals(await refusal("not a url"), "EBADURL");
});

Deno.test("nobody listens: a network error", async () => {
  assertEquals(await refusal("http://127.0.0.1:1/"), "ENETWORK");
});

Deno.test("what the door refuses is a bad URL, with the reason", async () => {
  const error = await assertRejects(
    () => download("https://example.com/a.png", OPTIONS, CLOSED),
    DownloadError,
    "closed to example.com",
  );
  assertEquals([error.code, error.details], ["EBADURL", { reason: "test" }]);
});

Deno.test("a redirect from elsewhere never leads to this machine", async () => {
  const asked: string[] = [];
  const door = {
    fetch(url: URL) {
      asked.push(url.href);
      return Promise.resolve(
        new Response(null, { status: 302, headers: { location: "https://127.0.0.1/secret" } }),
      );
    },
  };
  const error = await assertRejects(
    () => download("https://example.com/a.png", OPTIONS, door),
    DownloadError,
    "leads to this machine",
  );
  assertEquals([error.code, asked], ["EBADURL", ["https://example.com/a.png"]]);
});
