/** A disk that is really full, and a home that is really read-only: see `small_disk.ts`. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { type AgentOptions, inPlace, type Place } from "../support/agent.ts";
import { wasTouched, withService } from "../support/service.ts";
import { canMount, contents, onSmallDisk } from "../support/small_disk.ts";

const CAN_MOUNT = canMount();
/** What a run on a small disk left of it, beside how it ended. */
type Kept = Awaited<ReturnType<Place["json"]>> & { kept: Record<string, string> };

/** Runs with `folder` on a disk that has `freeKiB` left, or that is read-only. */
async function runOn(
  place: Place,
  folder: string,
  disk: { freeKiB?: number; readOnly?: boolean },
  args: readonly string[],
  options: Partial<AgentOptions> = {},
): Promise<Kept> {
  const kept = await fs.mkdtemp(path.join(place.cwd, "..", "kept-"));
  const copy = path.join(kept, "disk");
  const wrapper = onSmallDisk({ folder, kept: copy, freeKiB: 0, ...disk });
  const run = await place.json(args, { ...options, wrapper });
  return { ...run, kept: await contents(copy) };
}

const stateOf = (place: Place) => path.join(place.home, ".config", "sogni");

async function prepareState(place: Place): Promise<void> {
  await fs.writeFile(place.path("face.png"), solidPng(200, 200, 3));
  await place.run(["--memory-set", "style", "ink"]);
  await place.run(["--personality-set", "short answers"]);
  await place.run(["--persona-add", "Mara", "--ref", "face.png"]);
  await place.run(["login"], { stdin: "first-key\n" });
}

const WRITES: readonly [args: string[], stdin?: string][] = [
  [["--memory-set", "style", "oil"]],
  [["--memory-set", "ratio", "16:9"]],
  [["--memory-remove", "style"]],
  [["--personality-set", "long answers"]],
  [["--persona-add", "Ilse", "--ref", "face.png"]],
  [["--persona-remove", "Mara"]],
  [["login"], "second-key\n"],
];
const DISKS = [
  { disk: {}, cause: "ENOSPC", hint: "Free some space" },
  { disk: { readOnly: true }, cause: "EROFS", hint: "can be written" },
];
for (const { disk, cause, hint } of DISKS) {
  Deno.test({
    name: `${cause}: each change of the state is refused with a code, and the state is as before`,
    ignore: !CAN_MOUNT,
    fn: () =>
      inPlace(async (place) => {
        await prepareState(place);
        const before = await contents(stateOf(place));
        for (const [args, stdin] of WRITES) {
          const name = args.join(" ");
          const options = stdin === undefined ? {} : { stdin };
          const run = await runOn(place, stateOf(place), disk, args, options);
          assertEquals([run.code, run.object.errorCode], [1, "STATE_WRITE_FAILED"], name);
          const details = run.object.errorDetails as Record<string, unknown>;
          assertEquals(details.cause, cause, name);
          assertStringIncludes(String(run.object.hint), hint, name);
          assertEquals(run.kept, before, name);
        }
      }),
  });

  Deno.test({
    name: `${cause}: what only reads the state works, and doctor tells of the disk`,
    ignore: !CAN_MOUNT,
    fn: () =>
      inPlace(async (place) => {
        await prepareState(place);
        const run = (...args: string[]) => runOn(place, stateOf(place), disk, args);
        assertEquals(((await run("--memory-list")).object.memories as unknown[]).length, 1);
        assertEquals((await run("--personality-get")).object.personality, "short answers");
        assertEquals(((await run("--persona-list")).object.personas as unknown[]).length, 1);
        assertEquals((await run("--last")).object.errorCode, "NO_LAST_RENDER");
        const env = { SOGNI_CREDENTIALS_PATH: place.path("none") };
        const doctor = await runOn(place, stateOf(place), disk, ["doctor", "--sandbox"], { env });
        const checks = doctor.object.checks as { id: string; status: string; detail: string }[];
        const byId = new Map(checks.map(({ id, ...rest }) => [id, rest]));
        assertEquals(byId.get("config-dir")?.status, "fail");
        assertStringIncludes(byId.get("config-dir")?.detail ?? "", cause);
        assertEquals(byId.get("disk")?.status, "warn");
      }),
  });

  Deno.test({
    name: `${cause}: a render without room for its application id is refused before it is sent`,
    ignore: !CAN_MOUNT,
    fn: () =>
      withService({}, async (place, service) => {
        const { code, object, kept } = await runOn(place, stateOf(place), disk, ["a cat"]);
        assertEquals([code, object.errorCode], [1, "APP_ID_PERSISTENCE_FAILED"]);
        assertStringIncludes(String(object.hint), hint);
        assertStringIncludes(String(object.hint), "SOGNI_APP_ID");
        assertEquals(service.recorder.received("jobRequest"), []);
        assertEquals(Object.keys(kept).filter((name) => name.endsWith(".tmp")), []);
      }),
  });

  Deno.test({
    name: `${cause}: a render whose record cannot be written is delivered, with a warning`,
    ignore: !CAN_MOUNT,
    fn: () =>
      withService({}, async (place) => {
        const records = place.path("records");
        await fs.mkdir(records);
        const env = { SOGNI_LAST_RENDER_PATH: path.join(records, "last.json") };
        const line = ["-o", "cat.png", "a cat"];
        const { code, object, stderr, kept } = await runOn(place, records, disk, line, { env });
        assertEquals([code, object.success], [0, true], stderr);
        assertMatch(stderr, /last\.json cannot be written/);
        assert((await fs.stat(place.path("cat.png"))).size > 0);
        assertEquals(Object.values(kept).filter((text) => text !== ""), []);
      }),
  });

  Deno.test({
    name: `${cause}: jobs cannot do without their journal, and say so`,
    ignore: !CAN_MOUNT,
    fn: () =>
      inPlace(async (place) => {
        const folder = place.path("journal");
        await fs.mkdir(folder);
        const env = { SOGNI_JOBS_PATH: path.join(folder, "jobs.db") };
        const { code, object } = await runOn(place, folder, disk, ["jobs"], { env });
        assertEquals([code, object.errorCode], [1, "JOURNAL_UNUSABLE"]);
        assertEquals(typeof object.hint, "string");
      }),
  });
}

