import { assertEquals, assertRejects } from "@std/assert";
import * as path from "node:path";
import { AppError } from "../errors/app_error.ts";
import { withLock } from "./lock.ts";
import { inHome } from "./testing.ts";

Deno.test("a lock that is kept past the deadline is reported", () =>
  inHome(async ({ home, host }) => {
    const file = path.join(home, "x.json");
    await withLock(host, file, async () => {
      const error = await assertRejects(
        () => withLock(host, file, () => Promise.resolve(), 20),
        AppError,
      );
      assertEquals(error.code, "STATE_LOCKED");
      assertEquals(error.details, { path: file, waitedMs: 20 });
    });
    assertEquals(await withLock(host, file, () => Promise.resolve("free"), 0), "free");
  }));

Deno.test("holders come one after the other", () =>
  inHome(async ({ home, host }) => {
    const file = path.join(home, "x.json");
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 6 }, () =>
        withLock(host, file, async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 3));
          inside -= 1;
        })),
    );
    assertEquals(most, 1);
  }));
