/** What the program prints is what its own schemas say, and no field goes unmentioned. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import * as z from "zod";
import { SCHEMAS } from "../../lib/cli/schemas/index.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { inPlace, type Place } from "../support/agent.ts";
import { withService } from "../support/service.ts";

type Json = Record<string, unknown>;

async function schemaOf(place: Place, name: string): Promise<Json> {
  const { code, stdout } = await place.run(["schema", name]);
  assertEquals(code, 0, name);
  return JSON.parse(stdout) as Json;
}

/** Checks an object against a schema, and that the schema mentions all of its fields. */
async function follows(place: Place, name: string, value: Json): Promise<void> {
  const schema = await schemaOf(place, name);
  const result = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
    .safeParse(value);
  assert(result.success, `${name}: ${result.error?.message} in ${JSON.stringify(value)}`);
  const known = Object.keys(schema.properties as Json);
  assertEquals(Object.keys(value).filter((key) => !known.includes(key)), [], name);
}

Deno.test("renders, plans, prices, jobs and records are as their schemas say", async () => {
  // The practice service in the process makes film and music too.
  const env = { SOGNI_SANDBOX: "1" };
  await inPlace(async (place) => {
    const lines: [name: string, args: string[]][] = [
      ["render", ["-n", "2", "-o", "a.png", "a fox"]],
      ["render", ["-c", "a.png", "-o", "b.png", "make it blue"]],
      ["render", ["--photobooth", "--ref", "a.png", "a knight"]],
      ["render", ["--multi-angle", "-c", "a.png", "-o", "angles/", "a fox"]],
      ["last-render", ["--last"]],
      ["render", ["--video", "--duration", "5", "a fox runs"]],
      ["render", ["--video", "--ref", "a.png", "a fox runs"]],
      ["render", ["--video", "-m", "seedance2", "a fox runs"]],
      ["render", ["--music", "--duration", "10", "--bpm", "120", "a waltz"]],
      ["last-render", ["--last"]],
      ["plan", ["--dry-run", "--video", "--ref", "a.png", "a fox runs"]],
      ["plan", ["--dry-run", "a fox"]],
      ["estimate", ["--estimate", "a fox"]],
      ["estimate", ["--estimate", "--video", "a fox runs"]],
      ["balance", ["--balance"]],
      ["jobs", ["jobs", "list"]],
      ["failure", ["--width", "5", "a fox"]],
    ];
    for (const [name, args] of lines) {
      const { object, stderr } = await place.json(args, { env });
      assertEquals(
        object.success,
        name !== "failure",
        `${args} ${JSON.stringify(object)} ${stderr}`,
      );
      await follows(place, name, object);
    }
    const { object } = await place.json(["jobs"], { env });
    const [first] = object.jobs as Json[];
    const job = await place.json(["jobs", "status", String(first?.jobId)], { env });
    await follows(place, "job", job.object);
    const { stderr } = await place.run(["--progress", "ndjson", "a hare"], { env });
    const events = stderr.split("\n").filter((line) => line.startsWith("{"));
    assert(events.length > 0, stderr);
    for (const line of events) await follows(place, "progress", JSON.parse(line) as Json);
  });
});

Deno.test("a withheld and a failed result are as the schema says", async () => {
  const faults = [
    { fault: "filtered", output: 0 } as const,
    { fault: "error", output: 1, level: "output", code: 1, message: "no" } as const,
  ];
  await withService({ faults }, async (place) => {
    const { object } = await place.json(["-n", "3", "a fox"]);
    await follows(place, "render", object);
    assertEquals([object.withheld, object.partial], [1, true]);
  });
});

Deno.test("state and upkeep are as their schemas say, without a service", async () => {
  await inPlace(async (place) => {
    assertEquals((await place.run(["--memory-set", "style", "ink"])).code, 0);
    await fs.writeFile(place.path("mia.png"), solidPng(64, 64, 1));
    assertEquals((await place.run(["--persona-add", "Mia", "--ref", "mia.png"])).code, 0);
    for (
      const [name, args] of [
        ["memories", ["--memory-list"]],
        ["personas", ["--persona-list"]],
        ["doctor", ["doctor"]],
        ["failure", ["--last"]],
      ] as const
    ) {
      await follows(place, name, (await place.json(args)).object);
    }
  });
});

Deno.test("the list names every schema, and an unknown name the nearest", async () => {
  await inPlace(async ({ run, json }) => {
    const { stdout } = await run(["schema"]);
    assertEquals(stdout.trim().split("\n").length, SCHEMAS.length);
    const { object } = await json(["schema"]);
    assertEquals((object.schemas as Json[]).map(({ name }) => name), SCHEMAS.map((s) => s.name));
    const one = await json(["schema", "Failure"]);
    assertEquals([one.object.name, (one.object.schema as Json).type], ["failure", "object"]);
    const wrong = await json(["schema", "rendr"]);
    assertEquals([wrong.code, wrong.object.errorCode], [1, "INVALID_ARGUMENT"]);
    assertStringIncludes(String(wrong.object.hint), "Did you mean render?");
  });
});