Deno.test({
  name: "ENOSPC: a result that does not fit is told with its URL, and is collected later",
  ignore: !CAN_MOUNT,
  fn: () =>
    withService({}, async (place) => {
      const results = place.path("results");
      await fs.mkdir(results);
      await fs.writeFile(path.join(results, "cat.png"), "old");
      const line = ["-w", "1024", "-h", "1024", "-o", "results/cat.png", "a cat"];
      const { code, object, kept } = await runOn(place, results, { freeKiB: 4 }, line);
      assertEquals([code, object.errorCode], [1, "OUTPUT_WRITE_FAILED"]);
      const details = object.errorDetails as Record<string, unknown>;
      assertEquals(details.cause, "ENOSPC");
      assertEquals((details.urls as unknown[]).length, 1);
      assertEquals(kept, { "cat.png": "old" });

      const { object: collected } = await place.json(["jobs", "collect"]);
      assertEquals(collected.success, true, JSON.stringify(collected));
      const names = (await fs.readdir(results)).sort();
      assert(names.length === 2 || (await fs.stat(path.join(results, "cat.png"))).size > 1000);
      assertEquals(names.filter((name) => name.endsWith(".tmp")), []);
    }),
});

Deno.test({
  name: "EROFS: a result for a read-only place is refused before anything is sent",
  ignore: !CAN_MOUNT,
  fn: () =>
    withService({}, async (place, service) => {
      const results = place.path("results");
      await fs.mkdir(results);
      const line = ["-o", "results/cat.png", "a cat"];
      const { code, object } = await runOn(place, results, { readOnly: true }, line);
      assertEquals([code, object.errorCode], [1, "OUTPUT_WRITE_FAILED"]);
      assertEquals((object.errorDetails as Record<string, unknown>).cause, "EROFS");
      assert(!wasTouched(service));
    }),
});
