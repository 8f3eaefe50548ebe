import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { readPipedKey } from "./api_key.ts";

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
