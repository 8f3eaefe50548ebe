import { assert, assertEquals } from "@std/assert";
import type { CommandOutcome } from "./outcome.ts";
import { RunBook, waitFor } from "./runs.ts";
import { controlledRun, delivered } from "./testing.ts";

const NEVER = new AbortController().signal;
const start = (book: RunBook, online = true) =>
  book.start({ tool: "generate_image", argv: ["--", "x"], online });

Deno.test("a run ends with its outcome", async () => {
  const { execute, finish, argvs } = controlledRun();
  const book = new RunBook(execute, 1);
  const run = start(book);
  assertEquals(book.running().map(({ id }) => id), [run.id]);
  finish(delivered({ a: 1 }));
  assertEquals(await run.done, delivered({ a: 1 }));
  assertEquals([run.outcome, book.running(), argvs], [delivered({ a: 1 }), [], [["--", "x"]]]);
  assertEquals(book.find(run.id), run);
});

Deno.test("waiting ends with the run, the time or the caller's patience", async () => {
  const { execute, finish } = controlledRun();
  const run = start(new RunBook(execute, 1));
  assertEquals(await waitFor(run, 1, NEVER), undefined);
  const controller = new AbortController();
  const waiting = waitFor(run, 60_000, controller.signal);
  controller.abort();
  assertEquals(await waiting, undefined);
  const last = waitFor(run, 60_000, NEVER);
  finish(delivered());
  assertEquals(await last, delivered());
});

Deno.test("only so many runs are at the service, the others in line, local ones never", async () => {
  let at = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const book = new RunBook(async () => {
    most = Math.max(most, ++at);
    await new Promise<void>((resolve) => ends.push(resolve));
    at--;
    return delivered();
  }, 2);
  const runs = Array.from({ length: 5 }, () => start(book));
  const local = start(book, false);
  await settle();
  assertEquals([at, ends.length], [3, 3]);
  while (ends.length > 0) {
    ends.shift()?.();
    await settle();
  }
  await Promise.all([...runs, local].map(({ done }) => done));
  assertEquals(most, 3);
});

Deno.test("who is cancelled in line never begins", async () => {
  const { execute, finish, argvs } = controlledRun();
  const book = new RunBook(execute, 1);
  const first = start(book);
  const second = start(book);
  const third = start(book);
  second.cancel();
  assertEquals((await second.done).object?.errorCode, "USER_CANCELLED");
  finish(delivered());
  await Promise.all([first.done, third.done]);
  assertEquals(argvs.length, 2);
});

Deno.test("all are cancelled and waited for, but not for ever", async () => {
  const first = controlledRun();
  const book = new RunBook(first.execute, 5);
  start(book);
  start(book);
  await settle();
  await book.cancelAll(1000);
  assertEquals([first.interrupted(), book.running()], [2, []]);
  const unbegun = start(book);
  await book.cancelAll(1000);
  assertEquals([unbegun.outcome?.object?.errorCode, first.argvs.length], ["USER_CANCELLED", 2]);
  const deaf = new RunBook(() => new Promise<CommandOutcome>(() => {}), 5);
  start(deaf);
  await settle();
  const startedAt = Date.now();
  await deaf.cancelAll(20);
  assert(Date.now() - startedAt < 1000);
});

Deno.test("progress reaches those who watch", async () => {
  const seen: number[] = [];
  let tell: (percent: number) => void = () => {};
  const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
  const book = new RunBook((_, { onProgress }) => {
    tell = (percent) => onProgress?.({ percent, etaSeconds: null, phase: null });
    return promise;
  }, 1);
  const run = start(book);
  await settle();
  const unwatch = run.watch(({ percent }) => seen.push(percent));
  tell(10);
  unwatch();
  tell(20);
  assertEquals([seen, run.progress?.percent], [[10], 20]);
  resolve(delivered());
  await run.done;
});

Deno.test("old runs are forgotten, running ones never", async () => {
  const { execute, finish } = controlledRun();
  let calls = 0;
  const book = new RunBook(
    (argv, options) => calls++ === 0 ? execute(argv, options) : Promise.resolve(delivered()),
    1000,
  );
  const first = start(book);
  for (let number = 0; number < 150; number++) await start(book).done;
  assert(book.find(first.id));
  assertEquals(book.find("run-2"), undefined);
  finish(delivered());
  await first.done;
});

Deno.test("a command that breaks ends its own run, and nothing else", async () => {
  const book = new RunBook(() => Promise.reject(new Error("no such chunk")), 1);
  const outcome = await start(book).done;
  assertEquals(outcome.code, 1);
  assertEquals(outcome.object?.errorCode, "INTERNAL_ERROR");
  assert(outcome.stdout.includes("no such chunk"), outcome.stdout);
  assertEquals((await start(book).done).code, 1);
  await book.cancelAll(1000);
});

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
