import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { Plan, PlannedProject } from "../../plan/types.ts";
import type { GenerationService, ProjectOutcome, ProjectOutput } from "../../service/types.ts";
import { runPlan, type StopReason } from "./run_plan.ts";

const never = new Promise<StopReason>(() => {});

function planOf(counts: number[], order: Plan["order"] = "together"): Plan {
  const projects: PlannedProject[] = counts.map((numberOfMedia, index) => ({
    params: {
      type: "image",
      modelId: "m",
      positivePrompt: `prompt ${index}`,
      numberOfMedia,
      tokenType: "spark",
      disableNSFWFilter: false,
    },
    media: [],
  }));
  return {
    medium: "image",
    branch: "text-to-image",
    model: "m",
    prompt: "p",
    count: 1,
    projects,
    order,
    network: "fast",
    tokenType: "spark",
    tokenFallback: false,
    timeoutSeconds: 30,
    extension: "png",
    seedStrategy: null,
    summary: {},
    context: {},
    notes: [],
    needsFfmpeg: false,
  };
}

type Script = (index: number) => ProjectOutput[] | "hang" | AppError;

/** A service whose projects end as the script says; records what was asked of it. */
function scripted(script: Script, log: string[] = []): Pick<GenerationService, "submit"> {
  let next = 0;
  return {
    submit: (_params, _media, onProgress) => {
      const index = next++;
      log.push(`submit ${index}`);
      const outcome = script(index);
      if (outcome instanceof AppError) return Promise.reject(outcome);
      const outputs = outcome === "hang" ? [] : outcome;
      onProgress({ fraction: 0.5, completed: 0, total: 1 });
      const done = outcome === "hang"
        ? new Promise<ProjectOutcome>(() => {})
        : Promise.resolve().then(() => {
          log.push(`done ${index}`);
          return { projectId: `P${index}`, outputs };
        });
      return Promise.resolve({
        id: `P${index}`,
        done,
        finished: () => [made(0)],
        freshUrl: () => Promise.resolve("fresh"),
        cancel: () => {
          log.push(`cancel ${index}`);
          return Promise.resolve(true);
        },
      });
    },
  };
}

function made(index: number): ProjectOutput {
  return { index, status: "completed", jobId: `J${index}`, url: `u${index}`, seed: 7 };
}

function run(
  plan: Plan,
  service: Pick<GenerationService, "submit">,
  stop: Promise<StopReason> = never,
) {
  return runPlan({ plan, service, media: () => [], stop, onProgress: () => {} });
}

Deno.test("outputs come in submission order, over all projects", async () => {
  const { outputs } = await run(
    planOf([2, 1]),
    scripted((i) => i === 0 ? [made(1), made(0)] : [made(0)]),
  );
  assertEquals(outputs.map(({ position, prompt }) => [position, prompt]), [
    [0, "prompt 0"],
    [1, "prompt 0"],
    [2, "prompt 1"],
  ]);
});

Deno.test("an output that never came is a failure of its own", async () => {
  const { outputs } = await run(planOf([3]), scripted(() => [made(0), made(2)]));
  assertEquals(outputs.map(({ status }) => status), ["completed", "failed", "completed"]);
  assertEquals(outputs[1]?.error?.code, "NO_OUTPUT");
});

Deno.test("a refused first project is the outcome of the run", async () => {
  const refused = new AppError("INSUFFICIENT_BALANCE", "too little");
  await assertRejects(() => run(planOf([1, 1]), scripted(() => refused)), AppError, "too little");
});

Deno.test("a refused later project costs only its own outputs", async () => {
  const refused = new AppError("PROJECT_FAILED", "no");
  const { outputs } = await run(planOf([1, 1, 1]), scripted((i) => i === 1 ? refused : [made(0)]));
  assertEquals(outputs.map(({ status }) => status), ["completed", "failed", "completed"]);
});

Deno.test("together: all are sent before the first is done; sequential: one by one", async () => {
  const together: string[] = [];
  await run(planOf([1, 1]), scripted(() => [made(0)], together));
  assertEquals(together[0], "submit 0");
  const sequential: string[] = [];
  await run(planOf([1, 1], "sequential"), scripted(() => [made(0)], sequential));
  assertEquals(sequential, ["submit 0", "done 0", "submit 1", "done 1"]);
});

Deno.test("all or none: after a failure or a refusal nothing more is sent", async () => {
  const needed = { ...planOf([1, 1, 1], "sequential"), allOrNone: true as const };
  const log: string[] = [];
  await run(needed, scripted((i) => i === 1 ? [] : [made(0)], log));
  assertEquals(log.filter((line) => line.startsWith("submit")), ["submit 0", "submit 1"]);
  const refused = new AppError("PROJECT_FAILED", "no");
  const { outputs } = await run(needed, scripted((i) => i === 1 ? refused : [made(0)]));
  assertEquals(outputs.map(({ status }) => status), ["completed", "failed"]);
});

