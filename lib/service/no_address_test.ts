import { assertEquals, assertStringIncludes } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { withoutAddress } from "./no_address.ts";

Deno.test("a result without an address is not lost, whatever the service said", () => {
  const rows: [failure: unknown, details: Record<string, unknown>][] = [
    [{ status: 503, message: "busy" }, { projectId: "P", serviceCode: 503 }],
    [{ status: 401, message: "no" }, { projectId: "P", serviceCode: 401 }],
    [new AppError("NETWORK_TIMEOUT", "late", { details: { ms: 9 } }), { projectId: "P", ms: 9 }],
    [undefined, { projectId: "P" }],
  ];
  for (const [failure, details] of rows) {
    const error = withoutAddress(failure, { projectId: "P" });
    assertEquals([error.code, error.details], ["DOWNLOAD_FAILED", details]);
    assertStringIncludes(String(error.hint), "sogni-agent jobs");
  }
  assertEquals(withoutAddress({ status: 410, message: "gone" }, {}).code, "NO_OUTPUT");
});
