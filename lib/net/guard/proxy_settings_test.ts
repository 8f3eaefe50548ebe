import { assertEquals, assertThrows } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { bypassesProxy, PROXY_VARIABLES, readProxy } from "./proxy_settings.ts";

const SETTINGS: [env: Record<string, string>, expected: string | undefined][] = [
  [{}, undefined],
  [{ HTTPS_PROXY: "" }, undefined],
  [{ HTTP_PROXY: "http://proxy.test:3128" }, undefined],
  [{ HTTPS_PROXY: "http://proxy.test:3128" }, "proxy.test 3128"],
  [{ https_proxy: "proxy.test:3128/" }, "proxy.test 3128"],
  [{ HTTPS_PROXY: "http://upper.test:1", https_proxy: "http://lower.test:2" }, "lower.test 2"],
  [{ ALL_PROXY: "http://all.test" }, "all.test 80"],
  [{ HTTPS_PROXY: "http://[::1]:8080" }, "::1 8080"],
  [{ HTTPS_PROXY: "http://me:p%40ss@proxy.test:3128" }, "proxy.test 3128 Basic bWU6cEBzcw=="],
];
for (const [env, expected] of SETTINGS) {
  Deno.test(`the proxy of ${JSON.stringify(env)}`, () => {
    const proxy = readProxy(env);
    const words = proxy && [proxy.host, proxy.port, proxy.authorization ?? ""].join(" ").trim();
    assertEquals(words, expected);
  });
}

const UNUSABLE = ["socks5://proxy.test:1080", "https://proxy.test", "http://", "a b"];
for (const value of [...UNUSABLE, "http://me:100%@proxy.test", "http://%zz@proxy.test"]) {
  Deno.test(`a proxy that cannot be used: ${value}`, () => {
    const error = assertThrows(() => readProxy({ HTTPS_PROXY: value }), AppError, "HTTPS_PROXY");
    assertEquals(error.code, "INVALID_CONFIG");
  });
}

const BYPASSES: [list: string, host: string, expected: boolean][] = [
  ["", "a.test", false],
  ["*", "a.test", true],
  ["a.test", "a.test", true],
  ["a.test", "b.a.test", true],
  ["a.test", "aa.test", false],
  [".a.test", "b.a.test", true],
  ["*.a.test", "b.a.test", true],
  ["x.test, a.test", "a.test", true],
  ["x.test a.test", "a.test", true],
  ["a.test:443", "a.test", true],
  ["a.test:8443", "a.test", false],
  ["93.184.216.34", "93.184.216.34", true],
  ["[2606:4700::1]", "2606:4700::1", true],
  ["2606:4700::1", "2606:4700::1", true],
];
for (const [list, host, expected] of BYPASSES) {
  Deno.test(`NO_PROXY "${list}" and ${host}`, () => {
    assertEquals(bypassesProxy({ NO_PROXY: list }, host, 443), expected);
    assertEquals(bypassesProxy({ no_proxy: list }, host, 443), expected);
  });
}

Deno.test("every variable that a runtime reads is known, in both spellings", () => {
  assertEquals([...PROXY_VARIABLES].sort(), [
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "all_proxy",
    "http_proxy",
    "https_proxy",
    "no_proxy",
  ]);
});
