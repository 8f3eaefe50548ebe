import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { cleanKey, readPipedKey } from "./api_key.ts";

Deno.test("what is piped in is text; more than a key can be is no internal error", async () => {
  const bytes = new TextEncoder().encode("\ufeffkey\n");
  assertEquals(await readPipedKey({ readStdin: () => Promise.resolve(bytes) }), "key\n");
  const readStdin = (maxBytes: number) =>
    Promise.reject(Object.assign(new Error(`more than ${maxBytes}`), { code: "EFBIG" }));
  const error = await assertRejects(() => readPipedKey({ readStdin }), AppError);
  assertEquals(error.code, "INVALID_API_KEY");
  await assertRejects(
    () => readPipedKey({ readStdin: () => Promise.reject(new Error("broken")) }),
    Error,
    "broken",
  );
});

Deno.test("what was pasted becomes the bare key, or is refused", () => {
  const rows: [string, string][] = [
    ["abc", "abc"],
    ["  abc\r\n", "abc"],
    ['"abc"', "abc"],
    ["'abc'", "abc"],
    ["SOGNI_API_KEY=abc", "abc"],
    ['export SOGNI_API_KEY="abc"\n', "abc"],
    ['"SOGNI_API_KEY=abc"', "abc"],
    ["'export SOGNI_API_KEY=\"abc\"'", "abc"],
    ["SOGNI_API_KEY=SOGNI_API_KEY=abc", "abc"],
    ["SOGNI_API_KEY=", ""],
    ['""', ""],
    ["", ""],
    ["abc#1", "abc#1"],
  ];
  for (const [typed, key] of rows) assertEquals(cleanKey(typed), key, JSON.stringify(typed));
  for (const bad of ["a b", "a\nb", "a\u0007b"]) assertThrows(() => cleanKey(bad), Error, "blank");
});
