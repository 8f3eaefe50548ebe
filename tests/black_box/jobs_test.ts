import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import process from "node:process";
import type { Sandbox, SandboxOptions } from "../../lib/sandbox/options.ts";
import { inPlace, type Place, signalAgent } from "../support/agent.ts";
import { killAt, momentsOf } from "../support/kills.ts";
import { readPicture } from "../support/pictures.ts";
import { cancelled, withService } from "../support/service.ts";

const sent = (service: Sandbox) => service.recorder.received("jobRequest").length;
const jobIdOf = (object: Record<string, unknown>) => String(object.jobId);

/** Files in the working folder; a temporary one that was left would be among them. */
const filesIn = (place: Place) => readdirSync(place.cwd).sort();

function jobsTest(
  name: string,
  options: SandboxOptions,
  body: (place: Place, service: Sandbox) => Promise<void>,
): void {
  Deno.test(`jobs: ${name}`, () => withService(options, body));
}

async function jobsOf(place: Place): Promise<Record<string, unknown>[]> {
  return (await place.json(["jobs"])).object.jobs as Record<string, unknown>[];
}

const SLOW_DOWNLOAD = { fault: "slowDownload", pieces: 10, milliseconds: 40, times: 1 } as const;

for (
  const moment of Object.keys(
    momentsOf({ recorder: { received: () => [], requests: () => [] } } as unknown as Sandbox),
  )
) {
  jobsTest(
    `killed ${moment}: the same command again pays once`,
    { faults: [SLOW_DOWNLOAD] },
    async (place, service) => {
      const command = ["-o", "a.png", "a kite"];
      const when = momentsOf(service)[moment];
      assert(when);
      const killed = await killAt(place, command, when);
      assertEquals(killed.signal, "SIGKILL", killed.stderr);
      const { code, object } = await place.json(command);
      assertEquals([code, object.success], [0, true]);
      assertEquals(sent(service), 1);
      assertEquals(filesIn(place), ["a.png"]);
      assertEquals((await readPicture(place.path("a.png"))).mime, "image/png");
      const jobs = await jobsOf(place);
      assertEquals(jobs.filter(({ status }) => status === "saved").length, 1);
      assertEquals(jobs.filter(({ status }) => status === "running"), []);
    },
  );
}

jobsTest("a later run of anything collects what a killed one left", {}, async (place, service) => {
  const when = momentsOf(service)["after it sent"];
  assert(when);
  await killAt(place, ["-n", "2", "-o", "lost.png", "a kite"], when);
  await fs.writeFile(place.path("lost-2.png"), "mine");
  const { code, stderr } = await place.run(["-o", "new.png", "a boat"]);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "Collected an earlier job");
  assertEquals(filesIn(place), ["lost-2-collected.png", "lost-2.png", "lost.png", "new.png"]);
  assertEquals(await fs.readFile(place.path("lost-2.png"), "utf8"), "mine");
  assertEquals(sent(service), 2);
});

jobsTest(
  "what could not be downloaded stays open and is collected later",
  { faults: [{ fault: "downloadStatus", status: 500, times: 3 }] },
  async (place, service) => {
    const first = await place.json(["-o", "deep/a.png", "a kite"]);
    assertEquals([first.code, first.object.errorCode], [1, "DOWNLOAD_FAILED"]);
    const [job] = await jobsOf(place);
    assertEquals(job?.status, "finished");
    const { object } = await place.json(["jobs", "collect"]);
    const [collected] = object.collected as Record<string, unknown>[];
    assertEquals(collected?.localPaths, [place.path("deep", "a.png")]);
    assertEquals((await readPicture(place.path("deep", "a.png"))).metadata.prompt, "a kite");
    assertEquals(sent(service), 1);
    assertEquals((await place.json(["jobs", "collect"])).object.collected, []);
  },
);

