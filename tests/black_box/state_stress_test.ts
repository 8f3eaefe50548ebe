/**
 * Many processes change one state file at once and some are killed at random moments. What was
 * acknowledged is there, what is there can be read, and nobody waits for the dead.
 *
 * `SOGNI_STRESS_ROUNDS` makes it longer.
 */
import { assert, assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { inPlace } from "../support/agent.ts";

const ROUNDS = Number(process.env.SOGNI_STRESS_ROUNDS) || 3;
const WRITERS = 5;
const VICTIMS = 3;

interface Listed {
  key: string;
  value: string;
}

Deno.test("acknowledged memories survive crowds and SIGKILL", async () => {
  await inPlace(async ({ home, run, json }) => {
    const folder = path.join(home, ".config", "sogni");
    const acknowledged = new Map<string, string>();
    const attempted = new Map<string, string>();
    let killed = 0;

    async function write(key: string, value: string, lifeMs?: number): Promise<void> {
      attempted.set(key, value);
      const { code, signal, stdout } = await run(["--json", "--memory-set", key, value], {
        onStart: (child) => {
          if (lifeMs !== undefined) setTimeout(() => child.kill("SIGKILL"), lifeMs);
        },
      });
      if (signal !== null) killed += 1;
      else assertEquals(code, 0, stdout);
      if (stdout.includes('"success":true')) acknowledged.set(key, value);
    }

    async function read(): Promise<Listed[]> {
      const { code, object } = await json(["--memory-list"]);
      assertEquals(code, 0);
      return object.memories as Listed[];
    }

    // Lives are spread over the whole run of a process, and a crowd is slower than one.
    const { milliseconds } = await run(["--memory-set", "first", "one"]);
    attempted.set("first", "one");
    const longestLifeMs = 3 * milliseconds;

    for (let round = 0; round < ROUNDS; round++) {
      const crowd: Promise<unknown>[] = [read()];
      for (let writer = 0; writer < WRITERS; writer++) {
        crowd.push(write(`w-${round}-${writer}`, `value ${round} ${writer}`));
      }
      for (let victim = 0; victim < VICTIMS; victim++) {
        const lifeMs = Math.random() * longestLifeMs;
        crowd.push(write(`v-${round}-${victim}`, "x".repeat(20_000), lifeMs));
      }
      await Promise.all(crowd);
    }

    const startedAt = performance.now();
    await write("last", "one");
    const waitedMs = performance.now() - startedAt;
    assert(waitedMs < 5000, `the last change took ${waitedMs} ms: a lock was left`);

    const memories = await read();
    const found = new Map(memories.map(({ key, value }) => [key, value]));
    assertEquals(found.size, memories.length, "a key is there twice");
    for (const [key, value] of acknowledged) assertEquals(found.get(key), value, `${key} is lost`);
    for (const [key, value] of found) assertEquals(value, attempted.get(key), `${key} is mixed up`);
    const files = (await fs.readdir(folder)).filter((name) => name.includes("memories")).sort();
    assertEquals(files, ["memories.json", "memories.json.lock"]);
    assert(acknowledged.size >= ROUNDS * WRITERS + 1);
    // With no victim at all the test would prove little.
    assert(killed > 0 || ROUNDS < 3, "no process was killed");
  });
});

Deno.test("one name added by many processes at once becomes one persona", async () => {
  await inPlace(async ({ home, run, json, path: at }) => {
    const photo = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...new Array(60).fill(1)]);
    await fs.writeFile(at("face.jpg"), photo);
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => run(["--persona-add", "Mara", "--ref", "face.jpg"])),
    );
    assertEquals(runs.map(({ code }) => code).sort(), [0, 1, 1, 1]);
    const { object } = await json(["--persona-list"]);
    assertEquals((object.personas as unknown[]).length, 1);
    const folders = (await fs.readdir(path.join(home, ".config", "sogni", "personas")))
      .filter((name) => !name.includes("."));
    assertEquals(folders.length, 1);
  });
});
