/** `--api-chat` before a watcher: streamed where the service can, whole where it cannot. */
import { assertEquals } from "@std/assert";
import {
  type ScriptedAnswer,
  startRecordingServer,
} from "../../service/hosted/testing/recording_server.ts";
import { runHosted } from "./testing.ts";

const WHOLE = { choices: [{ message: { content: "Hello" } }] };
const PIECES = ["He", "llo\u001b[31m"].map((content) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
);
const STREAM: ScriptedAnswer = { body: [...PIECES, "data: [DONE]\n\n"] };

async function ask(answers: ScriptedAnswer[], args: string[], isTerminal: boolean, env = {}) {
  await using server = await startRecordingServer((_request, index) => answers[index] ?? {});
  const run = await runHosted(server.origin, ["--api-chat", "P", ...args], { isTerminal, env });
  const asked = server.requests.map(({ json, headers }) => [
    (json as Record<string, unknown>).stream,
    headers.accept?.includes("event-stream") ?? false,
  ]);
  return { asked, code: run.code, stdout: run.stdout, run };
}

const STREAMED = [true, true];
const PLAIN = [undefined, false];

Deno.test("only a terminal is streamed to; JSON and the SDK's transport never are", async () => {
  assertEquals((await ask([STREAM], [], true)).asked, [STREAMED]);
  assertEquals((await ask([{ body: WHOLE }], [], false)).asked, [PLAIN]);
  assertEquals((await ask([{ body: WHOLE }], ["--json"], true)).asked, [PLAIN]);
  const env = { SOGNI_SKILL_USE_SDK_TRANSPORT: "1" };
  assertEquals((await ask([{ body: WHOLE }], [], true, env)).asked, [PLAIN]);
});

Deno.test("the text is the same however it comes", async () => {
  const rows: [ScriptedAnswer, boolean][] = [
    [STREAM, true],
    [{ body: WHOLE }, true],
    [STREAM, false],
    [{ body: WHOLE }, false],
  ];
  for (const [answer, isTerminal] of rows) {
    const { stdout, code } = await ask([answer], [], isTerminal);
    assertEquals([stdout.replace("[31m", ""), code], ["Hello\n", 0]);
  }
  const { run } = await ask([STREAM], ["--json"], false);
  assertEquals([run.object.content, run.object.type], ["Hello\u001b[31m", "api-chat"]);
});

Deno.test("a service that does not stream is asked once more without; nothing else is repeated", async () => {
  const refusal = { status: 400, body: { message: "stream is not supported here" } };
  const again = await ask([refusal, { body: WHOLE }], [], true);
  assertEquals([again.asked, again.stdout], [[STREAMED, PLAIN], "Hello\n"]);
  for (const status of [400, 401, 429, 500, 503]) {
    const answer = { status, body: { message: status === 400 ? "no such model" : "stream" } };
    const { asked, code } = await ask([answer, answer], [], true);
    assertEquals([asked.length, code], [1, 1], String(status));
  }
});

Deno.test("an answer that breaks off keeps what was said, ends its line and is not asked again", async () => {
  const { asked, run } = await ask([{ body: PIECES.slice(0, 1), breakOff: true }], [], true);
  assertEquals([asked.length, run.code, run.stdout], [1, 1, "He\n"]);
  assertEquals(/^Error: /m.test(run.stderr), true, run.stderr);
});
