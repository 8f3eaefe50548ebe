import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { TcpConnection } from "../../platform/tcp.ts";
import { dialAddress, dialChecked, type Dialled, type DialRules, ProxyError } from "./dial.ts";
import { hear, listening, PUBLIC_ADDRESS, rulesTo } from "./testing.ts";

const PROXY = { host: "127.0.0.1", port: 0, authorization: "Basic bWU6cHc=" };

/** A proxy that answers `reply` to its first request, then echoes. */
async function proxied(
  reply: string,
  rest: Partial<DialRules>,
  body: (rules: ReturnType<typeof rulesTo>, requests: string[]) => Promise<void>,
): Promise<void> {
  const requests: string[] = [];
  const serve = async (connection: TcpConnection) => {
    const asked = await connection.read();
    requests.push(new TextDecoder().decode(asked));
    await connection.write(new TextEncoder().encode(reply));
    const more = await connection.read();
    if (more) await connection.write(more);
  };
  await listening(serve, async (port) => {
    const names = { "a.test": [PUBLIC_ADDRESS], "in.test": ["10.0.0.1"] };
    const proxy = { ...PROXY, port };
    await body(rulesTo(port, names, { proxyFor: () => proxy, ...rest }), requests);
  });
}

/** What comes back of `hello` over a connection. */
async function exchange({ connection, early }: Dialled): Promise<string> {
  await connection.write(new TextEncoder().encode("hello"));
  return new TextDecoder().decode(early) + await hear(connection);
}

const OK = "HTTP/1.1 200 Connection established\r\nvia: x\r\n\r\n";

Deno.test("a proxy is given the checked address, not the name", async () => {
  await proxied(OK, {}, async (rules, requests) => {
    assertEquals(await exchange(await dialChecked("a.test", 443, rules)), "hello");
    assertEquals(requests[0]?.split("\r\n")[0], `CONNECT ${PUBLIC_ADDRESS}:443 HTTP/1.1`);
    assertEquals(requests[0]?.includes("proxy-authorization: Basic bWU6cHc="), true);
  });
});

Deno.test("bytes that come with the proxy's answer are kept", async () => {
  await proxied(`${OK}early `, {}, async (rules) => {
    assertEquals(await exchange(await dialChecked("a.test", 443, rules)), "early hello");
  });
});

Deno.test("the service's own endpoints are passed to the proxy by name", async () => {
  await proxied(OK, { trusted: ["api.test:443"] }, async (rules, requests) => {
    (await dialChecked("api.test", 443, rules)).connection.close();
    assertEquals(requests[0]?.split("\r\n")[0], "CONNECT api.test:443 HTTP/1.1");
    assertEquals(rules.lookups, []);
  });
});

Deno.test("what is not public is not asked of a proxy", async () => {
  await proxied(OK, { trusted: ["api.test:443"] }, async (rules, requests) => {
    for (const host of ["in.test", "gone.test", "127.0.0.1", "localhost"]) {
      await assertRejects(() => dialChecked(host, 443, rules), AppError);
    }
    await assertRejects(() => dialChecked("api.test", 8443, rules), AppError);
    assertEquals(requests, []);
  });
});

Deno.test("a proxy that may look up names is given them, but still no local ones", async () => {
  await proxied(OK, { proxyResolves: true }, async (rules, requests) => {
    (await dialChecked("gone.test", 443, rules)).connection.close();
    assertEquals(requests[0]?.split("\r\n")[0], "CONNECT gone.test:443 HTTP/1.1");
    for (const host of ["10.0.0.1", "printer.local", "localhost"]) {
      await assertRejects(() => dialChecked(host, 443, rules), AppError);
    }
    assertEquals([rules.lookups, requests.length], [[], 1]);
  });
});

for (const reply of ["HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "SSH-2.0-x\r\n\r\n"]) {
  Deno.test(`a proxy that answers ${reply.split("\r\n")[0]}`, async () => {
    await proxied(reply, {}, async (rules) => {
      const error = await assertRejects(() => dialChecked("a.test", 443, rules), ProxyError);
      assertEquals(error.message.includes(reply.startsWith("HTTP") ? "407" : "nothing"), true);
    });
  });
}

Deno.test("a proxy that is not there is named", async () => {
  await proxied(OK, { proxyFor: () => ({ host: "127.0.0.1", port: 1 }) }, async (rules) => {
    await assertRejects(() => dialChecked("a.test", 443, rules), ProxyError, "127.0.0.1:1");
  });
});

Deno.test("an address that does not answer is overtaken by the next one", async () => {
  await listening(async () => {}, async (port) => {
    const rules = rulesTo(port, { "a.test": ["2606:4700::1", PUBLIC_ADDRESS] }, {
      dial: (address) =>
        address === PUBLIC_ADDRESS ? dialAddress("127.0.0.1", port) : new Promise(() => {}),
    });
    (await dialChecked("a.test", 443, rules)).connection.close();
  });
});

Deno.test("nobody listens: the system's error", async () => {
  const rules = rulesTo(1, { "a.test": [PUBLIC_ADDRESS] });
  const error = await assertRejects(() => dialChecked("a.test", 443, rules), Error);
  assertEquals((error as { code?: string }).code, "ECONNREFUSED");
});
