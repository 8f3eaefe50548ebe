/** Which origin gets the key, as seen by the service and by whoever set the origin. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { wasTouched, withService } from "../support/service.ts";

const COMMANDS: readonly (readonly string[])[] = [
  ["--api-models"],
  ["--api-chat", "hello"],
  ["--list-workflows"],
  ["--balance"],
  ["a cat"],
  ["--estimate", "a cat"],
];

Deno.test("an origin on this machine gets nothing without the exact opt-in", async () => {
  await withService({}, async ({ json }, service) => {
    for (const command of COMMANDS) {
      const { code, object } = await json(command, {
        env: { SOGNI_ALLOW_UNSAFE_API_BASE_URL: "true" },
      });
      assertEquals([code, object.errorCode], [1, "UNSAFE_API_BASE_URL"], command.join(" "));
      assertStringIncludes(String(object.error), "SOGNI_ALLOW_UNSAFE_API_BASE_URL=1");
    }
    assert(!wasTouched(service));
  });
});

Deno.test("a base URL that is none is said of what gave it", async () => {
  await withService({}, async ({ json }, service) => {
    const plugin = JSON.stringify({ apiBaseUrl: "nonsense" });
    const rows: [string, Record<string, string>, readonly string[]][] = [
      ["--api-base-url", {}, ["--api-base-url", "nonsense"]],
      ["SOGNI_API_BASE_URL", { SOGNI_API_BASE_URL: "nonsense" }, []],
      ["SOGNI_REST_ENDPOINT", { SOGNI_REST_ENDPOINT: "nonsense" }, []],
      ["apiBaseUrl", { OPENCLAW_PLUGIN_CONFIG: plugin }, []],
      ["SOGNI_SOCKET_ENDPOINT", { SOGNI_SOCKET_ENDPOINT: "nonsense" }, []],
    ];
    for (const [name, env, args] of rows) {
      for (const command of [["a cat"], ["--api-models"]]) {
        if (name === "SOGNI_SOCKET_ENDPOINT" && command[0] !== "a cat") continue;
        const { object } = await json([...command, ...args], { env });
        assertEquals(object.errorCode, "INVALID_API_BASE_URL", name);
        assertStringIncludes(String(object.error), `${name} "nonsense" is not a usable URL`);
      }
    }
    assert(!wasTouched(service));
  });
});

Deno.test("hosts that are listed in vain are warned of once, by every command that sends the key", async () => {
  await withService({}, async ({ run }) => {
    const env = { SOGNI_API_ALLOWED_HOSTS: "https://a.example/, *.b.example" };
    for (const command of [["--api-models"], ["--balance", "-q"]]) {
      const { stderr } = await run(command, { env });
      assertEquals(stderr.split("SOGNI_API_ALLOWED_HOSTS").length, 2, stderr);
    }
  });
});

Deno.test("the key is in nothing that is said or kept, also when the service repeats it", async () => {
  const apiKey = "sk-of-the-account-0123456789";
  await withService({ apiKey }, async ({ run }) => {
    const env = { SOGNI_API_KEY: `${apiKey}-wrong`, SOGNI_DEBUG: "1" };
    for (const command of COMMANDS) {
      for (const mode of [[], ["--json"]]) {
        const { stdout, stderr } = await run([...command, ...mode], { env });
        assert(!`${stdout}${stderr}`.includes(apiKey), `${command}: ${stdout}${stderr}`);
      }
    }
  });
});
