import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { followEvents, type FollowOptions } from "./follow.ts";
import { asObject } from "./read.ts";
import type { SseFrame } from "./sse.ts";

const WORKFLOW = ["running", "running", "completed"].map((status, index) =>
  `id: evt_${index + 1}\nevent: workflow.status\ndata: {"status":"${status}","n":${index}}\n\n`
).join("");
const RUN = ["run_created", "assistant_message_delta", "run_completed"].map((type, index) =>
  `event: ${type}\ndata: ${
    JSON.stringify({ sequence: index + 1, type, status: index === 2 ? "completed" : "é" })
  }\nid: ${index + 1}\n\n`
).join("");
const NAMELESS = ["a", "b", "completed"].map((status) => `data: {"status":"${status}"}\n\n`).join(
  "",
);

const isTerminal = (frame: SseFrame) => asObject(frame.data).status === "completed";

/** A body of the given pieces; `fail` breaks it instead of ending it. */
function response(pieces: readonly Uint8Array[], fail = false): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        if (fail) controller.error(new TypeError("connection reset"));
        else controller.close();
      },
    }),
  );
}

async function follow(
  connect: (lastId: string | undefined, attempt: number) => Response | Promise<Response>,
  extra: Partial<FollowOptions> = {},
): Promise<
  { frames: SseFrame[]; pauses: number[]; ids: (string | undefined)[]; terminal: boolean }
> {
  const frames: SseFrame[] = [];
  const pauses: number[] = [];
  const ids: (string | undefined)[] = [];
  const { terminal } = await followEvents({
    connect: async (lastId) => {
      ids.push(lastId);
      return await connect(lastId, ids.length);
    },
    isTerminal,
    sleep: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    ...extra,
  }, (frame) => frames.push(frame));
  return { frames, pauses, ids, terminal };
}

Deno.test("a stream cut at any byte gives the same frames, each once", async () => {
  for (const [name, text] of Object.entries({ WORKFLOW, RUN, NAMELESS })) {
    const bytes = new TextEncoder().encode(text);
    const whole = (await follow(() => response([bytes]))).frames;
    assertEquals(whole.length, 3, name);
    for (let cut = 0; cut < bytes.length; cut += 1) {
      for (const fail of [false, true]) {
        const { frames, terminal } = await follow((_id, attempt) =>
          attempt === 1 ? response([bytes.slice(0, cut)], fail) : response([bytes])
        );
        assertEquals([frames, terminal], [whole, true], `${name} cut at ${cut}`);
      }
    }
  }
});

Deno.test("a server that never ends its last frame is believed the second time", async () => {
  const { frames, pauses } = await follow(() =>
    response([new TextEncoder().encode(WORKFLOW.trimEnd())])
  );
  assertEquals([frames.length, pauses], [3, [500]]);
});

Deno.test("the last id is sent again, and a server that resumes is not taken for a replay", async () => {
  const frames = WORKFLOW.split(/(?<=\n\n)/).map((text) => new TextEncoder().encode(text));
  const result = await follow((lastId) => {
    const from = lastId === undefined ? 0 : Number(lastId.slice(4));
    return response(frames.slice(from, from + 1));
  });
  assertEquals(result.ids, [undefined, "evt_1", "evt_2"]);
  assertEquals(result.frames.length, 3);
});

Deno.test("pauses double up to 8 s, and six attempts without news end it", async () => {
  const { pauses, terminal, ids } = await follow(() => response([]));
  assertEquals(pauses, [500, 1000, 2000, 4000, 8000, 8000]);
  assertEquals([terminal, ids.length], [false, 7]);
});

Deno.test("a new event resets the count of attempts", async () => {
  const one = (n: number) => new TextEncoder().encode(`id: ${n}\ndata: {"status":"x"}\n\n`);
  let sent = 0;
  const { pauses } = await follow((_id, attempt) => {
    if (attempt % 3 === 0 && sent < 4) return response([one(sent += 1)]);
    return response([]);
  });
  assertEquals(pauses.slice(0, 6), [500, 1000, 500, 1000, 2000, 500]);
});

Deno.test("a retry field and Retry-After set the pause", async () => {
  const steps: (() => Response)[] = [
    () => response([new TextEncoder().encode("retry: 3000\n\n")]),
    () => {
      throw new AppError("RATE_LIMITED", "slow down", {
        details: { status: 429, retryAfterSeconds: 9 },
      });
    },
    () => response([new TextEncoder().encode(WORKFLOW)]),
  ];
  const { pauses } = await follow((_id, attempt) => (steps[attempt - 1] ?? (() => response([])))());
  assertEquals(pauses, [3000, 9000]);
});

Deno.test("which failures to connect are tried again", async () => {
  const rows: [number | undefined, boolean][] = [
    [undefined, true],
    [429, true],
    [502, true],
    [503, true],
    [504, true],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [500, false],
  ];
  for (const [status, again] of rows) {
    const run = () =>
      follow((_id, attempt) => {
        if (attempt > 1) return response([new TextEncoder().encode(WORKFLOW)]);
        const code = status === undefined ? "CONNECTION_FAILED" : "API_STREAM_FAILED";
        throw new AppError(code, "no", status === undefined ? {} : { details: { status } });
      });
    if (again) assertEquals((await run()).terminal, true, String(status));
    else await assertRejects(run, AppError);
  }
});

Deno.test("a terminal frame of the past does not end it, unless nothing follows", async () => {
  const text = (id: number, status: string) => `id: ${id}\ndata: {"status":"${status}"}\n\n`;
  const run = (...pieces: string[]) =>
    follow(() => response([new TextEncoder().encode(pieces.join(""))]), {
      goesOn: (frame) => Promise.resolve(frame.id === "1"),
    });
  const resumed = await run(text(1, "completed"), text(2, "running"), text(3, "completed"));
  assertEquals([resumed.frames.length, resumed.ids.length], [3, 1]);
  const final = await run(text(1, "completed"));
  assertEquals([final.frames.length, final.terminal, final.ids.length], [1, true, 1]);
});

Deno.test("silence counts as a lost connection", async () => {
  const result = await follow(
    (_id, attempt) =>
      attempt === 1
        ? new Response(new ReadableStream({}))
        : response([new TextEncoder().encode(WORKFLOW)]),
    { idleMs: 5 },
  );
  assertEquals([result.frames.length, result.pauses], [3, [500]]);
});

Deno.test("an abort ends the pause and the stream", async () => {
  const controller = new AbortController();
  const error = await assertRejects(
    () =>
      follow(() => response([]), {
        signal: controller.signal,
        sleep: () => {
          controller.abort();
          return Promise.resolve();
        },
      }),
    AppError,
  );
  assertEquals(error.code, "USER_CANCELLED");
});
