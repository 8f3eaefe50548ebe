import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { clearPersonality, getPersonality, setPersonality } from "./personality.ts";
import { inHome } from "./testing.ts";

for (const text of ["short", "  blanks kept\n\n", "", "a\r\nb", "🦀"]) {
  Deno.test(`${JSON.stringify(text)} is stored as it is and read trimmed`, () =>
    inHome(async ({ host, paths, text: read, mode }) => {
      await setPersonality(host, paths, text);
      assertEquals(await read(paths.personality), text);
      assertEquals(await getPersonality(host, paths), text.trim());
      assertEquals(await mode(paths.personality), 0o600);
    }));
}

Deno.test("without a file there is none, and clearing is fine", () =>
  inHome(async ({ host, paths, home }) => {
    assertEquals(await getPersonality(host, paths), null);
    await clearPersonality(host, paths);
    assertEquals(await host.files.list(home), []);
    await setPersonality(host, paths, "x");
    await clearPersonality(host, paths);
    assertEquals(await getPersonality(host, paths), null);
  }));

Deno.test("a folder in its place is not removed", () =>
  inHome(async ({ host, paths, put, text }) => {
    const inside = await put(".config/sogni/personality.txt/keep", "me");
    await assertRejects(() => clearPersonality(host, paths), AppError, "it is a folder");
    await assertRejects(() => setPersonality(host, paths, "x"), AppError, "it is a folder");
    await assertRejects(() => getPersonality(host, paths), AppError, "it is a folder");
    assertEquals(await text(inside), "me");
  }));
