import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { FLAG_ROWS } from "./flags/table.ts";
import { PENDING_COMMANDS, PENDING_FLAGS, refusePending } from "./pending.ts";

Deno.test("a pending flag is refused by name, with what works today", () => {
  for (const [key, instead] of Object.entries(PENDING_FLAGS)) {
    const row = FLAG_ROWS.find((candidate) => candidate.key === key);
    assert(row, key);
    const invocation = { command: "generate", options: { [key]: true }, words: [] };
    const error = assertThrows(() => refusePending(invocation), AppError, row.name);
    assertEquals(error.code, "NOT_IMPLEMENTED");
    assertEquals(error.details, { flag: row.name });
    assertEquals(error.hint, instead);
  }
});

Deno.test("a pending command is refused", () => {
  for (const command of Object.keys(PENDING_COMMANDS)) {
    const error = assertThrows(
      () => refusePending({ command, options: {}, words: [] }),
      AppError,
    );
    assertEquals(error.code, "NOT_IMPLEMENTED");
    assertEquals(error.details, { command });
    assertStringIncludes(error.message, "not available");
  }
});

Deno.test("everything else passes", () => {
  refusePending({ command: "generate", options: { count: 2, sandbox: true }, words: [] });
  refusePending({ command: "constructor", options: {}, words: [] });
});
