import { assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { TEST_AUTHORITY, tlsInFrontOf } from "../../tests/support/tls_front.ts";
import { download } from "../platform/download.ts";
import { connectTcp } from "../platform/tcp.ts";
import { openDoor, type OpenedDoor } from "./door.ts";

const PUBLIC_ADDRESS = "93.184.216.34";
const LIMITS = { maxBytes: 1000, idleTimeoutMs: 2000, timeoutMs: 5000 };

interface Asked {
  lookups: string[];
  dials: string[];
}

/** A door for which `files.test` is a public host: a TLS server of this test. */
async function doorTo(
  answers: string[][],
  listener: RequestListener,
  body: (door: OpenedDoor, asked: Asked) => Promise<void>,
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const front = await tlsInFrontOf((server.address() as AddressInfo).port);
  const asked: Asked = { lookups: [], dials: [] };
  const door = openDoor({
    env: {},
    caCerts: [await fs.readFile(TEST_AUTHORITY, "utf8")],
    resolve(host) {
      const answer = answers[asked.lookups.length] ?? answers.at(-1) ?? [];
      asked.lookups.push(host);
      return Promise.resolve(answer);
    },
    dial(address, port) {
      asked.dials.push(`${address}:${port}`);
      return connectTcp("127.0.0.1", front.port, 1000);
    },
  });
  try {
    await body(door, asked);
  } finally {
    (await door.guard()).close();
    await front.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The client of the runtime keeps its connections; the guard ends them. */
function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeResources: false, sanitizeOps: false });
}

const ok: RequestListener = (_, response) => response.end("a picture");

function reasonOf(error: unknown): unknown {
  return (error as { details?: { reason?: unknown } }).details?.reason;
}

test("a public host is looked up once, and the certificate is checked for its name", async () => {
  await doorTo([[PUBLIC_ADDRESS], ["127.0.0.1"]], ok, async (door, asked) => {
    const response = await door.fetch(new URL("https://files.test/a.png"), {});
    assertEquals(await response.text(), "a picture");
    assertEquals(asked, { lookups: ["files.test"], dials: [`${PUBLIC_ADDRESS}:443`] });
  });
});

test("a host that resolves to this machine is refused, with the reason", async () => {
  await doorTo([["127.0.0.1"]], ok, async (door, asked) => {
    const error = await assertRejects(
      () => door.fetch(new URL("https://files.test/"), {}),
      Error,
      "127.0.0.1",
    );
    assertEquals([reasonOf(error), asked.dials], ["resolves-to-blocked-address", []]);
  });
});

const REFUSED: [url: string, reason: string][] = [
  ["http://files.test/", "protocol"],
  ["https://files.test:22/", "port"],
  ["https://127.0.0.1/", "blocked-address"],
  ["https://[::ffff:127.0.0.1]/", "blocked-address"],
  ["https://169.254.169.254/", "blocked-address"],
  ["https://metadata.google.internal/", "blocked-name"],
  ["https://localhost/", "blocked-name"],
  ["https://user:pw@files.test/", "credentials"],
  ["https://user@93.184.216.34/", "credentials"],
  ["https://:pw@files.test/", "credentials"],
];
for (const [url, reason] of REFUSED) {
  test(`not through the door: ${url}`, async () => {
    await doorTo([[PUBLIC_ADDRESS]], ok, async (door, asked) => {
      const error = await assertRejects(() => door.fetch(new URL(url), {}), Error);
      assertEquals([reasonOf(error), asked], [reason, { lookups: [], dials: [] }]);
    });
  });
}

for (
  const location of [
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://localhost/",
    "http://files.test/b",
    "https://user:pw@files.test/b",
    "https://[bad/",
    "ftp://files.test/b",
  ]
) {
  test(`a download does not follow a redirect to ${location}`, async () => {
    const seen: string[] = [];
    await doorTo([[PUBLIC_ADDRESS]], (request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(302, { location }).end();
    }, async (door) => {
      const error = await assertRejects(
        () => download("https://files.test/a", LIMITS, door),
        Error,
      ) as Error & { code?: string };
      assertEquals([error.code, seen], ["EBADURL", ["/a"]]);
    });
  });
}

test("a download follows a redirect that stays outside", async () => {
  await doorTo([[PUBLIC_ADDRESS]], (request, response) => {
    if (request.url === "/b") response.end("found");
    else response.writeHead(302, { location: "/b" }).end();
  }, async (door) => {
    const { byteLength } = await download("https://files.test/a", LIMITS, door);
    assertEquals(byteLength, 5);
  });
});
