import { assert, assertEquals, assertRejects } from "@std/assert";
import { createClock, Stopped } from "./clock.ts";

Deno.test("work takes its time multiplied by the speed", async () => {
  const start = performance.now();
  await createClock(0.1).work(200);
  const spent = performance.now() - start;
  assert(spent >= 18 && spent < 150, String(spent));
  await createClock(0).work(60_000);
});

Deno.test("a wait ends with its signal or with the clock", async () => {
  const clock = createClock(1);
  const abort = new AbortController();
  const waits = [clock.sleep(60_000, abort.signal), clock.forever(abort.signal)];
  abort.abort();
  for (const wait of waits) await assertRejects(() => wait, Stopped);
  const last = clock.sleep(60_000);
  clock.stop();
  await assertRejects(() => last, Stopped);
  await assertRejects(() => clock.work(0), Stopped);
});

Deno.test("the time can be set from outside", () => {
  assertEquals(createClock(1, () => 5).now(), 5);
});
