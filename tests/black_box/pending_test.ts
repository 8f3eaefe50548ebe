/** What the flag table knows and this build cannot do says so, and does nothing else. */
import { assert, assertEquals } from "@std/assert";
import { FLAG_ROWS } from "../../lib/cli/flags/table.ts";
import { PENDING_COMMANDS, PENDING_FLAGS } from "../../lib/cli/pending.ts";
import { wasTouched, withService } from "../support/service.ts";

/** A usable value for each kind of flag. */
const VALUES: Readonly<Record<string, string[]>> = { flag: [], int: ["1"], number: ["1"] };

/** Commands that are reached by a flag and not by their word. */
const LINES: Readonly<Record<string, string[]>> = {
  doctor: ["--doctor"],
  estimate: ["--estimate", "a cat"],
  "whats-new": ["--whats-new"],
  "snooze-update": ["--snooze-update"],
  "update-check": ["--__update-check"],
};

Deno.test("flags that are not built yet end in NOT_IMPLEMENTED, unsent", async () => {
  await withService({}, async ({ json }, service) => {
    for (const row of FLAG_ROWS.filter(({ key }) => key in PENDING_FLAGS)) {
      const value = row.kind === "enum" ? [row.values?.[0] ?? ""] : VALUES[row.kind] ?? ["x"];
      const { code, object } = await json([row.name, ...value, "a cat"]);
      assertEquals([row.name, code, object.errorCode], [row.name, 1, "NOT_IMPLEMENTED"]);
      assertEquals(object.errorDetails, { flag: row.name });
    }
    assert(!wasTouched(service));
  });
});

Deno.test("commands that are not built yet end in NOT_IMPLEMENTED, unsent", async () => {
  await withService({}, async ({ json }, service) => {
    for (const command of Object.keys(PENDING_COMMANDS)) {
      const { code, object } = await json(LINES[command] ?? [command]);
      assertEquals([command, code, object.errorCode], [command, 1, "NOT_IMPLEMENTED"]);
      assertEquals(object.errorDetails, { command });
    }
    assert(!wasTouched(service));
  });
});