Deno.test("a stop cancels what runs and keeps what was finished", async () => {
  const log: string[] = [];
  const service = scripted((i) => i === 0 ? [made(0)] : "hang", log);
  const stop = new Promise<StopReason>((resolve) =>
    setTimeout(() => resolve({ kind: "timeout" }), 20)
  );
  const outcome = await run(planOf([1, 1]), service, stop);
  assertEquals(outcome.stopped, { kind: "timeout", cancelled: true });
  assertEquals(log.filter((line) => line.startsWith("cancel")), ["cancel 1"]);
  assertEquals(outcome.projectIds, ["P0", "P1"]);
  assertEquals(outcome.outputs.map(({ status }) => status), ["completed", "completed"]);
});

/** A service that asks before each request leaves, as the real one does. */
function announcing(log: string[], script: Script = () => "hang") {
  const service = scripted(script, log);
  let next = 0;
  const submit: typeof service.submit = async (params, media, onProgress, onSending) => {
    await onSending?.(`P${next++}`);
    return await service.submit(params, media, onProgress);
  };
  return { submit };
}

async function runWith(facts: Partial<Parameters<typeof runPlan>[0]>) {
  return await runPlan({
    plan: planOf([1, 1]),
    service: announcing([]),
    media: () => [],
    stop: new Promise<StopReason>(() => {}),
    onProgress: () => {},
    ...facts,
  });
}

Deno.test("each project is announced before it leaves", async () => {
  const log: string[] = [];
  await runWith({
    service: announcing(log, () => [made(0)]),
    onSending: (index, projectId) => {
      log.push(`announce ${index} ${projectId}`);
      return Promise.resolve();
    },
  });
  const sends = log.filter((line) => !line.startsWith("done"));
  assertEquals(sends, ["announce 0 P0", "submit 0", "announce 1 P1", "submit 1"]);
});

Deno.test("a stop while a project is being announced: it does not leave after it", async () => {
  const log: string[] = [];
  let stop: (reason: StopReason) => void = () => {};
  const outcome = await runWith({
    service: announcing(log),
    stop: new Promise<StopReason>((resolve) => stop = resolve),
    onSending: async (index) => {
      if (index === 1) stop({ kind: "interrupt", signal: "SIGINT" });
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  // The second one was on its way: it is waited for and cancelled with the first.
  assertEquals(log, ["submit 0", "submit 1", "cancel 0", "cancel 1"]);
  assertEquals(outcome.projectIds, ["P0", "P1"]);
});

Deno.test("a detached run ends when the service has taken every project over", async () => {
  const log: string[] = [];
  const outcome = await runWith({ service: announcing(log), detach: true });
  assertEquals(outcome.detached, { acknowledged: true });
  assertEquals([outcome.projectIds, log], [["P0", "P1"], ["submit 0", "submit 1"]]);
});

Deno.test("a detached run that is refused at once has failed", async () => {
  const service = announcing([], () => []);
  const outcome = await runWith({ service, detach: true });
  assertEquals(outcome.detached, undefined);
  assertEquals(outcome.outputs.map(({ status }) => status), ["failed", "failed"]);
});

Deno.test("a stop half-way says of every output why it is missing", async () => {
  for (const keepOnInterrupt of [false, true]) {
    let stop: (reason: StopReason) => void = () => {};
    const { outputs } = await runWith({
      plan: planOf([2, 1, 2], "sequential"),
      service: announcing([], (index) => {
        if (index === 1) setTimeout(() => stop({ kind: "interrupt", signal: "SIGINT" }), 5);
        return index === 0 ? [made(0), made(1)] : "hang";
      }),
      stop: new Promise<StopReason>((resolve) => stop = resolve),
      keepOnInterrupt,
    });
    const told = outputs.map(({ position, status, error }) =>
      [position, status, error?.code, error?.details?.sent].join(" ").trim()
    );
    assertEquals(told.filter((line) => !line.startsWith("2")), [
      "0 completed",
      "1 completed",
      "3 failed USER_CANCELLED false",
      "4 failed USER_CANCELLED false",
    ]);
  }
});

Deno.test("an interrupt may keep what runs", async () => {
  const log: string[] = [];
  const outcome = await runWith({
    service: announcing(log),
    stop: new Promise((resolve) =>
      setTimeout(() => resolve({ kind: "interrupt", signal: "SIGINT" }), 20)
    ),
    keepOnInterrupt: true,
  });
  assertEquals([outcome.stopped?.kind, log.filter((line) => line.startsWith("cancel"))], [
    "interrupt",
    [],
  ]);
  assertEquals(outcome.stopped, {
    kind: "interrupt",
    signal: "SIGINT",
    cancelled: false,
    kept: true,
  });
});
