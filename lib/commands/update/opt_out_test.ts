import { assertEquals } from "@std/assert";
import { updatesAreOff } from "./opt_out.ts";

Deno.test("flag, switches and machines turn updates off, other ways of running do not", () => {
  const rows: [string[], Record<string, string>, boolean][] = [
    [[], {}, false],
    [["--json", "-q", "a boat"], {}, false],
    [["--last", "--no-update-check"], {}, true],
    [[], { SOGNI_NO_UPDATE_CHECK: "1" }, true],
    [[], { SOGNI_NO_UPDATE_CHECK: "true" }, true],
    [[], { SOGNI_NO_UPDATE_CHECK: "0" }, false],
    [[], { SOGNI_NO_UPDATE_CHECK: "yes" }, false],
    [[], { NO_UPDATE_NOTIFIER: "1" }, true],
    [[], { NO_UPDATE_NOTIFIER: "" }, false],
    [[], { CI: "false" }, true],
    [[], { CI: "" }, false],
    [[], { npm_lifecycle_event: "start" }, true],
    [[], { SOGNI_AGENT_TEST_STATE_PATH: "/x" }, true],
    [[], { NODE_ENV: "test" }, true],
    [[], { NODE_ENV: "production" }, false],
    [[], { OPENCLAW_PLUGIN_CONFIG: "{}" }, false],
  ];
  for (const [argv, env, off] of rows) {
    assertEquals(updatesAreOff(argv, env), off, JSON.stringify([argv, env]));
  }
});
