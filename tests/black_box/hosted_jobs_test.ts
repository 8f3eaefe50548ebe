/** Hosted runs and workflows whose process was killed are found again, and nothing is paid twice. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import type { Sandbox, SandboxOptions } from "../../lib/sandbox/options.ts";
import type { Place } from "../support/agent.ts";
import { killAt } from "../support/kills.ts";
import { readPicture } from "../support/pictures.ts";
import { withService } from "../support/service.ts";

const STEPS = JSON.stringify({
  steps: [{
    id: "a",
    toolName: "generate_image",
    arguments: { prompt: "a kite", width: 256, height: 256 },
  }],
});
const WORKFLOW = ["--api-workflow", "--workflow-input", STEPS];
const RUN = ["--durable-chat", "draw a red shoe"];

interface Kind {
  argv: string[];
  medium: string;
  path: string;
}

const KINDS: readonly Kind[] = [
  { argv: RUN, medium: "chat", path: "/v1/chat/runs" },
  {
    argv: [...WORKFLOW, "--watch"],
    medium: "workflow",
    path: "/v1/creative-agent/workflows",
  },
];

function hostedTest(
  name: string,
  options: SandboxOptions,
  body: (place: Place, service: Sandbox) => Promise<void>,
): void {
  Deno.test(`hosted jobs: ${name}`, () => withService(options, body));
}

async function onlyJob(place: Place): Promise<Record<string, unknown>> {
  const jobs = (await place.json(["jobs"])).object.jobs as Record<string, unknown>[];
  assertEquals(jobs.length, 1);
  return jobs[0] ?? {};
}

const streamed = ({ recorder }: Sandbox) => recorder.requests(/\/events\/stream$/).length;
const posts = ({ recorder }: Sandbox, path: string) => recorder.requests(path, "POST").length;

for (const { argv, medium, path } of KINDS) {
  hostedTest(
    `a killed ${medium} is listed, followed and saved by its id`,
    { speed: 3 },
    async (place, service) => {
      const killed = await killAt(
        place,
        [...argv, "-o", "made.png"],
        () => streamed(service) > 0,
      );
      assertEquals(killed.signal, "SIGKILL", killed.stderr);
      const job = await onlyJob(place);
      assertEquals([job.medium, job.status, job.attended], [medium, "running", false]);
      assertEquals(job.output, place.path("made.png"));
      const [id] = job.projectIds as string[];
      assert(id);
      const waited = await place.json(["jobs", "wait", id]);
      assertEquals(
        [waited.code, waited.object.status, waited.object.serviceStatus, waited.object.localPaths],
        [0, "saved", "completed", [place.path("made.png")]],
        waited.stderr,
      );
      assertEquals((await readPicture(place.path("made.png"))).mime, "image/png");
      assertEquals([posts(service, path), await fs.readdir(place.cwd)], [1, ["made.png"]]);
      assertEquals((await onlyJob(place)).status, "saved");
    },
  );
}

hostedTest("a run that ended is closed; its id still tells it", {}, async (place, service) => {
  const { object } = await place.json([...RUN, "-o", "shoe.png"]);
  const job = await onlyJob(place);
  assertEquals([job.status, job.localPaths], ["saved", [place.path("shoe.png")]]);
  const shown = await place.run(["jobs", "status", String(object.runId)]);
  assertStringIncludes(shown.stdout, "draw a red shoe");
  const again = await place.run(["jobs", "wait", String(job.jobId)]);
  assertStringIncludes(again.stdout, "here is your picture.");
  assertEquals(posts(service, "/v1/chat/runs"), 1);
});

hostedTest("a workflow that nobody watches is collected later", {}, async (place, service) => {
  await place.run([...WORKFLOW, "-o", "kites/"]);
  const job = await onlyJob(place);
  assertEquals([job.status, job.attended], ["running", false]);
  const id = String(job.jobId);
  let object: Record<string, unknown> = {};
  for (let attempt = 0; attempt < 20 && object.status !== "saved"; attempt++) {
    object = (await place.json(["jobs", "collect", id])).object;
  }
  assertMatch(String((object.localPaths as string[])[0]), /kites.[\w-]+\.png$/);
  assertEquals(posts(service, "/v1/creative-agent/workflows"), 1);
});

hostedTest("another key sees nothing of it", {}, async (place, service) => {
  await place.run(WORKFLOW);
  const { jobId } = await onlyJob(place);
  const env = { SOGNI_API_KEY: "another-key-0123456789" };
  const { code, object } = await place.json(["jobs", "wait", String(jobId)], { env });
  assertEquals([code, object.errorCode], [1, "JOB_NOT_REACHABLE"]);
  assertEquals(streamed(service), 0);
});

hostedTest(
  "cancelled by its id",
  { speed: 1, faults: [{ fault: "stall" }] },
  async (place, service) => {
    await killAt(place, RUN, () => streamed(service) > 0);
    const { jobId, projectIds: [runId] = [] } = await onlyJob(place) as {
      jobId: string;
      projectIds: string[];
    };
    const { code, object } = await place.json(["jobs", "cancel", jobId]);
    assertEquals([code, object.status], [0, "cancelled"]);
    assertEquals(posts(service, `/v1/chat/runs/${runId}/cancel`), 1);
  },
);

hostedTest(
  "a start that was refused leaves no trace",
  { faults: [{ fault: "rest", path: "/v1/chat/runs", status: 400 }] },
  async (place) => {
    const { code } = await place.run(RUN);
    assertEquals(code, 1);
    assertEquals((await place.json(["jobs"])).object.jobs, []);
  },
);

hostedTest("generations neither collect it nor count it", {}, async (place) => {
  await place.run(WORKFLOW);
  const { code, stderr } = await place.run(["-o", "cat.png", "a cat"]);
  assertEquals([code, /earlier job/.test(stderr)], [0, false], stderr);
  const collected = await place.json(["jobs", "collect"]);
  assertEquals([collected.code, collected.object.collected], [0, []]);
});
