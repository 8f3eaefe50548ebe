import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runHosted } from "./hosted/testing.ts";

const ORIGIN = "http://127.0.0.1:9";
const debug = (...argv: string[]) => runHosted(ORIGIN, argv);

Deno.test("--compile-tools prints the tools of a turn, unsent", async () => {
  const { code, object } = await debug(
    "--compile-tools",
    "--json",
    "--turn-source",
    "durable_chat",
  );
  const tools = object.tools as { type: string; function: { name: string; parameters: unknown } }[];
  assertEquals([code, object.type, object.action, object.turnSource, object.toolMode], [
    0,
    "contract-debug",
    "compile-tools",
    "durable_chat",
    "creative-agent",
  ]);
  const picture = tools.find(({ function: { name } }) => name === "generate_image");
  assertEquals(picture?.type, "function");
  assert(JSON.stringify(picture?.function.parameters).includes('"prompt"'));
  const plain = await debug("--compile-tools");
  assertStringIncludes(plain.stdout, "\nanimate_photo\t");
  assertEquals(plain.stdout.trimEnd().split("\n").length, tools.length);
  const none = await debug("--compile-tools", "--api-tools", "none", "--json");
  assertEquals([none.object.toolMode, none.object.tools], [false, []]);
});

Deno.test("--dispatch-tool checks a call and shows the workflow that would carry it out", async () => {
  const args = { prompt: "a kite", width: 512 };
  const argv = ["--dispatch-tool", "generate_image", "--tool-args", JSON.stringify(args)];
  const { code, object } = await debug(...argv, "--json");
  const workflow = { steps: [{ id: "call", toolName: "generate_image", arguments: args }] };
  assertEquals([code, object.sent, object.arguments, object.workflow], [0, false, args, workflow]);
  assertEquals(JSON.parse((await debug(...argv)).stdout), workflow);
  const odd = await debug(...argv.slice(0, 3), '{"prompt":"x","colour":1}');
  assertEquals([odd.code, /Warning: .*colour/.test(odd.stderr)], [0, true]);
});

Deno.test("a call that cannot be taken is refused with what is wrong", async () => {
  const rows: [string[], RegExp][] = [
    [["--dispatch-tool", "generate_imag"], /no tool "generate_imag"/],
    [["--dispatch-tool", "generate_image"], /prompt: /],
    [["--dispatch-tool", "generate_image", "--tool-args", '{"prompt":5}'], /prompt: expected/],
    [["--dispatch-tool", "generate_image", "--tool-args", "[]"], /must be a JSON object/],
    [["--dispatch-tool", "generate_image", "--tool-args", "{no"], /--tool-args/],
  ];
  for (const [argv, message] of rows) {
    const { code, object } = await debug(...argv, "--json");
    assertEquals([code, object.errorCode], [1, "INVALID_ARGUMENT"], argv.join(" "));
    assert(message.test(String(object.error)), String(object.error));
  }
});

Deno.test("--turn-classify is not there yet", async () => {
  const { object } = await debug("--turn-classify", "draw a cat", "--json");
  assertEquals(object.errorCode, "NOT_IMPLEMENTED");
});
