import { assertEquals, assertRejects } from "@std/assert";
import type { ReadLinesOptions } from "../../platform/host.ts";
import { readEarly } from "./read_early.ts";

Deno.test("lines that came early are handed over first", async () => {
  let options: ReadLinesOptions | undefined;
  const { promise, resolve } = Promise.withResolvers<void>();
  const readLines = readEarly({
    readLines(given) {
      options = given;
      return promise;
    },
  });
  options?.onLine("a");
  options?.onLine("b");
  const heard: string[] = [];
  const ended = readLines((line) => heard.push(line));
  options?.onLine("c");
  resolve();
  await ended;
  assertEquals(heard, ["a", "b", "c"]);
});

Deno.test("what went wrong early is heard of later", async () => {
  const readLines = readEarly({ readLines: () => Promise.reject(new Error("too long")) });
  await new Promise((resolve) => setTimeout(resolve, 0));
  await assertRejects(() => readLines(() => {}), Error, "too long");
});
