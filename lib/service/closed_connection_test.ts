import { assertEquals } from "@std/assert";
import { redactText } from "../text/redact.ts";
import { closedConnection, lostSight, type SocketClose } from "./closed_connection.ts";

const ROWS: [SocketClose, code: string, message: string][] = [
  [{ code: 4010 }, "CONNECTION_FAILED", "The service blocks this application id."],
  [
    { code: 4015, reason: "switched" },
    "CONNECTION_FAILED",
    "Another connection took over this application id (switched).",
  ],
  [
    { code: 4021, reason: " authentication error " },
    "INVALID_API_KEY",
    "The service refused the API key (authentication error).",
  ],
  [
    { code: 4061 },
    "APP_ID_POOL_EXHAUSTED",
    "The account has used too many application ids.",
  ],
  [{ code: 4099, reason: "" }, "CONNECTION_FAILED", "The service closed the connection."],
  [{}, "CONNECTION_FAILED", "The service closed the connection."],
];

for (const [close, code, message] of ROWS) {
  Deno.test(`a socket closed with ${JSON.stringify(close)} is ${code}`, () => {
    const error = closedConnection(close);
    assertEquals([error.code, error.message], [code, message]);
    assertEquals(redactText(error.message), message);
    assertEquals(typeof error.hint, "string");
    assertEquals(error.details?.serviceCode, close.code);
  });
}

Deno.test("a project that was sent is only lost from sight", () => {
  const error = lostSight(closedConnection({ code: 4099, reason: "maintenance" }), "P1");
  assertEquals(error.toData(), {
    code: "CONNECTION_FAILED",
    message: "The service closed the connection (maintenance).",
    details: { projectId: "P1", serviceCode: 4099, connectionLost: true },
    hint: "Check the connection, then try again.",
  });
});