jobsTest(
  "a folder that cannot be written any more costs nothing twice",
  {},
  async (place, service) => {
    const folder = place.path("out");
    const spoil = () => {
      const timer = setInterval(() => {
        if (sent(service) === 0) return;
        clearInterval(timer);
        rmSync(folder, { recursive: true });
        writeFileSync(folder, "a file where the folder was");
      }, 1);
    };
    const { code, object } = await place.json(["-o", "out/a.png", "a kite"], { onStart: spoil });
    assertEquals([code, object.errorCode], [1, "OUTPUT_WRITE_FAILED"]);
    rmSync(folder);
    const collected = await place.json(["jobs", "collect"]);
    assertEquals((collected.object.collected as unknown[]).length, 1);
    assertEquals((await readPicture(place.path("out", "a.png"))).mime, "image/png");
    assertEquals(sent(service), 1);
  },
);

jobsTest(
  "twenty at once, all killed: one command collects all",
  { speed: 1 },
  async (place, service) => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const killed = await Promise.all(numbers.map((number) => {
      const isSent = () =>
        service.recorder.received("jobRequest").some((data) =>
          JSON.stringify(data).includes(`kite number ${number}"`)
        );
      return killAt(place, ["-o", `${number}.png`, `kite number ${number}`], isSent);
    }));
    assertEquals(killed.filter(({ signal }) => signal !== "SIGKILL"), []);
    // The last one may still be at work.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { object, stderr } = await place.json(["jobs", "collect"]);
    assertEquals((object.collected as unknown[]).length, 20, stderr);
    assertEquals(filesIn(place), numbers.map((number) => `${number}.png`).sort());
    assertEquals(sent(service), 20);
  },
);

jobsTest(
  "a detached job is waited for, and saved where it was meant to go",
  { speed: 4 },
  async (place, service) => {
    const sending = await place.json(["--detach", "-o", "a.png", "a kite"]);
    const handle = sending.object;
    assertEquals([sending.code, handle.success, handle.status], [0, true, "running"]);
    assertEquals([handle.acknowledged, handle.output], [true, place.path("a.png")]);
    const id = jobIdOf(handle);
    const early = await place.json(["jobs", "wait", id, "--timeout", "1"]);
    assertEquals(early.code, 0);
    assert(["running", "saved"].includes(String(early.object.status)));
    const waited = await place.json(["jobs", "wait", id]);
    assertEquals([waited.code, waited.object.status], [0, "saved"]);
    assertEquals(waited.object.localPaths, [place.path("a.png")]);
    assertEquals(waited.object.billedCost, 0.06);
    const again = await place.json(["jobs", "wait", id]);
    assertEquals(again.object.localPaths, [place.path("a.png")]);
    assertEquals([sent(service), cancelled(service)], [1, []]);
  },
);

jobsTest("the same job twice at once is paid for once", { speed: 6 }, async (place, service) => {
  const { object } = await place.json(["--detach", "-o", "b.png", "a kite"]);
  const attached = await place.json(["-o", "a.png", "a kite"]);
  assertEquals(attached.code, 0);
  assertStringIncludes(attached.stderr, `under way already (${jobIdOf(object)})`);
  assertEquals([filesIn(place), sent(service)], [["a.png"], 1]);
  const second = await place.json(["--detach", "a boat"]);
  const same = await place.json(["--detach", "a boat"]);
  assertEquals(jobIdOf(same.object), jobIdOf(second.object));
  const other = await place.json(["--again", "--detach", "a boat"]);
  assert(jobIdOf(second.object) !== jobIdOf(other.object));
  assertEquals(sent(service), 3);
});

jobsTest(
  "cancelling stops the paid work",
  { faults: [{ fault: "stall" }] },
  async (place, service) => {
    const { object } = await place.json(["--detach", "-o", "a.png", "a kite"]);
    const id = jobIdOf(object);
    const { code, object: running } = await place.json(["jobs", "wait", id, "--timeout", "1"]);
    assertEquals([code, running.status], [0, "running"]);
    const ended = await place.json(["jobs", "cancel", id]);
    assertEquals([ended.code, ended.object.status], [0, "cancelled"]);
    assertEquals(cancelled(service), object.projectIds);
    const after = await place.json(["jobs", "wait", id]);
    assertEquals([after.code, after.object.errorCode], [1, "USER_CANCELLED"]);
    assertEquals((await place.json(["jobs", "clean"])).object.removed, 1);
  },
);

