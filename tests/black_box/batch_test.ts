/** `batch`: many jobs from a file, none of them paid for twice. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { signalAgent } from "../support/agent.ts";
import { wireRequests, withService } from "../support/service.ts";

type Json = Record<string, unknown>;

const lines = (...jobs: unknown[]) => jobs.map((job) => `${JSON.stringify(job)}\n`).join("");
const fox = { prompt: "a fox", output: "fox.png" };
const hare = { args: ["-o", "hare.jpg", "--width", "768", "a hare"] };

Deno.test("every job is made once, and a second run makes none again", async () => {
  await withService({}, async ({ json, run, path }, service) => {
    const crow = { prompt: "a crow", output: "crow.png" };
    await fs.writeFile(path("jobs.jsonl"), `# animals\n\n${lines(fox, hare, crow)}`);
    const first = await json(["batch", "jobs.jsonl", "--concurrency", "3"]);
    assertEquals([first.code, first.object.total, first.object.delivered], [0, 3, 3], first.stderr);
    const results = first.object.results as Json[];
    assertEquals(results.map(({ line }) => line), [3, 4, 5]);
    assertEquals(results.map(({ localPath }) => localPath), ["fox.png", "hare.jpg", "crow.png"]);
    assertEquals(wireRequests(service).length, 3);
    const second = await run(["batch", "jobs.jsonl"]);
    assertEquals([second.code, second.stdout], [0, "fox.png\nhare.jpg\ncrow.png\n"]);
    assertStringIncludes(second.stderr, "3 of 3 jobs are done already.");
    assertEquals(wireRequests(service).length, 3);
    const files = ["crow.png", "fox.png", "hare.jpg", "jobs.jsonl", "jobs.jsonl.done"];
    assertEquals((await fs.readdir(path("."))).sort(), files);
  });
});

Deno.test("a second run of the same file at the same time is refused, unsent", async () => {
  const faults = [{ fault: "stall", job: 1, phase: "started" } as const];
  await withService({ faults }, async ({ json, path, run }, service) => {
    await fs.writeFile(path("jobs.jsonl"), lines(fox));
    let second: Json = {};
    await run(["batch", "jobs.jsonl"], {
      onStart(child) {
        const timer = setInterval(async () => {
          if (wireRequests(service).length === 0) return;
          clearInterval(timer);
          second = (await json(["batch", "jobs.jsonl"])).object;
          signalAgent(child, "SIGINT");
        }, 20);
        child.on("close", () => clearInterval(timer));
      },
    });
    assertEquals(second.errorCode, "STATE_LOCKED");
    assertEquals(wireRequests(service).length, 1);
  });
});

Deno.test("a job that fails leaves the others alone, and the next run makes it alone", async () => {
  const faults = [{ fault: "error", code: 1, message: "no", job: 1 } as const];
  await withService({ faults }, async ({ json, path }, service) => {
    await fs.writeFile(path("jobs.jsonl"), lines(fox, hare));
    const first = await json(["batch", "jobs.jsonl", "--concurrency", "1"]);
    assertEquals([first.code, first.object.errorCode], [1, "BATCH_INCOMPLETE"]);
    const details = first.object.errorDetails as Record<string, Json[]>;
    assertEquals(details.failed?.map(({ line, error }) => [line, error]), [[1, "no"]]);
    assertEquals(details.results?.map(({ line }) => line), [2]);
    const second = await json(["batch", "jobs.jsonl"]);
    assertEquals([second.code, second.object.delivered], [0, 2], second.stderr);
    assertEquals(wireRequests(service).length, 3);
  });
});

Deno.test("without credit no further job is begun", async () => {
  const faults = [{ fault: "error", code: 4024, message: "insufficient balance" } as const];
  await withService({ faults }, async ({ json, path }, service) => {
    await fs.writeFile(path("jobs.jsonl"), lines(fox, hare, { prompt: "a crow" }));
    const { code, object } = await json(["batch", "jobs.jsonl", "--concurrency", "1"]);
    assertEquals([code, object.errorCode], [1, "BATCH_INCOMPLETE"]);
    assertEquals((object.errorDetails as Json).notStarted, [2, 3]);
    assertEquals(wireRequests(service).length, 1);
  });
});

Deno.test("a file with a mistake sends nothing, and the mistake is named by its line", async () => {
  await withService({}, async ({ json, path }, service) => {
    for (
      const [text, words] of [
        [`${lines(fox)}{"prompt": "x",}\n`, "jobs.jsonl:2 is no JSON"],
        [lines(fox, { prompt: "x", widht: 5 }), 'jobs.jsonl:2 has an option "widht"'],
        [lines({ args: ["--steps", "0", "x"] }), "jobs.jsonl:1: --steps"],
        [lines({ args: ["--balance"] }), "jobs.jsonl:1 is no render"],
        ["# nothing\n", "holds no job"],
      ] as const
    ) {
      await fs.writeFile(path("jobs.jsonl"), text);
      const { code, object } = await json(["batch", "jobs.jsonl"]);
      assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"], text);
      assertStringIncludes(String(object.error), words);
    }
    assertEquals((await json(["batch", "none.jsonl"])).object.errorCode, "MISSING_FILE");
    assertEquals((await json(["batch"])).object.errorCode, "INVALID_ARGUMENT");
    assertEquals((await json(["--concurrency", "2", "x"])).object.errorCode, "INVALID_ARGUMENT");
    assertEquals(wireRequests(service).length, 0);
  });
});

Deno.test("--dry-run plans every job and records nothing", async () => {
  await withService({}, async ({ json, path, cwd }, service) => {
    await fs.writeFile(path("jobs.jsonl"), lines(fox, hare));
    const { code, object } = await json(["batch", "jobs.jsonl", "--dry-run"]);
    assertEquals([code, (object.results as Json[]).map(({ type }) => type)], [0, ["plan", "plan"]]);
    assertEquals(await fs.readdir(cwd), ["jobs.jsonl"]);
    assertEquals(wireRequests(service).length, 0);
  });
});

Deno.test("Ctrl-C cancels what is under way; what was delivered stays recorded", async () => {
  const faults = [{ fault: "stall", job: 2, phase: "started" } as const];
  await withService({ faults }, async ({ json, path }, service) => {
    await fs.writeFile(path("jobs.jsonl"), lines(fox, hare));
    let sent = false;
    const { code, object } = await json(["batch", "jobs.jsonl", "--concurrency", "1"], {
      onStart(child) {
        const timer = setInterval(() => {
          if (sent || wireRequests(service).length < 2) return;
          sent = true;
          clearInterval(timer);
          setTimeout(() => signalAgent(child, "SIGINT"), 200);
        }, 20);
        child.on("close", () => clearInterval(timer));
      },
    });
    assertEquals([code, object.errorCode], [130, "USER_CANCELLED"]);
    assertEquals((object.errorDetails as Json).delivered, 1);
    assert(service.recorder.received("jobError").length > 0);
    const done = await fs.readFile(path("jobs.jsonl.done"), "utf8");
    assertEquals(done.trim().split("\n").length, 1);
  });
});
