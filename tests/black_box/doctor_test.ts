/** `doctor`: JSON and text, a key that works, one that is refused, none at all. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { inPlace } from "../support/agent.ts";
import { withService } from "../support/service.ts";

interface CheckObject {
  id: string;
  status: string;
  detail: string;
  fixed?: string[];
}

function check(object: Record<string, unknown>, id: string): CheckObject {
  const found = (object.checks as CheckObject[]).find((each) => each.id === id);
  assert(found, id);
  return found;
}

Deno.test("a key that is accepted gives the balances, wherever --doctor stands", async () => {
  await withService({}, async ({ json }) => {
    for (const args of [["doctor"], ["-q", "--doctor"]]) {
      const { code, object } = await json(args);
      assertEquals([code, object.success, object.healthy, object.type], [0, true, true, "doctor"]);
      const auth = check(object, "auth");
      assertEquals(auth.status, "pass");
      assertStringIncludes(auth.detail, "SPARK");
      assertStringIncludes(auth.detail, "SOGNI");
      assertEquals(check(object, "clock").status, "pass");
      assertEquals(check(object, "permissions").status === "warn", false);
    }
  });
});

Deno.test("a key that is refused is a failure, and is not shown", async () => {
  await withService({}, async ({ json }) => {
    const SOGNI_API_KEY = "sk-refused-0123456789";
    const { code, object, stdout, stderr } = await json(["doctor"], { env: { SOGNI_API_KEY } });
    assertEquals([code, object.success, object.healthy], [1, false, false]);
    assertEquals(check(object, "auth").status, "fail");
    assert(!(stdout + stderr).includes(SOGNI_API_KEY));
  });
});

Deno.test("a service that cannot be reached is a warning", async () => {
  await withService({}, async ({ json }) => {
    const env = {
      SOGNI_REST_ENDPOINT: "http://127.0.0.1:9",
      SOGNI_SOCKET_ENDPOINT: "ws://127.0.0.1:9",
    };
    const { object, milliseconds } = await json(["doctor"], { env });
    assertEquals(check(object, "auth").status, "warn");
    assert(milliseconds < 20_000, String(milliseconds));
  });
});

Deno.test("without a key the report is complete, and says so in text as well", async () => {
  await inPlace(async ({ run, home }) => {
    const { code, stdout } = await run(["doctor", "--fix"]);
    assertEquals(code, 1);
    const lines = stdout.trimEnd().split("\n");
    assertEquals(lines.length, 14);
    assert(lines[2]?.startsWith(`✗ ${"credentials".padEnd(25)} No API key`), lines[2]);
    assert(lines.some((line) => line.startsWith(`- ${"auth".padEnd(25)} `)));
    assertStringIncludes(lines.at(-1) ?? "", "Not healthy: 1 check failed");
    assert((await fs.stat(`${home}/.config/sogni`)).isDirectory());
  });
});

Deno.test("OpenClaw gets the object without asking for it", async () => {
  await inPlace(async ({ run }) => {
    const { stdout } = await run(["doctor"], { env: { OPENCLAW_PLUGIN_CONFIG: "{}" } });
    assertEquals(JSON.parse(stdout).type, "doctor");
  });
});

Deno.test("a plugin configuration that cannot be used does not end the checks", async () => {
  await inPlace(async ({ json }) => {
    const env = { OPENCLAW_PLUGIN_CONFIG: '{"defaultApiMaxTokens":-1}' };
    const { object } = await json(["doctor"], { env });
    assertEquals((object.checks as unknown[]).length, 12);
    assertEquals(check(object, "state-files").status, "warn");
  });
});