jobsTest(
  "--on-interrupt keep names the handle and cancels nothing",
  { speed: 8 },
  async (place, service) => {
    const { code, object } = await place.json(["--on-interrupt", "keep", "-o", "a.png", "a kite"], {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (service.recorder.sent("jobState").length === 0) return;
          clearInterval(timer);
          signalAgent(child, "SIGINT");
        }, 5);
      },
    });
    const details = object.errorDetails as Record<string, unknown>;
    assertEquals([code, details.status, details.canceled], [130, "running", false]);
    assertEquals(cancelled(service), []);
    const waited = await place.json(["jobs", "wait", jobIdOf(details)]);
    assertEquals(waited.object.localPaths, [place.path("a.png")]);
    assertEquals(sent(service), 1);
  },
);

jobsTest(
  "without --output the addresses are collected, or saved on demand",
  {},
  async (place, service) => {
    const { object } = await place.json(["--detach", "a kite"]);
    const id = jobIdOf(object);
    const waited = await place.json(["jobs", "wait", id]);
    assertEquals([waited.object.status, waited.object.localPaths], ["finished", []]);
    const [url] = waited.object.urls as string[];
    assertEquals(
      (await fetch(url ?? "").then((answer) => answer.arrayBuffer())).byteLength > 1000,
      true,
    );
    const saved = await place.json(["jobs", "collect", id, "-o", "kept.png"]);
    assertEquals(saved.object.localPaths, [place.path("kept.png")]);
    assertEquals([filesIn(place), sent(service)], [["kept.png"], 1]);
  },
);

jobsTest("jobs of another account are told, not lost", {}, async (place) => {
  const { object } = await place.json(["--detach", "a kite"]);
  const id = jobIdOf(object);
  const other = await place.json(["jobs", "wait", id], { env: { SOGNI_API_KEY: "another-key" } });
  assertEquals([other.code, other.object.errorCode], [1, "JOB_NOT_REACHABLE"]);
  const all = await place.json(["jobs", "collect"], { env: { SOGNI_API_KEY: "another-key" } });
  assertEquals((all.object.unreachable as Record<string, unknown>[])[0]?.jobId, id);
  assertEquals((await place.json(["jobs", "wait", id])).object.status, "finished");
});

jobsTest("a damaged journal is kept aside and stops nothing", {}, async (place) => {
  const journal = `${place.home}/.config/sogni/jobs.db`;
  await fs.mkdir(`${place.home}/.config/sogni`, { recursive: true });
  await fs.writeFile(journal, "no database, but some text that is long enough to be looked at");
  const { code, stderr } = await place.run(["-o", "a.png", "a kite"]);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "was damaged; it was kept as");
  assertEquals((await jobsOf(place)).length, 1);
  assertEquals((await fs.stat(journal)).mode & 0o777, 0o600);
});

Deno.test("jobs: a practice job can be detached as well, and needs its own flag", () =>
  inPlace(async ({ json, path, home }) => {
    const { object } = await json(["--sandbox", "--detach", "-o", "a.png", "a kite"]);
    const record = `${home}/.config/sogni/practice-service.json`;
    const { pid } = JSON.parse(await fs.readFile(record, "utf8")) as { pid: number };
    try {
      const id = jobIdOf(object);
      assertEquals([object.status, object.sandbox], ["running", true]);
      assertEquals(object.next, `sogni-agent jobs wait ${id} --sandbox`);
      const bare = await json(["jobs", "wait", id]);
      assertEquals([bare.object.errorCode, bare.object.hint], [
        "JOB_NOT_REACHABLE",
        "Add --sandbox.",
      ]);
      const waited = await json(["jobs", "wait", id, "--sandbox"]);
      assertEquals(waited.object.localPaths, [path("a.png")]);
      assertEquals((await fs.stat(record)).mode & 0o777, 0o600);
    } finally {
      process.kill(pid, "SIGKILL");
    }
  }));
