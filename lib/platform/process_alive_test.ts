import { assertEquals } from "@std/assert";
import { spawn } from "node:child_process";
import process from "node:process";
import { isProcessAlive } from "./process_alive.ts";

Deno.test("this process and its parent are alive", () => {
  assertEquals(isProcessAlive(process.pid), true);
  assertEquals(isProcessAlive(process.ppid), true);
});

Deno.test("a process that has ended is not alive", async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  const { pid } = child;
  await new Promise((resolve) => child.on("close", resolve));
  assertEquals(isProcessAlive(pid ?? 0), false);
});

for (const pid of [0, -1, 1.5, NaN, Infinity]) {
  Deno.test(`${pid} is no process`, () => assertEquals(isProcessAlive(pid), false));
}

Deno.test({
  name: "without permission to run programs the answer is unknown",
  permissions: { run: false },
  fn: () => assertEquals(isProcessAlive(1), undefined),
});
