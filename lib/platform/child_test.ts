import { assert, assertEquals, assertRejects } from "@std/assert";
import { spawn } from "node:child_process";
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

const POSIX = process.platform !== "win32";
/** Says its number and then does nothing for a minute. */
const SLEEP = ["-c", "echo $$; exec sleep 60"];

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let left = 100; isRunning(pid) && left > 0; left--) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert(!isRunning(pid), `${pid} still runs`);
}

Deno.test("a bound program hears, says and ends as any other", async () => {
  const args = ["$(id)", "a; b", 'it\'s "quoted"', "", "\n"];
  const source = "console.log(JSON.stringify(Deno.args)); console.error('e'); Deno.exit(3)";
  const { code, signal, stdout, stderr } = await script(source, args, { bound: true });
  assertEquals([code, signal, JSON.parse(text(stdout)), stderr], [3, null, args, "e\n"]);
  const input = await script(
    "console.log((await new Response(Deno.stdin.readable).text()).length)",
    [],
    {
      bound: true,
    },
  );
  assertEquals(text(input.stdout), "0\n");
});

Deno.test(
  "a bound program is ended by its signal and by its time limit",
  { ignore: !POSIX },
  async () => {
    for (const how of ["signal", "time"]) {
      const controller = new AbortController();
      let pid = 0;
      const { code, signal, timedOut } = await runProgram("sh", SLEEP, {
        bound: true,
        signal: controller.signal,
        ...(how === "time" ? { timeoutMs: 300 } : {}),
        onStdoutLine(line) {
          pid = Number(line);
          if (how === "signal") controller.abort();
        },
      });
      assertEquals([code, signal, timedOut], [-1, "SIGKILL", how === "time"]);
      await untilGone(pid);
    }
  },
);

Deno.test(
  "a bound program does not outlive a process that is killed",
  { ignore: !POSIX },
  async () => {
    const module = new URL("./child.ts", import.meta.url).href;
    const source = `const { runProgram } = await import(${JSON.stringify(module)});
    await runProgram("sh", ${JSON.stringify(SLEEP)}, { bound: true, onStdoutLine: console.log });`;
    const parent = spawn(process.execPath, ["eval", "--quiet", source], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout?.once(
        "data",
        (data: Uint8Array) => resolve(Number(text(data as Uint8Array<ArrayBuffer>))),
      );
    });
    assert(isRunning(pid));
    const ended = new Promise((resolve) => parent.once("close", resolve));
    parent.kill("SIGKILL");
    await ended;
    await untilGone(pid);
  },
);
