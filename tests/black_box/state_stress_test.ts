/**
 * Crowds of processes change one home at once and some are killed at random moments. What was
 * acknowledged is there, what is there can be read, and nobody waits for the dead.
 *
 * `SOGNI_STRESS_ROUNDS` makes it longer; `deno task stress` runs a hundred rounds of twenty.
 */
import { assert, assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { inPlace } from "../support/agent.ts";
import { stressState } from "../support/state_stress.ts";

const ROUNDS = Number(process.env.SOGNI_STRESS_ROUNDS) || 2;
const PROCESSES = process.env.SOGNI_STRESS_ROUNDS ? 20 : 10;

Deno.test("memories, personas and renders survive crowds and SIGKILL", async () => {
  const report = await stressState({ rounds: ROUNDS, processes: PROCESSES });
  const { lost, unreadable, failed, leftFiles, acknowledged, killed, lastChangeMs } = report;
  assertEquals({ lost, unreadable, failed, leftFiles }, {
    ...{ lost: [], unreadable: [], failed: [], leftFiles: [] },
  });
  assert(lastChangeMs < 5000, `the last change took ${lastChangeMs} ms: a lock was left`);
  const sum = acknowledged.memory + acknowledged.persona + acknowledged.render;
  assert(sum >= ROUNDS * PROCESSES * 4 / 5, JSON.stringify(report));
  // With no victim at all the test would prove little.
  assert(killed > 0, "no process was killed");
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
