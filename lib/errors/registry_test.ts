import { assert, assertEquals } from "@std/assert";
import { readdirSync, readFileSync } from "node:fs";
import { errorEntry, ERRORS } from "./registry.ts";
import { PINNED_CODES } from "./testing/pinned_codes.ts";

Deno.test("published codes stay, with what agents rely on", () => {
  for (const [code, [type, category, retryable]] of Object.entries(PINNED_CODES)) {
    assert(code in ERRORS, `${code} was removed; codes are append-only`);
    const entry = errorEntry(code as keyof typeof ERRORS);
    assertEquals([entry.type, entry.category, entry.retryable], [type, category, retryable], code);
  }
});

Deno.test("codes are upper-case words with one line of documentation", () => {
  for (const [code, { doc }] of Object.entries(ERRORS)) {
    assert(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(code), code);
    assert(/^\S.*\.$/.test(doc) && !doc.includes("\n"), code);
  }
});

Deno.test("every code that is raised is registered", () => {
  const lib = new URL("../", import.meta.url);
  let raised = 0;
  for (const name of readdirSync(lib, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const text = readFileSync(new URL(name.replaceAll("\\", "/"), lib), "utf8");
    for (const [, code = ""] of text.matchAll(/new AppError\(\s*"([^"]*)"/g)) {
      assert(code in ERRORS, `${name} raises ${code}`);
      raised++;
    }
  }
  assert(raised > 10);
});
