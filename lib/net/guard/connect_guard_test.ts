import { assert, assertEquals, assertMatch } from "@std/assert";
import type { AppError } from "../../errors/app_error.ts";
import { type ConnectGuard, GUARD_USER, startConnectGuard } from "./connect_guard.ts";
import type { DialRules } from "./dial.ts";
import { basicAuthorization } from "./proxy_settings.ts";
import { converse, echo, listening, PUBLIC_ADDRESS, type Recorded, rulesTo } from "./testing.ts";

/** Gives `body` a guard whose public addresses lead to an echo. */
async function guarding(
  names: Record<string, string[] | string[][]>,
  body: (guard: ConnectGuard, rules: DialRules & Recorded) => Promise<void>,
): Promise<void> {
  await listening(echo, async (port) => {
    const rules = rulesTo(port, names);
    const guard = await startConnectGuard(rules);
    try {
      await body(guard, rules);
    } finally {
      guard.close();
    }
  });
}

function request(guard: ConnectGuard, target: string, secret = guard.secret): string {
  const authorization = basicAuthorization(`${GUARD_USER}:${secret}`);
  return `CONNECT ${target} HTTP/1.1\r\nproxy-authorization: ${authorization}\r\n\r\nhello`;
}

function reasonOf(failure: unknown): unknown {
  return (failure as AppError | undefined)?.details?.reason;
}

Deno.test("bytes pass both ways to a public host, which is looked up once", async () => {
  await guarding({ "a.test": [PUBLIC_ADDRESS] }, async (guard, rules) => {
    const heard = await converse(guard.port, request(guard, "a.test:443"));
    assertEquals(heard, "HTTP/1.1 200 Connected\r\n\r\necho hello");
    assertEquals(rules.lookups, ["a.test"]);
    assertEquals(rules.dials, [`${PUBLIC_ADDRESS}:443`]);
    assertEquals(guard.takeFailure("a.test", 443), undefined);
  });
});

Deno.test("a name that points elsewhere a moment later changes nothing", async () => {
  await guarding({ "a.test": [[PUBLIC_ADDRESS], ["127.0.0.1"]] }, async (guard, rules) => {
    assertMatch(await converse(guard.port, request(guard, "a.test:443")), /echo hello$/);
    assertEquals(rules.dials, [`${PUBLIC_ADDRESS}:443`]);
    // The next connection meets the second answer and ends there.
    assertMatch(await converse(guard.port, request(guard, "a.test:443")), /^HTTP\/1.1 403 /);
    assertEquals(rules.dials.length, 1);
    assertEquals(reasonOf(guard.takeFailure("a.test", 443)), "resolves-to-blocked-address");
    assertEquals(guard.takeFailure("a.test", 443), undefined);
  });
});

const REFUSED: [target: string, reason: string][] = [
  ["127.0.0.1:443", "blocked-address"],
  ["[::1]:443", "blocked-address"],
  ["[::ffff:93.184.216.34]:443", "blocked-address"],
  ["169.254.169.254:443", "blocked-address"],
  ["inside.test:443", "resolves-to-blocked-address"],
  ["mixed.test:443", "resolves-to-blocked-address"],
  ["mapped.test:443", "resolves-to-blocked-address"],
  ["gone.test:443", "dns-failed"],
  ["empty.test:443", "dns-failed"],
  ["localhost:443", "blocked-name"],
  ["metadata.google.internal:443", "blocked-name"],
  ["a.test:22", "port"],
  ["a.test:0", "port"],
];
for (const [target, reason] of REFUSED) {
  Deno.test(`no connection to ${target}`, async () => {
    await guarding({
      "a.test": [PUBLIC_ADDRESS],
      "inside.test": ["10.0.0.1"],
      "mixed.test": [PUBLIC_ADDRESS, "fe80::1"],
      "mapped.test": ["::ffff:192.168.0.1"],
      "empty.test": [],
      "metadata.google.internal": [PUBLIC_ADDRESS],
    }, async (guard, rules) => {
      assertMatch(await converse(guard.port, request(guard, target)), /^HTTP\/1.1 403 /);
      assertEquals(rules.dials, []);
      const port = Number(target.slice(target.lastIndexOf(":") + 1));
      const host = target.slice(0, target.lastIndexOf(":")).replace(/^\[|\]$/g, "");
      assertEquals(reasonOf(guard.takeFailure(host, port)), reason);
    });
  });
}

Deno.test("a wrong secret opens nothing, and neither does none", async () => {
  await guarding({ "a.test": [PUBLIC_ADDRESS] }, async (guard, rules) => {
    const wrong = guard.secret.replace(/^./, (letter) => letter === "0" ? "1" : "0");
    for (const secret of [wrong, "", `${guard.secret}0`]) {
      assertMatch(await converse(guard.port, request(guard, "a.test:443", secret)), /^HTTP\S+ 407/);
    }
    const bare = "CONNECT a.test:443 HTTP/1.1\r\n\r\n";
    assertMatch(await converse(guard.port, bare), /^HTTP\/1.1 407 /);
    assertEquals(rules.lookups, []);
  });
});

Deno.test("plain HTTP is refused in every form", async () => {
  await guarding({ "a.test": [PUBLIC_ADDRESS] }, async (guard, rules) => {
    const authorization = basicAuthorization(`${GUARD_USER}:${guard.secret}`);
    for (const line of ["GET http://a.test/", "GET /", "POST https://a.test/", "CONNECT a.test"]) {
      const text = `${line} HTTP/1.1\r\nproxy-authorization: ${authorization}\r\n\r\n`;
      assertMatch(await converse(guard.port, text), /^HTTP\/1.1 405 /);
    }
    assertEquals(rules.lookups, []);
  });
});

Deno.test("a request that never ends is cut off", async () => {
  await guarding({}, async (guard) => {
    assertEquals(await converse(guard.port, `CONNECT ${"a".repeat(10_000)}`), "");
  });
});

Deno.test("two guards have different secrets", async () => {
  await guarding({}, async (one) => {
    await guarding({}, (two) => Promise.resolve(assert(one.secret !== two.secret)));
  });
});

Deno.test("a forwarded port leads to its one host", async () => {
  await guarding({ "a.test": [PUBLIC_ADDRESS], "in.test": ["10.0.0.1"] }, async (guard, rules) => {
    assertEquals(await converse(await guard.forward("a.test", 443), "hi"), "echo hi");
    assertEquals(await converse(await guard.forward("in.test", 443), "hi"), "");
    assertEquals(rules.dials, [`${PUBLIC_ADDRESS}:443`]);
  });
});
