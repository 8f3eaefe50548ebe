import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { inPlace } from "../support/agent.ts";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { wasTouched, withService } from "../support/service.ts";

async function writeKey(home: string, text: string): Promise<void> {
  await fs.mkdir(`${home}/.config/sogni`, { recursive: true });
  await fs.writeFile(`${home}/.config/sogni/credentials`, text, { mode: 0o600 });
}

Deno.test("the key comes from the credentials file when the variable is empty", async () => {
  await withService({}, async ({ json, home }, service) => {
    await writeKey(home, `# mine\nSOGNI_USERNAME=old\nSOGNI_API_KEY="${service.apiKey}"\n`);
    const { code, object } = await json(["a cat"], { env: { SOGNI_API_KEY: "" } });
    assertEquals([code, object.success, object.sandbox], [0, true, undefined]);
  });
});

Deno.test("the variable wins over the file", async () => {
  await withService({}, async ({ json, home }, service) => {
    await writeKey(home, "SOGNI_API_KEY=another-key\n");
    assertEquals((await json(["a cat"])).code, 0);
    await writeKey(home, `SOGNI_API_KEY=${service.apiKey}\n`);
    const wrong = await json(["a cat"], { env: { SOGNI_API_KEY: "another-key" } });
    assertEquals([wrong.code, wrong.object.errorCode], [1, "INVALID_API_KEY"]);
  });
});

Deno.test("without any key the error says where one was looked for, and nothing is sent", async () => {
  await withService({}, async ({ json, home }, service) => {
    const { code, object } = await json(["a cat"], { env: { SOGNI_API_KEY: "" } });
    assertEquals([code, object.errorCode], [1, "MISSING_CREDENTIALS"]);
    assertEquals(object.errorType, "PERMISSION_REQUIRED");
    assertEquals(object.errorDetails, {
      triedEnv: "SOGNI_API_KEY",
      triedFile: `${home}/.config/sogni/credentials`,
      credentialsFileExisted: false,
    });
    assertStringIncludes(String(object.hint), "SOGNI_API_KEY");
    assert(!wasTouched(service));
  });
});

Deno.test("a credentials file that cannot be read is not the same as none", async () => {
  await withService({}, async ({ json, home }, service) => {
    const path = `${home}/.config/sogni/credentials`;
    await fs.mkdir(path, { recursive: true });
    const { code, object } = await json(["a cat"], { env: { SOGNI_API_KEY: "" } });
    assertEquals([code, object.errorCode], [1, "CREDENTIALS_UNREADABLE"]);
    assertEquals((object.errorDetails as Record<string, unknown>).path, path);
    assert(!wasTouched(service));
  });
});

Deno.test("a key that the service refuses is INVALID_API_KEY, and is never shown", async () => {
  await withService({}, async ({ run }) => {
    for (const mode of [[], ["--json"]]) {
      const env = { SOGNI_API_KEY: "sk-not-the-right-key", SOGNI_DEBUG: "1" };
      const { code, stdout, stderr } = await run([...mode, "a cat"], { env });
      assertEquals(code, 1);
      const told = `${stdout}${stderr}`;
      assertStringIncludes(told, "dashboard.sogni.ai");
      if (mode.length > 0) {
        const object = JSON.parse(stdout);
        assertEquals(
          [object.errorCode, object.errorType, object.retryable],
          ["INVALID_API_KEY", "PERMISSION_REQUIRED", false],
        );
      }
      assert(!told.includes("sk-not-the-right-key"), told);
    }
  });
});

Deno.test("the sandbox never stands in: with a key and no --sandbox the service that is meant is asked", async () => {
  await withService({}, async ({ json }, service) => {
    const { object } = await json(["a cat"]);
    assertEquals([object.success, "sandbox" in object], [true, false]);
    assertEquals(service.recorder.upgrades.length, 1);
    service.recorder.clear();
    const own = await json(["--sandbox", "a cat"], { env: { SOGNI_SANDBOX_SPEED: "0" } });
    assertEquals([own.object.success, own.object.sandbox], [true, true]);
    assert(!wasTouched(service));
  });
});

Deno.test("neither a missing key nor a dead service makes the sandbox answer", async () => {
  await inPlace(async ({ json }) => {
    const keyless = await json(["a cat"]);
    assertEquals([keyless.code, "sandbox" in keyless.object], [1, false]);
    const env = {
      SOGNI_API_KEY: "some-key",
      SOGNI_REST_ENDPOINT: "http://127.0.0.1:9",
      SOGNI_SOCKET_ENDPOINT: "ws://127.0.0.1:9",
      SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1",
    };
    const dead = await json(["a cat"], { env });
    assertEquals([dead.code, dead.object.success, "sandbox" in dead.object], [1, false, false]);
    assertEquals(dead.object.retryable, true);
  });
});

Deno.test("a loopback endpoint needs the opt-in, and the opt-in warns on every run", async () => {
  await withService({}, async ({ json, run }, service) => {
    const env = { SOGNI_ALLOW_UNSAFE_API_BASE_URL: "" };
    const { code, object } = await json(["a cat"], { env });
    assertEquals([code, object.errorCode], [1, "UNSAFE_API_BASE_URL"]);
    assert(!wasTouched(service));
    assertStringIncludes((await run(["-q", "a cat"])).stderr, "Warning: the API key goes to http:");
  });
});

Deno.test("--balance ends in a clear error when the service does not tell, within its time", async () => {
  const path = "/v4/account/balance";
  const rows: [FaultRule, string][] = [
    [{ fault: "rest", path, status: 500 }, "FETCH_FAILED"],
    [{ fault: "rest", path, status: 401 }, "INVALID_API_KEY"],
    [{ fault: "rest", path, status: 200 }, "FETCH_FAILED"],
    [{ fault: "rest", path, status: 200, body: "malformed" }, "FETCH_FAILED"],
    [{ fault: "rest", path, status: 500, delay: 20_000 }, "NETWORK_TIMEOUT"],
  ];
  for (const [fault, expected] of rows) {
    await withService({ faults: [fault] }, async ({ json }) => {
      const env = { SOGNI_HTTP_TIMEOUT_MS: "1500" };
      const { code, object, milliseconds } = await json(["--balance"], { env });
      assertEquals([code, object.errorCode], [1, expected], JSON.stringify({ fault, object }));
      assert(milliseconds < 10_000, `${milliseconds} ms`);
    });
  }
});

Deno.test("--balance shows both balances of the service", async () => {
  await withService({ balance: { spark: 12.5, sogni: 3 } }, async ({ run, json }) => {
    const { code, stdout } = await run(["--balance"]);
    assertEquals([code, stdout], [0, "SPARK: 12.50\nSOGNI: 3.00\n"]);
    const { object } = await json(["--balance"]);
    assertEquals([object.success, object.spark, object.sogni], [true, 12.5, 3]);
  });
});
