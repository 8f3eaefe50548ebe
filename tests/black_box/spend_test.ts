/** What may be spent, and what a job would cost. */
import { assert, assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import { runProgram } from "../../lib/platform/child.ts";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { withService } from "../support/service.ts";

const NO_PRICES: FaultRule = { fault: "rest", path: "/estimate/", status: 503 };

Deno.test("--max-cost lets a job through that fits, and nothing is sent of one that does not", async () => {
  await withService({}, async ({ json }, service) => {
    assertEquals((await json(["--max-cost", "0.06", "a cat"])).code, 0);
    const { code, object } = await json(["--max-cost", "0.05", "a dog"]);
    assertEquals([code, object.errorCode, object.errorCategory, object.retryable], [
      1,
      "COST_LIMIT_EXCEEDED",
      "cost_limit",
      false,
    ]);
    assertEquals(object.purchaseAction, undefined);
    assertEquals(object.errorDetails, {
      flag: "--max-cost",
      maxCost: 0.05,
      estimatedCost: 0.06,
      tokenType: "spark",
    });
    assertEquals(service.recorder.received("jobRequest").length, 1);
  });
});

Deno.test("a limit that cannot be checked does not hold: nothing is sent", async () => {
  await withService({ faults: [NO_PRICES] }, async ({ json }, service) => {
    const byFlag = await json(["--max-cost", "100", "a cat"]);
    const byDay = await json(["a cat"], { env: { SOGNI_MAX_COST_PER_DAY: "100" } });
    assertEquals([byFlag.object.errorCode, byDay.object.errorCode], [
      "COST_LIMIT_EXCEEDED",
      "COST_LIMIT_EXCEEDED",
    ]);
    assertEquals(service.recorder.received("jobRequest"), []);
    assertEquals((await json(["a cat"])).code, 0, "without a limit prices are not needed");
  });
});

Deno.test("SOGNI_MAX_COST_PER_DAY holds over runs, and counts what was not limited", async () => {
  await withService({}, async ({ json }, service) => {
    const env = { SOGNI_MAX_COST_PER_DAY: "0.18" };
    assertEquals((await json(["one"])).code, 0);
    assertEquals((await json(["two"], { env })).code, 0);
    assertEquals((await json(["three"], { env })).code, 0);
    const { code, object } = await json(["four"], { env });
    const details = object.errorDetails as Record<string, unknown>;
    assertEquals([code, object.errorCode, details.maxCostPerDay], [1, "COST_LIMIT_EXCEEDED", 0.18]);
    assert(Math.abs(Number(details.spentToday) - 0.18) < 1e-9, String(details.spentToday));
    assertEquals(service.recorder.received("jobRequest").length, 3);
    const jobs = (await json(["jobs"])).object.jobs as Record<string, unknown>[];
    // The bill may come too late for a run; then it is asked for.
    for (const { jobId } of jobs) {
      const { object } = await json(["jobs", "status", String(jobId)]);
      assertEquals(object.billedCost, 0.06);
    }
  });
});

Deno.test("several at once do not overdraw the day", async () => {
  await withService({ speed: 1 }, async ({ json }, service) => {
    const env = { SOGNI_MAX_COST_PER_DAY: "0.12" };
    const runs = await Promise.all(
      ["one", "two", "three", "four"].map((prompt) => json([prompt], { env })),
    );
    const codes = runs.map(({ object }) => object.errorCode ?? "done").sort();
    assertEquals(codes, ["COST_LIMIT_EXCEEDED", "COST_LIMIT_EXCEEDED", "done", "done"]);
    assertEquals(service.recorder.received("jobRequest").length, 2);
  });
});

Deno.test("a limit that is no number is refused before anything else", async () => {
  await withService({}, async ({ json }, service) => {
    const { object } = await json(["a cat"], { env: { SOGNI_MAX_COST_PER_DAY: "ten" } });
    assertEquals(object.errorCode, "INVALID_ARGUMENT");
    assertEquals(service.recorder.received("jobRequest"), []);
  });
});

const ESTIMATES: [args: string[], expected: Record<string, unknown>][] = [
  [["--estimate"], { type: "cost", medium: "image", width: 512, height: 512, count: 1 }],
  [["--estimate", "-n", "4", "a cat"], { type: "cost", medium: "image", count: 4 }],
  [["--estimate", "--music", "--duration", "60"], { type: "cost", medium: "music", duration: 60 }],
  [["--estimate", "--video", "--duration", "4"], { type: "video-cost", duration: 4, frames: null }],
  [["--estimate-video-cost", "--video"], { type: "video-cost", count: 1, tokenType: "spark" }],
];
Deno.test("--estimate prices any medium without a prompt, and sends nothing", async () => {
  await withService({}, async ({ json, run }, service) => {
    for (const [args, expected] of ESTIMATES) {
      const { code, object } = await json(args);
      assertEquals(code, 0, args.join(" "));
      for (const [key, value] of Object.entries(expected)) {
        assertEquals(object[key], value, `${args.join(" ")}: ${key}`);
      }
      const estimate = object.estimate as Record<string, unknown>;
      assert(Number(estimate.token) > 0 && estimate.token === estimate.spark, args.join(" "));
    }
    const { stdout } = await run(["--estimate", "--token-type", "sogni"]);
    const estimate = JSON.parse(stdout.replace("Estimated cost: ", "")) as Record<string, unknown>;
    assertEquals(estimate.token, estimate.sogni);
    assertEquals(service.recorder.received("jobRequest"), []);
  });
});

const TURN = ["--angles-360", "--angles-360-video", "-c", "mug.png"];
const LOOP = [
  ...["--video", "--looping", "--ref", "mug.png", "--duration", "1"],
  ...["-n", "2", "-o", "a.mp4", "pan"],
];

Deno.test("later stages are part of the price, and of what a limit holds", async () => {
  await withService({}, async ({ json, path }, service) => {
    await fs.writeFile(path("mug.png"), solidPng(640, 640, 9));
    const price = async (line: string[]) => {
      const { object } = await json([...line, "--estimate"]);
      return { ...object, token: Number((object.estimate as { token: number }).token) };
    };
    const pictures = await price(TURN.filter((word) => word !== "--angles-360-video"));
    const turn = await price(TURN);
    const model = "wan_v2.2-14b-fp8_i2v_lightx2v";
    assertEquals(Object(turn).film, { model, count: 8 });
    assert(turn.token > pictures.token, `${turn.token} for pictures and clips`);
    const clips = await price(LOOP.filter((word) => word !== "--looping"));
    const loops = await price(LOOP);
    // A way back costs what the way there does, for each of the two.
    assert(Math.abs(loops.token - 2 * clips.token) < 1e-3, `${loops.token}, ${clips.token}`);
    for (const [line, { token }] of [[TURN, turn], [LOOP, loops]] as const) {
      const { object } = await json([...line, "--max-cost", String(token * 0.9)]);
      assertEquals(object.errorCode, "COST_LIMIT_EXCEEDED", line.join(" "));
      const day = { SOGNI_MAX_COST_PER_DAY: String(token * 0.9) };
      assertEquals((await json(line, { env: day })).object.errorCode, "COST_LIMIT_EXCEEDED");
    }
    assertEquals(service.recorder.received("jobRequest"), []);
  });
});

Deno.test("a limit that holds all stages together lets them through", async () => {
  await withService({ mediaTools: { run: runProgram } }, async ({ json, path }, service) => {
    await fs.writeFile(path("mug.png"), solidPng(640, 640, 9));
    const { object } = await json([...TURN, "--estimate"]);
    const token = String((object.estimate as { token: number }).token);
    const run = await json([...TURN, "--max-cost", token], {
      env: { SOGNI_MAX_COST_PER_DAY: token },
    });
    assertEquals(
      [run.code, run.object.videoPath],
      [0, "angles-360.mp4"],
      JSON.stringify(run.object),
    );
    assertEquals(service.recorder.received("jobRequest").length, 16);
  });
});

Deno.test("a film model that cannot make the clips of a turn is refused before the pictures", async () => {
  await withService({}, async ({ json, path }, service) => {
    await fs.writeFile(path("mug.png"), solidPng(640, 640, 9));
    for (const model of ["seedance2", "z_image_turbo_bf16", "ltx23-22b-fp8_t2v_distilled"]) {
      const { object } = await json([...TURN, "--video-model", model]);
      const { flag } = object.errorDetails as { flag?: string };
      assertEquals([model, object.errorCode, flag], [model, "INVALID_ARGUMENT", "--video-model"]);
    }
    assertEquals(service.recorder.received("jobRequest"), []);
  });
});

Deno.test("a price that the service does not tell is an error, never 0", async () => {
  await withService({ faults: [NO_PRICES] }, async ({ json }) => {
    const { code, object } = await json(["--estimate", "a cat"]);
    assertEquals([code, object.success], [1, false]);
  });
});
