import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { readChatAnswer } from "./chat_answer.ts";
import { readChatStream } from "./chat_stream.ts";

const URL_OF_CHAT = new URL("https://api.test/v1/chat/completions?x=secret");

const delta = (delta: unknown, more: Record<string, unknown> = {}, finish: string | null = null) =>
  `data: ${
    JSON.stringify({ id: "c1", ...more, choices: [{ index: 0, delta, finish_reason: finish }] })
  }\n\n`;
const TEXT = [
  ": connected\n\n",
  delta({ role: "assistant", content: "" }),
  delta({ content: "Hé" }),
  delta({ content: "llo 🎬" }),
  delta({
    tool_calls: [{ index: 0, id: "t1", function: { name: "generate_image", arguments: '{"a"' } }],
  }),
  delta({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
  delta({}, { creative_workflows: [{ workflowId: "w1" }] }, "stop"),
  "data: [DONE]\n\n",
].join("");

async function read(text: string, cuts: readonly number[] = []) {
  const bytes = new TextEncoder().encode(text);
  const ends = [...cuts, bytes.length];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let at = 0;
      for (const end of ends) {
        controller.enqueue(bytes.subarray(at, end));
        at = end;
      }
      controller.close();
    },
  });
  const shown: string[] = [];
  const onText = (piece: string) => shown.push(piece);
  const answer = await readChatStream(new Response(body), URL_OF_CHAT, { idleMs: 1000, onText });
  return { answer, shown };
}

Deno.test("a streamed answer, put together, is read like one that came whole", async () => {
  const { answer, shown } = await read(TEXT);
  assertEquals(shown, ["Hé", "llo 🎬"]);
  assertEquals(readChatAnswer(answer), {
    content: "Héllo 🎬",
    toolCalls: [{ id: "t1", function: { name: "generate_image", arguments: '{"a":1}' } }],
    workflows: [{ workflowId: "w1" }],
  });
});

Deno.test("wherever the connection cuts it into pieces, the answer is the same", async () => {
  const whole = await read(TEXT);
  const length = new TextEncoder().encode(TEXT).length;
  for (let cut = 0; cut <= length; cut++) assertEquals(await read(TEXT, [cut]), whole);
});

Deno.test("an answer that is cut off is an error, except after its last piece", async () => {
  const end = TEXT.indexOf("data: [DONE]");
  assertEquals((await read(TEXT.slice(0, end))).shown.length, 2);
  for (const text of ["", TEXT.slice(0, 200), TEXT.slice(0, end - 20)]) {
    const error = await assertRejects(() => read(text), AppError, "broke off");
    assertEquals([error.code, error.details], ["API_STREAM_FAILED", {
      url: "https://api.test/v1/chat/completions",
    }]);
  }
});

Deno.test("what goes wrong on the way is told with its code", async () => {
  const rows: [unknown, string][] = [
    [{ error: { message: "too little Spark", code: 4024 } }, "INSUFFICIENT_BALANCE"],
    [{ error: { message: "the model died" } }, "API_REQUEST_FAILED"],
    [{ error: "no" }, "API_REQUEST_FAILED"],
  ];
  for (const [data, code] of rows) {
    const text = `${delta({ content: "a" })}data: ${JSON.stringify(data)}\n\n`;
    assertEquals((await assertRejects(() => read(text), AppError)).code, code);
  }
});

Deno.test("silence is an error", async () => {
  const silent = new Response(new ReadableStream({}));
  const options = { idleMs: 5, onText: () => {} };
  const error = await assertRejects(
    () => readChatStream(silent, URL_OF_CHAT, options),
    AppError,
    "nothing came",
  );
  assertEquals(error.code, "API_STREAM_FAILED");
});
