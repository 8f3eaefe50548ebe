import { assertEquals } from "@std/assert";
import { empty } from "./reply.ts";
import type { Route } from "./route.ts";
import { createRouter } from "./router.ts";

const route = (method: Route["method"], path: string): Route => ({
  method,
  path,
  handle: () => empty(),
});
const router = createRouter([
  route("GET", "/v1/assets/capabilities"),
  route("GET", "/v1/assets/:id"),
  route("POST", "/v1/assets/:id/bind"),
]);

Deno.test("routes are found by method and path, the first match wins", () => {
  const table: [string, string, string | undefined, Record<string, string>?][] = [
    ["GET", "/v1/assets/capabilities", "/v1/assets/capabilities", {}],
    ["GET", "/v1/assets/a%20b", "/v1/assets/:id", { id: "a b" }],
    ["HEAD", "/v1/assets/x", "/v1/assets/:id", { id: "x" }],
    ["POST", "/v1/assets/x/bind", "/v1/assets/:id/bind", { id: "x" }],
    ["POST", "/v1/assets/x", undefined],
    ["GET", "/v1/assets/", undefined],
    ["GET", "/v1/assets/x/y", undefined],
    ["GET", "/v1/assets/%E0%A4", undefined],
  ];
  for (const [method, path, expected, params] of table) {
    const match = router.find(method, path);
    assertEquals(match?.route.path, expected, `${method} ${path}`);
    if (params) assertEquals({ ...match?.params }, params);
  }
});

Deno.test("a known path with another method is told apart from an unknown one", () => {
  assertEquals(router.knowsPath("/v1/assets/x"), true);
  assertEquals(router.knowsPath("/v1/other"), false);
});
