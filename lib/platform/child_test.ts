import { assert, assertEquals, assertRejects } from "@std/assert";
import process from "node:process";
import { runProgram } from "./child.ts";

/** Runs a script of this runtime, so that no other program is needed. */
function script(source: string, args: readonly string[] = [], options = {}) {
  return runProgram(process.execPath, ["eval", "--quiet", source, ...args], options);
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("arguments arrive as they are: no shell reads them", async () => {
  const args = ["$(id)", "`id`", "a; b && c | d > e", "* ? ~", 'it\'s "quoted"', "", "\\n", "--x"];
  const { code, stdout } = await script("console.log(JSON.stringify(Deno.args))", args);
  assertEquals([code, JSON.parse(text(stdout))], [0, args]);
});

Deno.test("exit code, both outputs and added environment", async () => {
  const { code, signal, stdout, stderr } = await script(
    "console.log(Deno.env.get('EXTRA')); console.error('no'); Deno.exit(3)",
    [],
    { env: { EXTRA: "more", NO_COLOR: "1" } },
  );
  assertEquals([code, signal, text(stdout), stderr], [3, null, "more\n", "no\n"]);
});

Deno.test("no program that is started is given the API key", async () => {
  const before = process.env.SOGNI_API_KEY;
  process.env.SOGNI_API_KEY = "sk-of-the-account";
  try {
    const source = "console.log(Deno.env.has('SOGNI_API_KEY'), Deno.env.has('HOME'))";
    for (const options of [{}, { env: { EXTRA: "1" } }, { env: { SOGNI_API_KEY: "again" } }]) {
      assertEquals(text((await script(source, [], options)).stdout), "false true\n");
    }
  } finally {
    if (before === undefined) delete process.env.SOGNI_API_KEY;
    else process.env.SOGNI_API_KEY = before;
  }
});

Deno.test("a program that does not exist is ENOENT", async () => {
  const error = await assertRejects(() => runProgram("/nowhere/at/all", [])) as { code?: string };
  assertEquals(error.code, "ENOENT");
});

Deno.test("a program that takes too long is killed and says so", async () => {
  const started = performance.now();
  const result = await script("setTimeout(() => {}, 20000)", [], { timeoutMs: 300 });
  assertEquals([result.timedOut, result.code], [true, -1]);
  assert(performance.now() - started < 5000);
});

Deno.test("a signal that is aborted, also before the start, kills the program", async () => {
  for (const delay of [0, 200]) {
    const controller = new AbortController();
    if (delay === 0) controller.abort();
    else setTimeout(() => controller.abort(), delay);
    const result = await script("setTimeout(() => {}, 20000)", [], { signal: controller.signal });
    assertEquals([result.code, result.timedOut], [-1, false]);
  }
});

Deno.test("of a long output the end is kept", async () => {
  const source = "for (let i = 0; i < 5000; i++) console.log('line ' + i)";
  const { stdout } = await script(source, [], { maxOutputBytes: 1000 });
  assert(stdout.length <= 1000);
  assert(text(stdout).endsWith("line 4999\n"));
});

Deno.test("lines are handed out as they come, also those that end in a carriage return", async () => {
  const lines: string[] = [];
  await script("Deno.stderr.writeSync(new TextEncoder().encode('a\\rb\\r\\nc\\nd'))", [], {
    onStderrLine: (line: string) => lines.push(line),
  });
  assertEquals(lines, ["a", "b", "c", "d"]);
});

Deno.test("standard input is written and closed; a program that does not read it does no harm", async () => {
  const { stdout } = await script(
    "console.log((await new Response(Deno.stdin.readable).text()).length)",
    [],
    {
      stdin: "x".repeat(100_000),
    },
  );
  assertEquals(text(stdout), "100000\n");
  const { code } = await script("Deno.exit(0)", [], { stdin: "x".repeat(3_000_000) });
  assertEquals(code, 0);
});
